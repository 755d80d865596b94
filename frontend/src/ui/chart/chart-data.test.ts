import { expect, it } from '@jest/globals';
import { lonePoints, stack } from './chart-data.ts';

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

it.each([
  [[null, 5, null], [1]],
  [[5, null, 6, 7], [0]],
  [[null, 1, 2, null, 0], [4]],
  [[1, 2, 3], []],
  [[null, null], []],
])('of %j the points without a neighbour are %j', (values, lone) => {
  expect(lonePoints(values)).toEqual(lone);
});
