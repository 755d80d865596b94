import type { CallSource } from '../pizzas/attempt-outcome.ts';

// A healthy factory answers in well under a second; a call pending for longer than this is news.
const LONG_MS = 5_000;

interface Call {
  factory: string;
  source: CallSource;
  /** By `performance.now()`. */
  startedAtMs: number;
}

/** Tells that a call has been pending for `LONG_MS`, while it goes on. */
type OnPendingLong = (call: { factory: string; startedAtMs: number }) => void;

/** The calls of this node that wait for a factory's answer. */
export function createFactoryCalls(onPendingLong: OnPendingLong) {
  const pending = new Set<Call>();
  return {
    /** Runs one call; answers what it answers. */
    async track<T>(call: { factory: string; source: CallSource }, work: () => Promise<T>): Promise<T> {
      const entry: Call = { ...call, startedAtMs: performance.now() };
      const timer = setTimeout(() => onPendingLong(entry), LONG_MS);
      pending.add(entry);
      try {
        return await work();
      } finally {
        pending.delete(entry);
        clearTimeout(timer);
      }
    },
    /** Since when, by `performance.now()`, each call to this factory has been pending. */
    pendingSince: (factory: string): number[] =>
      [...pending].filter((call) => call.factory === factory).map(({ startedAtMs }) => startedAtMs),
  };
}

export type FactoryCalls = ReturnType<typeof createFactoryCalls>;
