import { sql } from 'kysely';
import { type Lease, moveLeaseEnd, takeLease } from '../../database/lease.ts';
import { databaseNow } from '../../database/lease-clock.ts';
import type { Queryable } from '../../database/transaction.ts';

// As long as a round, and several times what a batch of each table with its rest takes.
const LEASE_SECONDS = 60;

const lease = (node: string, seconds: number): Lease => ({ table: 'retention_lease', node, seconds });

/** Takes the right to sweep; false while another node has it, or had it a moment ago. */
export const takeSweep = (db: Queryable, node: string): Promise<boolean> =>
  takeLease(db, lease(node, LEASE_SECONDS));

/** False when the right was lost meanwhile. */
export const keepSweep = (db: Queryable, node: string): Promise<boolean> =>
  moveLeaseEnd(db, lease(node, LEASE_SECONDS));

/** Gives the right back; nobody sweeps for so long. */
export async function endSweep(
  db: Queryable,
  { node, pauseSeconds, isFinished }: { node: string; pauseSeconds: number; isFinished: boolean },
): Promise<void> {
  const isOurs = await moveLeaseEnd(db, lease(node, pauseSeconds));
  if (isOurs && isFinished)
    await db.updateTable('retention_lease').set({ finished_at: databaseNow }).execute();
}

/** How long ago a node last found that nothing was left that is due. */
export async function findFinishedSecondsAgo(db: Queryable): Promise<number> {
  const row = await db
    .selectFrom('retention_lease')
    .select(sql<string>`timestampdiff(microsecond, finished_at, ${databaseNow}) / 1000000`.as('seconds'))
    .executeTakeFirstOrThrow();
  return Number(row.seconds);
}
