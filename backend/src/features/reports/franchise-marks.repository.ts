import { sql } from 'kysely';
import type { Queryable } from '../../database/transaction.ts';

// More than a busy second brings, and transitions may be seen in another order than they were numbered in.
const NEWEST_TRANSITIONS = 500;

/** What lately happened to orders, a mark for each franchise: it changes whenever one of its orders does. */
export async function findFranchiseMarks(db: Queryable): Promise<Map<number, string>> {
  const newest = db
    .selectFrom('order_transitions')
    .select(['id', 'order_id'])
    .orderBy('id', 'desc')
    .limit(NEWEST_TRANSITIONS)
    .as('newest');
  const rows = await db
    .selectFrom(newest)
    .innerJoin('orders', 'orders.id', 'newest.order_id')
    .select(['orders.franchise_id', sql<string>`concat(max(newest.id), '/', count(*))`.as('mark')])
    .groupBy('orders.franchise_id')
    .execute();
  return new Map(rows.map(({ franchise_id, mark }) => [franchise_id, mark]));
}
