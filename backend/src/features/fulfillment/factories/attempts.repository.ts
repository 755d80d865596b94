import { sql } from 'kysely';
import { compiledOnce } from '../../../database/compiled-once.ts';
import { deleteByIds, type SweptBatch } from '../../../database/delete-batch.ts';
import { msAgo } from '../../../database/lease-clock.ts';
import type { Database } from '../../../database/pool.ts';
import { inTransaction, type Queryable } from '../../../database/transaction.ts';
import { ANSWERED_FAILURES } from '../pizzas/attempt-outcome.ts';

export async function countAttempts(db: Queryable, orderId: number): Promise<number> {
  const row = await db
    .selectFrom('factory_attempts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Whether an attempt of this node that began at this moment is written already. */
export async function hasAttempt(
  db: Queryable,
  attempt: { orderId: number; node: string; startedAt: Date },
): Promise<boolean> {
  const row = await db
    .selectFrom('factory_attempts')
    .select('id')
    .where('order_id', '=', attempt.orderId)
    .where('node', '=', attempt.node)
    .where('started_at', '=', attempt.startedAt)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a factory made at least so many pizzas of other orders since this order's so-manieth last failure. */
export async function hasMadeOthers(
  db: Queryable,
  query: { orderId: number; factory: string; failures: number; atLeast: number },
): Promise<boolean> {
  const firstFailure = await db
    .selectFrom('factory_attempts')
    .select('started_at')
    .where('order_id', '=', query.orderId)
    .where('outcome', 'in', ANSWERED_FAILURES)
    .orderBy('id', 'desc')
    .offset(query.failures - 1)
    .limit(1)
    .executeTakeFirst();
  if (!firstFailure) return false;
  const others = await db
    .selectFrom('factory_attempts')
    .select('id')
    .where('factory', '=', query.factory)
    .where('started_at', '>', firstFailure.started_at)
    .where('order_id', '<>', query.orderId)
    .where('outcome', 'in', ['made', 'made_slow'])
    .limit(query.atLeast)
    .execute();
  return others.length === query.atLeast;
}

interface AttemptRow {
  /** Null for a probe. */
  orderId: number | null;
  number: number;
  factory: string;
  node: string;
  startedAt: Date;
  connectMs: number | undefined;
  firstByteMs: number | undefined;
  totalMs: number;
  httpStatus: number | undefined;
  outcome: string;
  signatureVerdict: string | undefined;
  report: { host: string | undefined; fingerprint: string | undefined };
}

const insertRow = compiledOnce((db, attempt: Flat) => db.insertInto('factory_attempts').values(attempt));

type Flat = ReturnType<typeof flatten>;

const flatten = (attempt: AttemptRow) => ({
  order_id: attempt.orderId,
  number: attempt.number,
  factory: attempt.factory,
  node: attempt.node,
  started_at: attempt.startedAt,
  connect_ms: attempt.connectMs ?? null,
  first_byte_ms: attempt.firstByteMs ?? null,
  total_ms: attempt.totalMs,
  http_status: attempt.httpStatus ?? null,
  outcome: attempt.outcome,
  report_host: attempt.report.host ?? null,
  report_fingerprint: attempt.report.fingerprint ?? null,
  signature_verdict: attempt.signatureVerdict ?? null,
});

export async function insertAttempt(db: Queryable, attempt: AttemptRow): Promise<void> {
  await insertRow(db, flatten(attempt));
}

/** Deletes at most so many old attempts, of orders that are over just as long, and probes. */
export async function sweepAttempts(
  db: Database,
  { keepMs }: { keepMs: number },
  limit: number,
): Promise<SweptBatch> {
  const due = await db
    .selectFrom('factory_attempts as a')
    .leftJoin('orders as o', 'o.id', 'a.order_id')
    .select('a.id')
    .where('a.started_at', '<', msAgo(keepMs))
    .where((eb) => eb.or([eb('a.order_id', 'is', null), eb('o.settled_at', '<', msAgo(keepMs))]))
    .orderBy('a.started_at')
    .limit(limit)
    .execute();
  if (due.length === 0) return { rows: 0, hasMore: false };
  const rows = await inTransaction(db, async (transaction) => {
    // With the rows, so that whoever judges orders by their attempts never misses some without knowing why.
    await transaction
      .updateTable('retention_marks')
      .set({ swept_until: sql<Date>`greatest(swept_until, ${msAgo(keepMs)})` })
      .where('table_name', '=', 'factory_attempts')
      .execute();
    return deleteByIds(
      transaction,
      'factory_attempts',
      due.map(({ id }) => id),
    );
  });
  return { rows, hasMore: due.length >= limit };
}
