import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { KITCHEN_PARTS } from '#contract/kitchen-events.ts';
import { createLogger } from '../../observability/logger.ts';
import { createKitchenLookout } from './kitchen-lookout.ts';
import type { KitchenMarks } from './kitchen-marks.repository.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const STILL: KitchenMarks = {
  transitions: '1',
  attempts: '1',
  factories: '1',
  incidents: '1',
  drills: '1',
  minute: '1',
};

/** A lookout over a kitchen in which nothing happens until a test says so. */
function aLookout() {
  const kitchen = { marks: STILL, looks: 0, isAway: false };
  const lookout = createKitchenLookout({
    findMarks: async () => {
      kitchen.looks += 1;
      if (kitchen.isAway) throw new Error('the database is away');
      return kitchen.marks;
    },
    log: createLogger('silent'),
  });

  function follow() {
    const leaving = new AbortController();
    const seen: string[][] = [];
    const reading = (async () => {
      for await (const parts of lookout.follow(leaving.signal)) seen.push(parts);
    })().catch((error: Error) => expect(error.name).toBe('AbortError'));
    return {
      seen,
      leave: async () => {
        leaving.abort();
        await reading;
      },
    };
  }

  return { kitchen, follow };
}

const nextLook = () => jest.advanceTimersByTimeAsync(1_000);
const now = () => jest.advanceTimersByTimeAsync(0);

it('who begins to follow hears of every part, and then only of those that changed', async () => {
  const { kitchen, follow } = aLookout();
  const follower = follow();
  await nextLook();
  expect(follower.seen).toEqual([[...KITCHEN_PARTS]]);
  kitchen.marks = { ...STILL, transitions: '2' };
  await nextLook();
  await nextLook();
  kitchen.marks = { ...kitchen.marks, incidents: '2' };
  await nextLook();
  expect(follower.seen.slice(1)).toEqual([
    ['line', 'figures'],
    ['factory', 'incidents', 'drill'],
  ]);
  await follower.leave();
});

it('the kitchen is looked at once a second however many follow it, and not at all once the last has left', async () => {
  const { kitchen, follow } = aLookout();
  const followers = [follow(), follow(), follow()];
  await nextLook();
  const before = kitchen.looks;
  await nextLook();
  expect(kitchen.looks).toBe(before + 1);
  await Promise.all(followers.map(({ leave }) => leave()));
  await nextLook();
  const atEnd = kitchen.looks;
  await nextLook();
  expect(kitchen.looks).toBe(atEnd);
  expect(jest.getTimerCount()).toBe(0);
});

it('what changes while the database is away is told once it is back', async () => {
  const { kitchen, follow } = aLookout();
  const follower = follow();
  await now();
  kitchen.isAway = true;
  kitchen.marks = { ...STILL, drills: '2' };
  await nextLook();
  expect(follower.seen).toHaveLength(1);
  kitchen.isAway = false;
  await nextLook();
  expect(follower.seen.at(-1)).toEqual(['drill']);
  await follower.leave();
});
