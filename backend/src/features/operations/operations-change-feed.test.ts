import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { OPERATIONS_PARTS } from '#contract/operations-events.ts';
import { createLogger } from '../../observability/logger.ts';
import { createOperationsChangeFeed } from './operations-change-feed.ts';
import type { OperationsVersions } from './operations-versions.repository.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const STILL: OperationsVersions = {
  transitions: '1',
  attempts: '1',
  factories: '1',
  incidents: '1',
  drills: '1',
  minute: '1',
};

/** A change feed over a database in which nothing happens until a test says so. */
function aChangeFeed() {
  const database = { versions: STILL, looks: 0, isAway: false };
  const changeFeed = createOperationsChangeFeed({
    findVersions: async () => {
      database.looks += 1;
      if (database.isAway) throw new Error('the database is away');
      return database.versions;
    },
    log: createLogger('silent'),
  });

  function follow() {
    const leaving = new AbortController();
    const seen: string[][] = [];
    const reading = (async () => {
      for await (const parts of changeFeed.follow(leaving.signal)) seen.push(parts);
    })().catch((error: Error) => expect(error.name).toBe('AbortError'));
    return {
      seen,
      leave: async () => {
        leaving.abort();
        await reading;
      },
    };
  }

  return { database, follow };
}

const nextLook = () => jest.advanceTimersByTimeAsync(1_000);
const now = () => jest.advanceTimersByTimeAsync(0);

it('who begins to follow hears of every part, and then only of those that changed', async () => {
  const { database, follow } = aChangeFeed();
  const follower = follow();
  await nextLook();
  expect(follower.seen).toEqual([[...OPERATIONS_PARTS]]);
  database.versions = { ...STILL, transitions: '2' };
  await nextLook();
  await nextLook();
  database.versions = { ...database.versions, incidents: '2' };
  await nextLook();
  expect(follower.seen.slice(1)).toEqual([
    ['line', 'figures'],
    ['factory', 'incidents', 'drill'],
  ]);
  await follower.leave();
});

it('what operators see is looked at once a second however many follow it, and not at all once the last has left', async () => {
  const { database, follow } = aChangeFeed();
  const followers = [follow(), follow(), follow()];
  await nextLook();
  const before = database.looks;
  await nextLook();
  expect(database.looks).toBe(before + 1);
  await Promise.all(followers.map(({ leave }) => leave()));
  await nextLook();
  const atEnd = database.looks;
  await nextLook();
  expect(database.looks).toBe(atEnd);
  expect(jest.getTimerCount()).toBe(0);
});

it('what changes while the database is away is told once it is back', async () => {
  const { database, follow } = aChangeFeed();
  const follower = follow();
  await now();
  database.isAway = true;
  database.versions = { ...STILL, drills: '2' };
  await nextLook();
  expect(follower.seen).toHaveLength(1);
  database.isAway = false;
  await nextLook();
  expect(follower.seen.at(-1)).toEqual(['drill']);
  await follower.leave();
});
