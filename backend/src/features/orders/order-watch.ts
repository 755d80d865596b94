import { EventEmitter, once } from 'node:events';

// Another node may be the one that makes the order: it is looked at again this often even when nobody here tells.
const LOOK_AGAIN_MS = 500;

/** Tells within this process that an order changed, so that whoever waits for it looks at once. */
export function createOrderWatch() {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  let released = false;
  return {
    notify: (orderId: number): void => {
      emitter.emit(String(orderId));
    },
    /** For shutdown: everybody who waits is answered with what is true now. */
    release: (): void => {
      released = true;
      for (const name of emitter.eventNames()) emitter.emit(name);
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
        const abort = AbortSignal.timeout(Math.max(1, Math.min(LOOK_AGAIN_MS, remaining)));
        // Listening begins before reading, so that no change falls between the two.
        const changed = once(emitter, String(options.orderId), { signal: abort }).catch(() => undefined);
        const value = await options.read();
        if (options.isEnough(value) || remaining <= 0 || released) return value;
        await changed;
      }
    },
  };
}

export type OrderWatch = ReturnType<typeof createOrderWatch>;
