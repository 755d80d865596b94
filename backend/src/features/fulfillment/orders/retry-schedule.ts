import { isSettled, type OrderReason, type OrderState } from '#contract/order-lifecycle.ts';

const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 30_000;

/** How soon an order may go that only waited for room; whether there is room is looked at each time. */
export const NO_ATTEMPT_DELAY_MS = 250;

/** Nobody waits longer than this for a pizza: an order is given up by time, because what we kept so long is kept. */
export const LONGEST_WAIT_MS = 60 * 60 * 1000;
/** What waits for us and not for pizza is not given up. */
export const PATIENT_REASONS = ['key_refused', 'held'] as const satisfies readonly OrderReason[];

/** An order that failed this often may be poison ... */
export const POISON_FAILURES = 8;
/** ... and is, when the same factory made this many pizzas of other orders since its first failure. */
export const POISON_PIZZAS = 3;

/** Until when an order is tried that is being made or waits; undefined when nobody can say. */
export function givenUpAt(order: {
  state: OrderState;
  reason: OrderReason | null;
  patienceSince: Date;
}): Date | undefined {
  const isPatient = PATIENT_REASONS.some((reason) => reason === order.reason);
  if (isSettled(order.state) || isPatient) return undefined;
  return new Date(order.patienceSince.getTime() + LONGEST_WAIT_MS);
}

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
