import { sql, type Updateable } from 'kysely';
import type { Schema } from '../../database/schema.ts';
import type { Queryable } from '../../database/transaction.ts';

/** Incidents whose figures are not final: those that are open, and those that were closed and not added up since. */
export async function findUnsettledFigures(db: Queryable): Promise<{ open: number[]; closed: number[] }> {
  const open = await db.selectFrom('incidents').select('id').where('open_factory', 'is not', null).execute();
  return { open: open.map(({ id }) => id), closed: await findFiguresDue(db) };
}

export async function findFiguresDue(db: Queryable): Promise<number[]> {
  const rows = await db
    .selectFrom('incidents')
    .select('id')
    .where('are_figures_due', '=', 1)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Adds up what an incident did, from the history of the orders: each that had to wait, came late or failed while it
 * was open. Causes of our own doing (a crash, a restart, a cancellation) are not the incident's. Read first and
 * written after: an UPDATE that reads the orders locks every one of them, and waits for those being settled.
 */
async function readFigures(db: Queryable, incidentId: number): Promise<Updateable<Schema['incidents']>> {
  const { rows } = await sql<Updateable<Schema['incidents']>>`
    select count(*) as orders_delayed, coalesce(sum(o.state = 'failed'), 0) as orders_failed,
      count(distinct o.diner_id) as diners, coalesce(sum(o.total), 0) as value, least(4294967295, coalesce(
        max(timestampdiff(microsecond, o.placed_at, coalesce(o.settled_at, now(3)))) div 1000, 0)) as longest_wait_ms
    from orders o
    where o.id in (
      select t.order_id from order_transitions t join incidents w on w.id = ${incidentId}
      where t.at >= w.started_at and t.at <= coalesce(w.line_empty_at, w.closed_at, now(3))
        and (t.to_state in ('waiting', 'failed') or (t.to_state = 'ready' and t.cause = 'made_slow'))
        and t.cause not in ('lease_ended', 'shutdown', 'crash_loop', 'rejected', 'try_again')
    )`.execute(db);
  return rows[0] ?? {};
}

/** Stores the figures of an incident that is still open; what was read of one that has ended meanwhile is dropped. */
export async function refreshFigures(db: Queryable, incidentId: number): Promise<void> {
  const figures = await readFigures(db, incidentId);
  await db
    .updateTable('incidents')
    .set(figures)
    .where('id', '=', incidentId)
    .where('open_factory', 'is not', null)
    .execute();
}

/** Stores the figures of an incident that was closed: they do not change any more. */
export async function finishFigures(db: Queryable, incidentId: number): Promise<void> {
  const figures = { ...(await readFigures(db, incidentId)), are_figures_due: false };
  await db.updateTable('incidents').set(figures).where('id', '=', incidentId).execute();
}
