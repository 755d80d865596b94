import { sql } from 'kysely';
import { msAgo } from './lease-clock.ts';
import type { Queryable } from './transaction.ts';

/** What a step of sweeping came to. */
export interface SweptBatch {
  rows: number;
  /** Whether more may be due. */
  hasMore: boolean;
}

/** A table and the column by which its rows age; that column leads an index. */
export interface AgingTable {
  table: string;
  column: string;
  keepMs: number;
}

/** Deletes at most so many of the oldest rows that are kept no longer: in the order of the index, so it locks no others. */
export async function deleteOldest(
  db: Queryable,
  { table, column, keepMs }: AgingTable,
  limit: number,
): Promise<SweptBatch> {
  const age = sql.ref(column);
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where ${age} < ${msAgo(keepMs)} order by ${age} limit ${sql.lit(limit)}`.execute(
    db,
  );
  const rows = Number(numAffectedRows ?? 0n);
  return { rows, hasMore: rows >= limit };
}

/** Deletes rows by their ids, which were looked for without a lock. */
export async function deleteByIds(db: Queryable, table: string, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where id in (${sql.join(ids)})`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
