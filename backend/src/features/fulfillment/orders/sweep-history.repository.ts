import { sql } from 'kysely';
import { deleteByIds, type SweptBatch } from '../../../database/delete-batch.ts';
import { msAgo } from '../../../database/lease-clock.ts';
import type { Database } from '../../../database/pool.ts';
import { findSweptUntil } from '../../../database/swept-until.ts';
import { inTransaction, type Queryable } from '../../../database/transaction.ts';
import { waitsForFactory } from '../figures/counted-transitions.repository.ts';

/** A stretch of the history by its times, both included. */
interface Stretch {
  from: Date;
  until: Date;
  rows: number;
}

/** The next old transitions that no sweep has looked at: so many, and those of the same millisecond as the last. */
async function findNextStretch(
  db: Queryable,
  { keepMs, limit }: { keepMs: number; limit: number },
): Promise<Stretch | undefined> {
  const from = await findSweptUntil(db, 'order_transitions');
  const next = db
    .selectFrom('order_transitions')
    .select('at')
    .where('at', '>=', from)
    .where('at', '<', msAgo(keepMs))
    .orderBy('at')
    .limit(limit);
  const { until, rows } = await db
    .selectFrom(next.as('next'))
    .select((eb) => [eb.fn.max<Date | null>('at').as('until'), eb.fn.countAll<number>().as('rows')])
    .executeTakeFirstOrThrow();
  return until === null ? undefined : { from, until, rows: Number(rows) };
}

/**
 * What may go of the orders that these transitions are of, if they are over for long and in the figures. What the
 * figures of an order follow from stays: the transition into its state, which has its day and its cause, and, because
 * it makes a ready order late, the first by which it waited for the factory.
 */
async function findNeedless(
  db: Queryable,
  { from, until, keepMs }: Stretch & { keepMs: number },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select t.id from (
      select distinct order_id from order_transitions where at >= ${from} and at <= ${until}
    ) due join orders o on o.id = due.order_id and o.settled_at < ${msAgo(keepMs)}
      join order_transitions t on t.order_id = o.id and t.fence <> o.fence
    where not exists (select 1 from order_transitions u where u.order_id = o.id and u.is_unfolded = 1)
      and t.id <> coalesce((select min(w.id) from ${waitsForFactory}), 0)`.execute(db);
  return rows.map(({ id }) => id);
}

/** Moves the mark behind this stretch; false when another node has moved it. */
async function moveMark(db: Queryable, { from, until }: Stretch): Promise<boolean> {
  const moved = await db
    .updateTable('retention_marks')
    .set({ swept_until: new Date(until.getTime() + 1) })
    .where('table_name', '=', 'order_transitions')
    .where('swept_until', '=', from)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/**
 * Sweeps the next stretch of the history. The mark moves in the transaction that deletes: whoever judges an order by
 * its history knows whether some of it may be missing. An order that is not over yet is met again when it is: its last
 * transition is of that time.
 */
export async function sweepHistory(
  db: Database,
  { keepMs }: { keepMs: number },
  limit: number,
): Promise<SweptBatch> {
  const stretch = await findNextStretch(db, { keepMs, limit });
  if (!stretch) return { rows: 0, hasMore: false };
  const ids = await findNeedless(db, { ...stretch, keepMs });
  const rows = await inTransaction(db, async (transaction) =>
    (await moveMark(transaction, stretch)) ? deleteByIds(transaction, 'order_transitions', ids) : 0,
  );
  return { rows, hasMore: stretch.rows >= limit };
}
