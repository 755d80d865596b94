import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { createLogger } from '../../observability/logger.ts';
import { createOrderChangeFeed } from './order-change-feed.ts';
import { createOrderWatch, LOOK_AGAIN_MS } from './order-watch.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A change feed over orders whose fence is 1 until a test sets another. */
function aChangeFeed() {
  const fences = new Map<number, number>();
  const looks: number[][] = [];
  const failing = { is: false };
  const watch = createOrderWatch();
  const changeFeed = createOrderChangeFeed({
    findVersions: async (orderIds) => {
      looks.push(orderIds);
      if (failing.is) throw new Error('the database is away');
      return orderIds.map((orderId) => ({
        orderId,
        fence: fences.get(orderId) ?? 1,
        placeInLine: undefined,
      }));
    },
    watch,
    log: createLogger('silent'),
  });

  /** Follows an order until told to stop; answers what was seen of it so far. */
  function follow(orderId: number) {
    const leaving = new AbortController();
    const seen: number[] = [];
    const versions = changeFeed.follow(orderId, leaving.signal);
    const reading = (async () => {
      for await (const { fence } of versions) seen.push(fence);
    })().catch((error: Error) => expect(error.name).toBe('AbortError'));
    return {
      seen,
      leave: async () => {
        leaving.abort();
        await reading;
      },
    };
  }

  return { fences, looks, failing, watch, follow };
}

const nextLook = () => jest.advanceTimersByTimeAsync(LOOK_AGAIN_MS);
const now = () => jest.advanceTimersByTimeAsync(0);

it('orders that many follow are looked at together, each once a look', async () => {
  const { looks, follow } = aChangeFeed();
  const followers = [follow(1), follow(2), follow(2)];
  await nextLook();
  expect(looks.at(-1)).toEqual([1, 2]);
  const looksBefore = looks.length;
  await nextLook();
  expect(looks).toHaveLength(looksBefore + 1);
  await Promise.all(followers.map(({ leave }) => leave()));
});

it('an order that this node changed is looked at without waiting for the next look, and it alone', async () => {
  const { fences, looks, watch, follow } = aChangeFeed();
  const followers = [follow(1), follow(2)];
  await nextLook();
  const looksBefore = looks.length;
  fences.set(2, 5);
  watch.notify(2);
  watch.notify(3);
  await now();
  expect(looks.slice(looksBefore)).toEqual([[2]]);
  expect(followers[1]?.seen.at(-1)).toBe(5);
  await Promise.all(followers.map(({ leave }) => leave()));
});

it('an order that nobody follows any more is not looked at, and no timer runs', async () => {
  const { looks, follow } = aChangeFeed();
  const followers = [follow(1), follow(2)];
  await nextLook();
  await followers[0]?.leave();
  await nextLook();
  expect(looks.at(-1)).toEqual([2]);
  await followers[1]?.leave();
  await nextLook();
  const looksBefore = looks.length;
  await nextLook();
  expect(looks).toHaveLength(looksBefore);
  expect(jest.getTimerCount()).toBe(0);
  const again = follow(3);
  await now();
  expect(looks.at(-1)).toEqual([3]);
  await again.leave();
});

it('a database that was away is looked at again, and whoever follows has stayed', async () => {
  const { failing, follow } = aChangeFeed();
  const follower = follow(1);
  await now();
  failing.is = true;
  await nextLook();
  await nextLook();
  const seenBefore = follower.seen.length;
  failing.is = false;
  await nextLook();
  expect(follower.seen.length).toBe(seenBefore + 1);
  await follower.leave();
});
