import { databaseNow, inMs } from './lease-clock.ts';
import type { Queryable } from './transaction.ts';

/** A right that one node has at a time: the row of a table of its own says who has it, and until when by the database's clock. */
export interface Lease {
  table: 'figures_fold' | 'retention_lease';
  node: string;
  /** How long from now. */
  seconds: number;
}

/** Takes the right; false while another node has it. */
export async function takeLease(db: Queryable, { table, node, seconds }: Lease): Promise<boolean> {
  const taken = await db
    .updateTable(table)
    .set({ node, lease_until: inMs(seconds * 1000) })
    .where('lease_until', '<=', databaseNow)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

/** Keeps the right for so long from now, or gives it back with a pause that nobody has it; false when it was lost meanwhile. */
export async function moveLeaseEnd(db: Queryable, { table, node, seconds }: Lease): Promise<boolean> {
  const moved = await db
    .updateTable(table)
    .set({ lease_until: inMs(seconds * 1000) })
    .where('node', '=', node)
    .where('lease_until', '>', databaseNow)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}
