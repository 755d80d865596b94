import { sql } from 'kysely';
import type { Schema } from './schema.ts';
import type { Queryable } from './transaction.ts';

type MarkedTable = Schema['retention_marks']['table_name'];

/** Of orders that were placed before this, rows of the table may have been swept; as part of a larger statement. */
export const sweptUntil = (table: MarkedTable) =>
  sql<Date>`(select swept_until from retention_marks where table_name = ${table})`;

export async function findSweptUntil(db: Queryable, table: MarkedTable): Promise<Date> {
  const mark = await db
    .selectFrom('retention_marks')
    .select('swept_until')
    .where('table_name', '=', table)
    .executeTakeFirstOrThrow();
  return mark.swept_until;
}
