import { setImmediate as nextTurn } from 'node:timers/promises';

/** Knows when nothing moves any more, without looking every so often: whoever moves says so. */
export function createStillness() {
  const underWay = new Set<Promise<unknown>>();
  let changed = Promise.withResolvers<void>();

  function signal(): void {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  }

  return {
    signal,
    /** Work nobody waits for; answers what it answers. */
    track<T>(work: Promise<T>): Promise<T> {
      const tracked = work
        .then(
          () => undefined,
          () => undefined,
        )
        .finally(() => {
          underWay.delete(tracked);
          signal();
        });
      underWay.add(tracked);
      return work;
    },
    /** Waits until all tracked work has ended and `isBusy` says no. */
    async whenStill(isBusy: () => boolean): Promise<void> {
      for (;;) {
        const change = changed.promise;
        // What was signalled from within a chain of promises is done only when that chain has run out.
        await nextTurn();
        if (underWay.size === 0 && !isBusy()) return;
        await change;
      }
    },
  };
}

export type Stillness = ReturnType<typeof createStillness>;
