import { sql } from 'kysely';
import { databaseNow } from '../../../database/lease-clock.ts';
import type { Queryable } from '../../../database/transaction.ts';
import type { ReportShape } from './report-url.ts';

export type ReportState = 'seen' | 'calling' | 'done' | 'failed' | 'rejected';

/** A report URL of one incident; one row however many orders brought it, which is what makes it be called once. */
export interface ReportRow {
  id: number;
  incidentId: number;
  factory: string;
  fingerprint: string;
  host: string | undefined;
  /** What the URL is rebuilt from; undefined when it must not be called. */
  target: { shape: ReportShape; code: string } | undefined;
  /** As it came; only when it holds no secret of ours. */
  url: string | undefined;
  state: ReportState;
  calls: number;
  isDue: boolean;
  calledAt: Date | undefined;
  httpStatus: number | undefined;
}

function reportsQuery(db: Queryable) {
  return db
    .selectFrom('factory_reports')
    .selectAll()
    .select(sql<number>`next_call_at is null or next_call_at <= now(3)`.as('is_due'));
}

type Row = Awaited<ReturnType<ReturnType<typeof reportsQuery>['executeTakeFirstOrThrow']>>;

function toReport(row: Row): ReportRow {
  return {
    id: row.id,
    incidentId: row.incident_id,
    factory: row.factory,
    fingerprint: row.fingerprint,
    host: row.host ?? undefined,
    target: row.shape && row.code ? { shape: row.shape, code: row.code } : undefined,
    url: row.url ?? undefined,
    state: row.state as ReportState,
    calls: row.calls,
    isDue: Boolean(row.is_due),
    calledAt: row.called_at ?? undefined,
    httpStatus: row.http_status ?? undefined,
  };
}

interface NewReport {
  incidentId: number;
  factory: string;
  fingerprint: string;
  host: string | undefined;
  target: { shape: ReportShape; code: string } | undefined;
  url: string | undefined;
}

/** Stores a report URL unless the incident has it; answers its row, and whether this call made it. */
export async function insertReport(
  db: Queryable,
  report: NewReport,
): Promise<{ report: ReportRow; isNew: boolean }> {
  const inserted = await db
    .insertInto('factory_reports')
    .ignore()
    .values({
      incident_id: report.incidentId,
      factory: report.factory,
      fingerprint: report.fingerprint,
      host: report.host ?? null,
      shape: report.target?.shape ?? null,
      code: report.target?.code ?? null,
      url: report.url ?? null,
      state: report.target ? 'seen' : 'rejected',
    })
    .executeTakeFirstOrThrow();
  const row = await reportsQuery(db)
    .where('incident_id', '=', report.incidentId)
    .where('fingerprint', '=', report.fingerprint)
    .executeTakeFirstOrThrow();
  return { report: toReport(row), isNew: (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n };
}

export async function findReport(db: Queryable, reportId: number): Promise<ReportRow | undefined> {
  const row = await reportsQuery(db).where('id', '=', reportId).executeTakeFirst();
  return row && toReport(row);
}

/** Reads a report and locks it until the transaction ends. */
export async function lockReport(db: Queryable, reportId: number): Promise<ReportRow | undefined> {
  const row = await reportsQuery(db).where('id', '=', reportId).forUpdate().executeTakeFirst();
  return row && toReport(row);
}

/** The report URL an order met last, or, for one that met none, the newest one of an incident that is open. */
export async function findReportOfOrder(db: Queryable, orderId: number): Promise<ReportRow | undefined> {
  const own = await reportsQuery(db)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('factory_attempts')
          .select('factory_attempts.id')
          .where('factory_attempts.order_id', '=', orderId)
          .whereRef('factory_attempts.factory', '=', 'factory_reports.factory')
          .whereRef('factory_attempts.report_fingerprint', '=', 'factory_reports.fingerprint'),
      ),
    )
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (own) return toReport(own);
  const ofIncident = await reportsQuery(db)
    .where(
      'incident_id',
      'in',
      db.selectFrom('incidents').select('incidents.id').where('open_factory', 'is not', null),
    )
    .where('state', '<>', 'rejected')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return ofIncident && toReport(ofIncident);
}

/** The newest report URL of an incident that may be called. */
export async function findCallableReport(db: Queryable, incidentId: number): Promise<ReportRow | undefined> {
  const row = await reportsQuery(db)
    .where('incident_id', '=', incidentId)
    .where('code', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toReport(row);
}

/** Different report URLs that an incident has brought. */
export async function countReports(db: Queryable, incidentId: number): Promise<number> {
  const row = await db
    .selectFrom('factory_reports')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('incident_id', '=', incidentId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Calls to report URLs of a factory within the last minute, over all nodes; whoever asks holds the factory's lock. */
export async function countCallsOfLastMinute(db: Queryable, factory: string): Promise<number> {
  const row = await db
    .selectFrom('factory_report_calls')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('factory', '=', factory)
    .where('called_at', '>', sql<Date>`now(3) - interval 1 minute`)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

// What its column holds.
const MOST_COUNTED = 65_535;

/** Says that this node calls it now; after `leaseMs` without an end anybody may. */
export async function beginCall(
  db: Queryable,
  report: Pick<ReportRow, 'id' | 'factory'>,
  leaseMs: number,
): Promise<void> {
  await db
    .insertInto('factory_report_calls')
    .values({ factory: report.factory, called_at: databaseNow })
    .execute();
  await db
    .updateTable('factory_reports')
    .set({
      state: 'calling',
      calls: sql<number>`least(calls + 1, ${sql.lit(MOST_COUNTED)})`,
      called_at: databaseNow,
      next_call_at: sql<Date>`now(3) + interval ${leaseMs * 1000} microsecond`,
    })
    .where('id', '=', report.id)
    .execute();
}

export async function endCall(
  db: Queryable,
  call: { reportId: number; isOk: boolean; httpStatus: number | undefined; againInMs: number },
): Promise<void> {
  await db
    .updateTable('factory_reports')
    .set({
      state: call.isOk ? 'done' : 'failed',
      http_status: call.httpStatus ?? null,
      next_call_at: sql<Date>`now(3) + interval ${call.againInMs * 1000} microsecond`,
    })
    .where('id', '=', call.reportId)
    .execute();
}
