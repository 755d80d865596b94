import { sql } from 'kysely';
import { databaseNow } from '../../../database/lease-clock.ts';
import type { Queryable } from '../../../database/transaction.ts';

// Longer than any step of it takes, with room for a line that was lost for a moment.
const LEASE_SECONDS = 15;
const ONLY_ROW = 1;

const leaseEnd = sql<Date>`${databaseNow} + interval ${sql.lit(LEASE_SECONDS)} second`;

/** Takes or keeps the right to recompute; false while another run has it. */
export async function takeRecompute(db: Queryable, run: { id: string; actorId: number }): Promise<boolean> {
  const kept = await db
    .updateTable('figures_recompute')
    .set({ lease_until: leaseEnd })
    .where('run', '=', run.id)
    .where('actor_id', '=', run.actorId)
    .executeTakeFirst();
  if (kept.numUpdatedRows === 1n) return true;
  const values = { run: run.id, actor_id: run.actorId, started_at: databaseNow, lease_until: leaseEnd };
  const taken = await db
    .updateTable('figures_recompute')
    .set(values)
    .where('lease_until', '<', databaseNow)
    .executeTakeFirst();
  if (taken.numUpdatedRows === 1n) return true;
  // Two that come at once to a table that is still empty: the primary key lets one of them in.
  const inserted = await db
    .insertInto('figures_recompute')
    .ignore()
    .values({ id: ONLY_ROW, ...values })
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** Gives the right back. */
export async function releaseRecompute(db: Queryable, run: { id: string; actorId: number }): Promise<void> {
  await db
    .deleteFrom('figures_recompute')
    .where('run', '=', run.id)
    .where('actor_id', '=', run.actorId)
    .execute();
}

/** Who recomputes right now, if anybody does. */
export async function findRecompute(db: Queryable) {
  return db
    .selectFrom('figures_recompute')
    .innerJoin('users', 'users.id', 'figures_recompute.actor_id')
    .select(['users.id', 'users.name', 'figures_recompute.started_at'])
    .where('figures_recompute.lease_until', '>=', databaseNow)
    .executeTakeFirst();
}
