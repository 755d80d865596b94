import { bitcoinFromSatoshi } from '#contract/money.ts';
import type { OrderState, TransitionCause } from '#contract/order-lifecycle.ts';
import { presentReason } from '#contract/order-reasons.ts';
import type { ExportedOrder, Order } from '#contract/orders.ts';
import type { ListedOrder } from './orders.repository.ts';
import type { OrderView, Outlook } from './orders.service.ts';

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

interface Step {
  state: OrderState;
  at: Date;
  cause: TransitionCause;
}

/** An order with its pizza and all it went through. */
export function presentWhole(order: OrderView, history: readonly Step[]): ExportedOrder {
  return {
    order: presentOrder(order),
    ...(order.jwt !== null && { jwt: order.jwt }),
    history: history.map(({ state, at, cause }) => ({ status: state, at: at.toISOString(), cause })),
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
