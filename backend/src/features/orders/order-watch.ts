// Another node may be the one that makes the order: it is looked at again this often even when nobody here tells.
export const LOOK_AGAIN_MS = 500;

/** Tells within this process that an order changed, so that whoever waits for it looks at once. */
export function createOrderWatch() {
  const waiters = new Map<number, Set<() => void>>();
  const listeners = new Set<(orderId: number) => void>();
  let released = false;

  function nextChange(orderId: number, withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const waiting = waiters.get(orderId) ?? new Set();
      waiters.set(orderId, waiting);
      const look = (): void => {
        clearTimeout(timer);
        waiting.delete(look);
        if (waiting.size === 0 && waiters.get(orderId) === waiting) waiters.delete(orderId);
        resolve();
      };
      const timer = setTimeout(look, withinMs);
      waiting.add(look);
    });
  }

  function wake(orderId: number): void {
    for (const look of [...(waiters.get(orderId) ?? [])]) look();
  }

  return {
    notify: (orderId: number): void => {
      wake(orderId);
      for (const tell of listeners) tell(orderId);
    },
    /** Tells of every change of any order, for as long as this process lives. */
    onChange: (tell: (orderId: number) => void): void => {
      listeners.add(tell);
    },
    /** For shutdown: everybody who waits is answered with what is true now. */
    release: (): void => {
      released = true;
      for (const orderId of [...waiters.keys()]) wake(orderId);
    },
    isReleased: (): boolean => released,
    /** Reads until `isEnough` or the time is up; answers what was read last. */
    async waitFor<T>(options: {
      orderId: number;
      read: () => Promise<T>;
      isEnough: (value: T) => boolean;
      withinMs: number;
    }): Promise<T> {
      const deadline = performance.now() + options.withinMs;
      for (;;) {
        const remaining = deadline - performance.now();
        // Listening begins before reading, so that no change falls between the two.
        const changed = nextChange(options.orderId, Math.max(0, Math.min(LOOK_AGAIN_MS, remaining)));
        const value = await options.read();
        if (options.isEnough(value) || remaining <= 0 || released) return value;
        await changed;
      }
    },
  };
}

export type OrderWatch = ReturnType<typeof createOrderWatch>;
