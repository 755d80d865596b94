import type { OrderReason } from './order-lifecycle.ts';

/** What `reason` says beside `reasonCode`, for clients that show it as it is; undefined needs no words beyond the state. */
export const REASON_MESSAGES: Record<OrderReason, string | undefined> = {
  no_slot: 'The oven is full. Your order is safe and next in line.',
  factory_slow: 'The factory takes very long. Your order is safe.',
  circuit_open: 'The factory is having trouble. Your order is safe.',
  held: 'The kitchen pauses for a moment. Your order is safe.',
  lease_ended: 'We are picking your order up again.',
  shutdown: 'We are picking your order up again.',
  refused: 'The factory is having trouble. Your order is safe.',
  error: 'The factory is having trouble. Your order is safe.',
  bad_pizza: 'A pizza did not pass our check, so we ask for a better one.',
  busy: 'The factory is busy. Your order is safe.',
  unreachable: 'The factory cannot be reached. Your order is safe.',
  timeout: 'The factory takes very long. Your order is safe.',
  key_refused: 'The factory is having trouble. Your order is safe.',
  rejected: 'The factory cannot make this order.',
  poison: 'The factory makes other orders and not this one. You were not charged.',
  too_many_failures: 'The factory could not make it. You were not charged.',
  waited_too_long: 'It took too long. You were not charged.',
  not_made_in_time: 'The factory could not make it in time. You were not charged.',
  crash_loop: 'Something is wrong with this order. You were not charged.',
  cancelled_by_admin: 'It was cancelled by us. You were not charged.',
  cancelled_by_diner: undefined,
  diner_left: undefined,
  not_confirmed: undefined,
};

/**
 * The two fields of an answer that tell why an order waits, failed or was cancelled. A reason that only an older or a
 * newer version knows is left out: its orders are in the database, and their answers must not break.
 */
export function presentReason(code: OrderReason | null): { reason?: string; reasonCode?: OrderReason } {
  if (code === null || !Object.hasOwn(REASON_MESSAGES, code)) return {};
  const reason = REASON_MESSAGES[code];
  return { reasonCode: code, ...(reason !== undefined && { reason }) };
}
