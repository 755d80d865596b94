import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { createFranchiseChangeFeed } from './franchise-change-feed.ts';
import type { SeenTransition } from './newest-transitions.repository.ts';

const A = 1;
const B = 2;
const of = (franchiseId: number, ...ids: number[]): SeenTransition[] =>
  ids.map((id) => ({ id, franchiseId }));

/** Follows both franchises over these looks, the first of which is before anybody listens; answers who heard how often. */
async function hear(looks: SeenTransition[][]): Promise<Record<number, number>> {
  let next = 0;
  let allLooked: () => void = () => undefined;
  const whenAllLooked = new Promise<void>((resolve) => {
    allLooked = resolve;
  });
  const changeFeed = createFranchiseChangeFeed({
    log: pino({ level: 'silent' }),
    lookAgainMs: 1,
    findNewest: async () => {
      const seen = looks[Math.min(next, looks.length - 1)] ?? [];
      next += 1;
      // What the last of them tells is heard by the time of the look after it.
      if (next > looks.length + 1) allLooked();
      return seen;
    },
  });
  const stop = new AbortController();
  const heard: Record<number, number> = { [A]: 0, [B]: 0 };
  const listening = [A, B].map(async (franchiseId) => {
    try {
      for await (const _ of changeFeed.follow(franchiseId, stop.signal))
        heard[franchiseId] = (heard[franchiseId] ?? 0) + 1;
    } catch {
      // The end it was told.
    }
  });
  await whenAllLooked;
  stop.abort();
  await Promise.all(listening);
  return heard;
}

it('whoever follows a franchise is told once at first, and nothing of another one’s orders', async () => {
  expect(await hear([of(A, 1), [...of(A, 1), ...of(B, 2, 3)]])).toEqual({ [A]: 1, [B]: 2 });
});

it('a change that others push out of what one look shows is no news', async () => {
  expect(await hear([[...of(A, 1), ...of(B, 2)], of(B, 2, 3)])).toEqual({ [A]: 1, [B]: 2 });
});

it('a change that is seen after one with a larger number is told all the same', async () => {
  expect(await hear([of(B, 5), [...of(B, 5), ...of(A, 4)]])).toEqual({ [A]: 2, [B]: 1 });
});

it('everybody is told when more happened than one look shows', async () => {
  expect(await hear([of(A, 1), of(B, 900, 901)])).toEqual({ [A]: 2, [B]: 2 });
});

describe('the orders of franchises', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('are looked at once a second however many follow them, and not at all once the last has left', async () => {
    jest.useFakeTimers();
    const nextLook = () => jest.advanceTimersByTimeAsync(1_000);
    let looks = 0;
    const changeFeed = createFranchiseChangeFeed({
      log: pino({ level: 'silent' }),
      findNewest: async () => {
        looks += 1;
        return [];
      },
    });
    const stop = new AbortController();
    const listening = [A, B, B].map(async (franchiseId) => {
      for await (const _ of changeFeed.follow(franchiseId, stop.signal));
    });
    const ended = Promise.allSettled(listening);
    await nextLook();
    const before = looks;
    await nextLook();
    expect(looks).toBe(before + 1);
    stop.abort();
    await ended;
    await nextLook();
    const atEnd = looks;
    await nextLook();
    expect(looks).toBe(atEnd);
    expect(jest.getTimerCount()).toBe(0);
  });
});
