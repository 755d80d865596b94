import { expect, it } from '@jest/globals';
import { formatDuration } from './duration.ts';

it.each([
  [0, '0 ms'],
  [980.4, '980 ms'],
  [4_845, '4.8 sec'],
  [9_960, '10 sec'],
  [59_499, '59 sec'],
  [59_600, '1 min'],
  [125_000, '2 min 5 sec'],
  [3_599_700, '1 hr'],
  [28_800_000, '8 hr'],
  [11_520_000, '3 hr 12 min'],
])('%d ms read as %s', (ms, words) => {
  expect(formatDuration(ms, 'en-US')).toBe(words);
});

it('a duration is written as people write it in the reader’s language', () => {
  expect(formatDuration(4_800, 'es-ES')).toBe('4,8 s');
});
