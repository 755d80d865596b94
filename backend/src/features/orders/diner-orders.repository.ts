import { sql } from 'kysely';
import type { Queryable } from '../../database/transaction.ts';

/** Reads what is committed now: once the diner is locked or deleted, none of theirs can come to it. */
export async function findOpenOrderIds(db: Queryable, dinerId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('diner_id', '=', dinerId)
    .where('state', 'in', ['making', 'waiting'])
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** So many orders of a diner from that id on. */
export async function findOrderIdsAfter(
  db: Queryable,
  { dinerId, afterId, limit }: { dinerId: number; afterId: number; limit: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('diner_id', '=', dinerId)
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * A pizza holds the name and e-mail address of whom it was made for and their notes, and cannot be changed without
 * breaking its signature.
 */
export async function erasePizzasAndNotes(db: Queryable, orderIds: readonly number[]): Promise<void> {
  await db
    .updateTable('orders')
    .set({ jwt: null })
    .where('id', 'in', [...orderIds])
    .where('jwt', 'is not', null)
    .execute();
  await db
    .updateTable('order_items')
    .set({ note: null })
    .where('order_id', 'in', [...orderIds])
    .where('note', 'is not', null)
    .execute();
}

/** A key is a text of its client, which may say who that is, and the hash of a body with notes can be guessed at. */
export async function deleteKeys(db: Queryable, dinerId: number): Promise<void> {
  await db.deleteFrom('idempotency_keys').where('diner_id', '=', dinerId).execute();
}

/** How many orders a diner placed in the last hour and how many of theirs are open; they are to be locked before. */
export async function countRecentOrders(
  db: Queryable,
  dinerId: number,
): Promise<{ lastHour: number; open: number }> {
  const row = await db
    .selectFrom('orders')
    .select([
      sql<number>`count(case when placed_at > now(3) - interval 1 hour then 1 end)`.as('last_hour'),
      sql<number>`count(case when state in ('making', 'waiting') then 1 end)`.as('open'),
    ])
    .where('diner_id', '=', dinerId)
    // An order lives an hour at most, so an open one that is older than a day is a failed one tried again.
    .where('placed_at', '>', sql<Date>`now(3) - interval 1 day`)
    .executeTakeFirstOrThrow();
  return { lastHour: Number(row.last_hour), open: Number(row.open) };
}
