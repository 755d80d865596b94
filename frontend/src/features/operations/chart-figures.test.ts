import { expect, it } from '@jest/globals';
import { operations } from '../../texts/en/operations.ts';
import { chartFigures, type Minute } from './chart-figures.ts';

const minute: Minute = {
  at: '2026-11-23T18:04:00.000Z',
  orders: 3,
  firstWordMs: 90,
  deliveryMs: null,
  slowestDeliveryMs: null,
  attempts: { made: 2, refused: 4, bad_pizza: 1, timeout: 1, error: 2 },
  waiting: 5,
};

it('every outcome of a minute stands in the chart of calls once, with those that mean the same', () => {
  const { attempts } = chartFigures([minute], operations.charts, 'en-GB');
  expect(attempts.series.map(({ label, values }) => [label, values[0]])).toEqual([
    ['made', 2],
    ['slow', 0],
    ['refused or not valid', 5],
    ['error or busy', 2],
    ['no answer', 1],
  ]);
});

it('a minute without a pizza leaves a gap in the times, and no zero', () => {
  const { times, queue } = chartFigures([minute], operations.charts, 'en-GB');
  expect(times.series.map(({ values }) => values[0])).toEqual([90, null, null]);
  expect(queue.series[0]?.values).toEqual([5]);
});
