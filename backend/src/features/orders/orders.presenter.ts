import { bitcoinFromSatoshi } from '#contract/money.ts';
import type { Order } from '#contract/orders.ts';
import type { OrderView } from './orders.service.ts';

/** Reasons as people read them; what is not listed needs no words beyond the state. */
const REASONS: Record<string, string> = {
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
  too_many_failures: 'The factory could not make it. You were not charged.',
  waited_too_long: 'It took too long. You were not charged.',
  not_made_in_time: 'The factory could not make it in time. You were not charged.',
  cancelled_by_admin: 'It was cancelled by us. You were not charged.',
  crash_loop: 'Something is wrong with this order. You were not charged.',
};

/** Every field of an order that its diner may see. */
export function presentOrder(order: OrderView): Order {
  const reason = order.reason === null ? undefined : REASONS[order.reason];
  return {
    id: order.id,
    franchiseId: order.franchiseId,
    franchiseName: order.franchiseName,
    storeId: order.storeId,
    storeName: order.storeName,
    date: order.placedAt.toISOString(),
    status: order.state,
    ...(reason !== undefined && { reason }),
    ...(order.placeInLine !== undefined && { placeInLine: order.placeInLine }),
    total: bitcoinFromSatoshi(order.totalSatoshi),
    items: order.pizzas.map((pizza, index) => ({
      id: index + 1,
      menuId: pizza.menuId,
      description: pizza.title,
      price: bitcoinFromSatoshi(pizza.priceSatoshi),
      ...(pizza.note !== undefined && { note: pizza.note }),
    })),
  };
}

interface AttemptRow {
  number: number;
  started_at: Date;
  factory: string;
  outcome: string;
  http_status: number | null;
  total_ms: number;
  signature_verdict: string | null;
}

/** What an admin sees of an attempt. */
export function presentAttempt(attempt: AttemptRow) {
  return {
    number: attempt.number,
    at: attempt.started_at.toISOString(),
    factory: attempt.factory,
    outcome: attempt.outcome,
    httpStatus: attempt.http_status,
    totalMs: attempt.total_ms,
    signature: attempt.signature_verdict,
  };
}
