import { sql } from 'kysely';
import { databaseNow, leaseEnd } from '../../database/lease-clock.ts';
import type { Queryable } from '../../database/transaction.ts';
import type { Claim } from './fulfillment.repository.ts';

/** Orders whose next attempt is due, oldest first. */
export async function findDueOrders(db: Queryable, limit: number): Promise<Claim[]> {
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'fence'])
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '<=', databaseNow)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, fence }) => ({ orderId: id, fence }));
}

/** Orders whose node has not been heard of for a lease: it crashed or lost its database. */
export async function findAbandonedOrders(db: Queryable, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('state', '=', 'making')
    .where('lease_until', '<', databaseNow)
    .orderBy('lease_until')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Milliseconds until the next waiting order is due; undefined when none waits. */
export async function findNextDueInMs(db: Queryable): Promise<number | undefined> {
  const row = await db
    .selectFrom('orders')
    .select(sql<number | null>`timestampdiff(microsecond, now(3), min(next_attempt_at)) / 1000`.as('ms'))
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return row?.ms === null || row?.ms === undefined ? undefined : Math.max(0, Number(row.ms));
}

/** Says "still here" for the orders this node is making. */
export async function renewLeases(
  db: Queryable,
  options: { node: string; orderIds: readonly number[] },
): Promise<void> {
  if (options.orderIds.length === 0) return;
  await db
    .updateTable('orders')
    .set({ lease_until: leaseEnd })
    .where('id', 'in', [...options.orderIds])
    .where('state', '=', 'making')
    .where('lease_node', '=', options.node)
    .execute();
}
