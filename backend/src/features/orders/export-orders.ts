import type { ExportedOrder } from '#contract/orders.ts';
import type { Database } from '../../database/pool.ts';
import { readPages } from '../../database/read-pages.ts';
import { presentWhole } from './orders.presenter.ts';
import { findHistories, findOrdersOfDiner, findTokens, type ListedOrder } from './orders.repository.ts';

// Some hundred kilobytes with their pizzas.
const ORDERS_AT_ONCE = 200;

interface ExportDeps {
  db: Database;
  /** Until when an order is tried; undefined when it is over, or nobody can say. */
  givenUpAt: (order: ListedOrder) => Date | undefined;
}

/** Answers all orders of a diner, newest first, and reads them while they are taken. */
export function createOrderExport({ db, givenUpAt }: ExportDeps) {
  return async function* exportOrders(dinerId: number): AsyncGenerator<ExportedOrder> {
    const readBefore = (before: number | undefined) =>
      findOrdersOfDiner(db, { dinerId, before, offset: 0, limit: ORDERS_AT_ONCE });
    for await (const page of readPages(ORDERS_AT_ONCE, readBefore)) {
      const ids = page.map(({ id }) => id);
      const histories = await findHistories(db, ids);
      const tokens = await findTokens(db, ids);
      for (const order of page) {
        const jwt = tokens.get(order.id) ?? null;
        const view = { ...order, jwt, givenUpAt: givenUpAt(order), placeInLine: undefined };
        yield presentWhole(view, histories.get(order.id) ?? []);
      }
    }
  };
}
