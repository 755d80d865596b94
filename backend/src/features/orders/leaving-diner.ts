import type { Database } from '../../database/pool.ts';
import { inTransaction, type Transaction } from '../../database/transaction.ts';
import type { OrderTransitions } from '../fulfillment/orders/order-transitions.ts';
import * as repository from './diner-orders.repository.ts';

// Done in some milliseconds, so that whoever settles one of them waits no longer.
const ORDERS_AT_ONCE = 100;

/** What becomes of the orders of a diner who leaves. They stay, for the figures of their stores, and tell nothing of them. */
export function createLeavingDiner({ db, transitions }: { db: Database; transitions: OrderTransitions }) {
  return {
    /**
     * Takes open orders back in the transaction that closes the account, once its row is locked; a call that is still out
     * comes too late by its fence. Answers what tells it when that is committed.
     */
    async takeBackOrders(transaction: Transaction, dinerId: number): Promise<() => void> {
      const orderIds = await repository.findOpenOrderIds(transaction, dinerId);
      return transitions.cancelInside(transaction, { orderIds, cause: 'diner_left' });
    },

    /** Erases notes, pizzas and keys in short transactions; once no order is open. Doing it again does no harm. */
    async eraseOrders(dinerId: number): Promise<void> {
      let orderIds: number[] = [];
      do {
        const afterId = orderIds.at(-1) ?? 0;
        orderIds = await repository.findOrderIdsAfter(db, { dinerId, afterId, limit: ORDERS_AT_ONCE });
        if (orderIds.length > 0) {
          await inTransaction(db, (transaction) => repository.erasePizzasAndNotes(transaction, orderIds));
        }
      } while (orderIds.length === ORDERS_AT_ONCE);
      await inTransaction(db, (transaction) => repository.deleteKeys(transaction, dinerId));
    },
  };
}
