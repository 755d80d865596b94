import { expect, it } from '@jest/globals';
import { stack } from './chart-data.ts';

it('a stacked series ends at the sum of itself and of those below it', () => {
  const heights = stack([
    { label: 'made', tone: 'basil', values: [3, null, 1] },
    { label: 'refused', tone: 'tomato', values: [2, 4, null] },
  ]);
  expect(heights).toEqual([
    [3, 0, 1],
    [5, 4, 1],
  ]);
});
