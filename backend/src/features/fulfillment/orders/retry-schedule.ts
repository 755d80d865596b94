const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 30_000;

/** How soon an order may go that only waited for room; whether there is room is looked at each time. */
export const NO_ATTEMPT_DELAY_MS = 250;

/** An order the factory refused this often is given up: asking once more would not help. */
export const MAX_ANSWERED_FAILURES = 8;
/** Nobody waits longer than this for a pizza. */
export const LONGEST_WAIT_MS = 60 * 60 * 1000;

/**
 * Answers how long to wait before the next attempt: full jitter, U(0, min(30 s, 0.5 s * 2^n)), so that orders which
 * failed together do not come back together. `Retry-After` is the least the factory wants.
 */
export function backOffMs(options: {
  failures: number;
  retryAfterMs?: number | undefined;
  random: () => number;
}): number {
  const ceiling = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.min(options.failures, 30));
  const retryAfter = Math.min(options.retryAfterMs ?? 0, LONGEST_BACK_OFF_MS);
  return Math.round(Math.max(retryAfter, options.random() * ceiling));
}
