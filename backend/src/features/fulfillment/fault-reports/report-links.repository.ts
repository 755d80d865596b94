import { sql } from 'kysely';
import { databaseNow } from '../../../database/lease-clock.ts';
import type { Queryable } from '../../../database/transaction.ts';

/** Stores a link of an order, or, if it is there, that it leads to this report and how long from now. */
export async function saveLink(
  db: Queryable,
  link: { tokenHash: string; orderId: number; reportId: number; hours: number },
): Promise<void> {
  const aim = {
    report_id: link.reportId,
    expires_at: sql<Date>`now(3) + interval ${sql.lit(link.hours)} hour`,
  };
  await db
    .insertInto('order_report_links')
    .values({ token_hash: link.tokenHash, order_id: link.orderId, ...aim })
    .onDuplicateKeyUpdate(aim)
    .execute();
}

/** The report and the owner behind a token of this order, while it is valid and the owner has an account. */
export async function findLink(
  db: Queryable,
  link: { tokenHash: string; orderId: number },
): Promise<{ reportId: number; dinerId: number } | undefined> {
  const row = await db
    .selectFrom('order_report_links')
    .innerJoin('orders', 'orders.id', 'order_report_links.order_id')
    .innerJoin('users', 'users.id', 'orders.diner_id')
    .select(['order_report_links.report_id', 'orders.diner_id'])
    .where('order_report_links.token_hash', '=', link.tokenHash)
    .where('order_report_links.order_id', '=', link.orderId)
    .where('order_report_links.expires_at', '>', databaseNow)
    .where('users.deleted_at', 'is', null)
    .executeTakeFirst();
  return row && { reportId: row.report_id, dinerId: row.diner_id };
}
