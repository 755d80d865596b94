import { sql } from 'kysely';
import type { Queryable } from '../../database/transaction.ts';

/** A pizza holds the name and e-mail address of whom it was made for, and cannot be changed without breaking its signature. */
export async function deletePizzas(db: Queryable, dinerId: number): Promise<void> {
  await db
    .updateTable('orders')
    .set({ jwt: null })
    .where('diner_id', '=', dinerId)
    .where('jwt', 'is not', null)
    .execute();
}

export async function findOpenOrderIds(db: Queryable, dinerId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('diner_id', '=', dinerId)
    .where('state', 'in', ['making', 'waiting'])
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Locks the diner, so that their orders are counted one at a time, and answers how many they placed in the last hour
 * and how many of theirs are open.
 */
export async function countRecentOrders(
  db: Queryable,
  dinerId: number,
): Promise<{ lastHour: number; open: number }> {
  await db.selectFrom('users').select('id').where('id', '=', dinerId).forUpdate().execute();
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
