import type { Queryable } from '../../database/transaction.ts';

/** One change of one order, and whose it is. */
export interface SeenTransition {
  id: number;
  franchiseId: number;
}

// More than a busy second brings.
const NEWEST = 500;

/** The newest changes of orders of all franchises. */
export async function findNewestTransitions(db: Queryable): Promise<SeenTransition[]> {
  const newest = db
    .selectFrom('order_transitions')
    .select(['id', 'order_id'])
    .orderBy('id', 'desc')
    .limit(NEWEST)
    .as('newest');
  const rows = await db
    .selectFrom(newest)
    .innerJoin('orders', 'orders.id', 'newest.order_id')
    .select(['newest.id', 'orders.franchise_id'])
    .execute();
  return rows.map(({ id, franchise_id }) => ({ id, franchiseId: franchise_id }));
}
