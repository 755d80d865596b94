/**
 * The life of an order: its states, which state may follow which, and every code that says why. The one place that
 * knows; SQL, API, reports and pages are typed by it. It needs no library, so the storefront may import it.
 */

export const ORDER_STATES = ['making', 'waiting', 'ready', 'failed', 'cancelled'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** The states an order may be born into: claimed for its first attempt, or waiting because none can be made now. */
export const FIRST_STATES = ['making', 'waiting'] as const satisfies readonly OrderState[];

/** The states an order may go to from each. `ready` and `cancelled` are final; a failed order may be tried again. */
export const NEXT_STATES = {
  making: ['ready', 'waiting', 'failed', 'cancelled'],
  waiting: ['making', 'failed', 'cancelled'],
  failed: ['waiting'],
  ready: [],
  cancelled: [],
} as const satisfies Record<OrderState, readonly OrderState[]>;

/** A step of the graph; any other pair of states does not compile. */
export type OrderStep = {
  [From in OrderState]: { from: From; to: (typeof NEXT_STATES)[From][number] };
}[OrderState];

/** Whether nothing more happens to the order by itself. */
export function isSettled(state: OrderState): state is 'ready' | 'failed' | 'cancelled' {
  return state !== 'making' && state !== 'waiting';
}

/** What one call to the factory for an order came to. */
export const ATTEMPT_OUTCOMES = [
  'made',
  'made_slow',
  'bad_pizza',
  'refused',
  'error',
  'busy',
  'rejected',
  'key_refused',
  'unreachable',
  'timeout',
] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** Why an order waits without having been asked for. */
export const NO_ATTEMPT_REASONS = [
  'no_slot',
  'factory_slow',
  'circuit_open',
  'held',
  'shutdown',
  'lease_ended',
] as const;
/** Why an order waits after an attempt: what the attempt came to. */
export const RETRY_REASONS = [
  'refused',
  'error',
  'bad_pizza',
  'busy',
  'unreachable',
  'timeout',
  'key_refused',
] as const satisfies readonly AttemptOutcome[];
/** Why an order was given up. `too_many_failures` is on record of orders that were given up by count, as was once done. */
export const FAILURE_REASONS = [
  'rejected',
  'poison',
  'too_many_failures',
  'waited_too_long',
  'not_made_in_time',
  'crash_loop',
] as const;
export const CANCELLATION_REASONS = [
  'cancelled_by_diner',
  'cancelled_by_admin',
  'diner_left',
  'not_confirmed',
] as const;

export type NoAttemptReason = (typeof NO_ATTEMPT_REASONS)[number];
export type RetryReason = (typeof RETRY_REASONS)[number];
export type FailureReason = (typeof FAILURE_REASONS)[number];
export type CancellationReason = (typeof CANCELLATION_REASONS)[number];

/** Why an order waits, failed or was cancelled. */
export const ORDER_REASONS = [
  ...NO_ATTEMPT_REASONS,
  ...RETRY_REASONS,
  ...FAILURE_REASONS,
  ...CANCELLATION_REASONS,
] as const;
export type OrderReason = (typeof ORDER_REASONS)[number];

/** Why an order went from one state to the next, as its history tells it. */
export type TransitionCause =
  | 'placed'
  | 'attempt'
  | 'late_pizza'
  | 'try_again'
  | AttemptOutcome
  | OrderReason;
