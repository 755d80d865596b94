import { type Answer, tell } from './diner-orders.ts';
import type { DinerAnswer, DinerOrder, Logs, OrderRow, TransitionRow } from './logs.ts';

/** Logs of a world in which everything went well, for tests to spoil: each order is placed, baked, stored and shown. */
export function madeUpLogs(orderIds: readonly number[]): Logs {
  return {
    dinerOrders: orderIds.map((orderId) => madeUpDinerOrder(orderId)),
    database: {
      orders: orderIds.map((id) => madeUpOrder(id)),
      transitions: orderIds.flatMap((orderId) => madeUpHistory(orderId)),
      keys: orderIds.map((orderId) => ({ dinerId: dinerOf(orderId), key: keyOf(orderId), orderId })),
      attempts: orderIds.map((orderId) => ({ orderId, outcome: 'made', endedAt: timeOf(orderId) + 30 })),
      get charged() {
        return this.orders.filter(({ state }) => state === 'ready').length;
      },
    },
    factory: {
      calls: orderIds.map((orderId) => ({
        factory: 0,
        at: timeOf(orderId) + 10,
        kind: 'order' as const,
        orderId,
        status: 200,
      })),
      pizzas: orderIds.map((orderId) => ({
        factory: 0,
        at: timeOf(orderId) + 20,
        orderId,
        jwt: pizzaOf(orderId),
      })),
    },
    verdicts: new Map(orderIds.map((orderId) => [pizzaOf(orderId), orderId])),
  };
}

export const timeOf = (orderId: number): number => orderId * 1_000;
export const pizzaOf = (orderId: number): string => `pizza-${orderId}`;
const dinerOf = (orderId: number): number => 100 + orderId;
const keyOf = (orderId: number): string => `key-${orderId}`;

function madeUpOrder(id: number): OrderRow {
  const jwt = pizzaOf(id);
  return { id, dinerId: dinerOf(id), state: 'ready', reason: null, jwt, placedAt: timeOf(id), note: null };
}

function madeUpHistory(orderId: number): TransitionRow[] {
  return [
    { orderId, from: null, to: 'making', cause: 'placed', at: timeOf(orderId) },
    { orderId, from: 'making', to: 'ready', cause: 'made', at: timeOf(orderId) + 30 },
  ];
}

function madeUpDinerOrder(orderId: number): DinerOrder {
  const dinerOrder: DinerOrder = {
    dinerId: dinerOf(orderId),
    key: keyOf(orderId),
    sentAt: timeOf(orderId),
    answers: [],
  };
  tellMore(dinerOrder, { httpStatus: 202, orderId, state: 'making' });
  tellMore(dinerOrder, { by: 'looking', orderId, state: 'ready', jwt: pizzaOf(orderId) });
  return dinerOrder;
}

/** One more answer for this dinerOrder, 40 ms after the last one. */
export function tellMore(dinerOrder: DinerOrder, answer: Partial<DinerAnswer>): void {
  const at = (dinerOrder.answers.at(-1)?.at ?? dinerOrder.sentAt) + 40;
  const nothing: Omit<Answer, 'sentAt' | 'at'> = {
    by: 'placing',
    httpStatus: 200,
    code: undefined,
    orderId: undefined,
    state: undefined,
    jwt: undefined,
  };
  tell(dinerOrder, { ...nothing, sentAt: at - 20, at, ...answer });
}
