import { bitcoinFromSatoshi } from '#contract/money.ts';
import { presentReason } from '#contract/order-reasons.ts';
import type { Order } from '#contract/orders.ts';
import type { ListedOrder } from './orders.repository.ts';
import type { Outlook } from './orders.service.ts';

/** Every field of an order that its diner may see. */
export function presentOrder(order: ListedOrder & Outlook): Order {
  return {
    id: order.id,
    franchiseId: order.franchiseId,
    franchiseName: order.franchiseName,
    storeId: order.storeId,
    storeName: order.storeName,
    date: order.placedAt.toISOString(),
    status: order.state,
    ...presentReason(order.reason),
    ...(order.placeInLine !== undefined && { placeInLine: order.placeInLine }),
    ...(order.givenUpAt && { givenUpAt: order.givenUpAt.toISOString() }),
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
