import { expect, it } from '@jest/globals';
import { formatDuration } from './duration.ts';

it.each([
  [0, '0 ms'],
  [980.4, '980 ms'],
  [999.7, '1 sec'],
  [4_020, '4 sec'],
  [4_845, '4.8 sec'],
  [9_960, '10 sec'],
  [59_499, '59 sec'],
  [59_600, '1 min'],
  [125_000, '2 min, 5 sec'],
  [3_599_700, '1 hr'],
  [28_800_000, '8 hr'],
  [11_520_000, '3 hr, 12 min'],
])('%d ms read as %s', (ms, words) => {
  expect(formatDuration(ms, 'en-US')).toBe(words);
});

it.each([
  [4_800, '4,8 s'],
  [125_000, '2 min y 5 s'],
  [11_520_000, '3 h y 12 min'],
])('%d ms read in Spanish as %s', (ms, words) => {
  expect(formatDuration(ms, 'es-ES')).toBe(words);
});

it('where the browser knows no durations, one is read in seconds', () => {
  const duration = Object.getOwnPropertyDescriptor(Intl, 'DurationFormat') as PropertyDescriptor;
  Reflect.deleteProperty(Intl, 'DurationFormat');
  try {
    expect(formatDuration(125_400, 'en-US')).toBe('125 s');
  } finally {
    Object.defineProperty(Intl, 'DurationFormat', duration);
  }
});
