import type { Journals, OrderRow, Telling, TransitionRow, Wish } from './journals.ts';
import { type Answer, tell } from './wishes.ts';

/** Journals of a world in which everything went well, for tests to spoil: each order is placed, baked, stored and shown. */
export function madeUpJournals(orderIds: readonly number[]): Journals {
  return {
    wishes: orderIds.map((orderId) => madeUpWish(orderId)),
    database: {
      orders: orderIds.map((id) => madeUpOrder(id)),
      transitions: orderIds.flatMap((orderId) => madeUpHistory(orderId)),
      keys: orderIds.map((orderId) => ({ dinerId: dinerOf(orderId), key: keyOf(orderId), orderId })),
      attempts: orderIds.map((orderId) => ({ orderId, outcome: 'made', endedAt: timeOf(orderId) + 30 })),
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
  return { id, dinerId: dinerOf(id), state: 'ready', reason: null, jwt, placedAt: timeOf(id) };
}

function madeUpHistory(orderId: number): TransitionRow[] {
  return [
    { orderId, from: null, to: 'making', cause: 'placed', at: timeOf(orderId) },
    { orderId, from: 'making', to: 'ready', cause: 'made', at: timeOf(orderId) + 30 },
  ];
}

function madeUpWish(orderId: number): Wish {
  const wish: Wish = {
    dinerId: dinerOf(orderId),
    key: keyOf(orderId),
    sentAt: timeOf(orderId),
    tellings: [],
  };
  tellMore(wish, { httpStatus: 202, orderId, state: 'making' });
  tellMore(wish, { by: 'looking', orderId, state: 'ready', jwt: pizzaOf(orderId) });
  return wish;
}

/** One more answer for this wish, 40 ms after the last one. */
export function tellMore(wish: Wish, answer: Partial<Telling>): void {
  const at = (wish.tellings.at(-1)?.at ?? wish.sentAt) + 40;
  const nothing: Omit<Answer, 'sentAt' | 'at'> = {
    by: 'placing',
    httpStatus: 200,
    code: undefined,
    orderId: undefined,
    state: undefined,
    jwt: undefined,
  };
  tell(wish, { ...nothing, sentAt: at - 20, at, ...answer });
}
