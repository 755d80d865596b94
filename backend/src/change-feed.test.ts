import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createChangeFeed } from './change-feed.ts';

const TOPIC = 'a topic';

/** A feed that tells its followers how many looks there were, and what it logged. */
function aFeed(onLook: () => void = () => undefined) {
  const logged: string[] = [];
  const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line).msg) });
  let looks = 0;
  const feed = createChangeFeed<number, number>({
    subject: 'a test',
    everyMs: 1,
    read: async () => {
      looks += 1;
      onLook();
      return looks;
    },
    findChanges: ({ now }) => [[TOPIC, now]],
    log,
  });
  return { feed, logged };
}

async function untilLook(last: number, changes: AsyncIterable<number>): Promise<number[]> {
  const heard: number[] = [];
  for await (const looks of changes) {
    heard.push(looks);
    if (looks === last) break;
  }
  return heard;
}

const signal = new AbortController().signal;

it('the first look belongs to the request that asked for it, every later one to none', async () => {
  const request = new AsyncLocalStorage<string>();
  const requests: (string | undefined)[] = [];
  const { feed } = aFeed(() => requests.push(request.getStore()));
  await untilLook(
    3,
    request.run('who follows first', () => feed.follow(TOPIC, signal)),
  );
  expect(requests).toEqual(['who follows first', undefined, undefined]);
});

it('the first event leaves after a look, and no change of that look or a later one is lost', async () => {
  let looks = 0;
  const { feed } = aFeed(() => {
    looks += 1;
  });
  const changes = feed.followFrom({ topic: TOPIC, first: 0, signal });
  expect(await changes.next()).toEqual({ done: false, value: 0 });
  expect(looks).toBe(1);
  expect(await untilLook(3, changes)).toEqual([1, 2, 3]);
});

it('looks that fail again and again are logged once, and once more after one that did not', async () => {
  let looks = 0;
  const { feed, logged } = aFeed(() => {
    looks += 1;
    if ([2, 3, 5].includes(looks)) throw new Error('the database is away');
  });
  expect(await untilLook(6, feed.follow(TOPIC, signal))).toEqual([1, 4, 6]);
  expect(logged).toEqual(['a test cannot be looked at', 'a test cannot be looked at']);
});

it('a topic that nobody follows is not looked at out of turn', async () => {
  let looks = 0;
  const { feed } = aFeed(() => {
    looks += 1;
  });
  feed.lookNow(TOPIC);
  expect(looks).toBe(0);
});
