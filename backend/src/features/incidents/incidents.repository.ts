import { sql, type Updateable } from 'kysely';
import { databaseNow } from '../../database/lease-clock.ts';
import type { Schema } from '../../database/schema.ts';
import type { Queryable } from '../../database/transaction.ts';
import type { IncidentEventKind, IncidentMode } from './incident-record.ts';

type Details = Record<string, string | number | boolean | null>;

// An incident that flickers for days must not fill the database: what matters of it happened long before.
const MOST_EVENTS = 500;

export interface OpenIncident {
  id: number;
  factory: string;
  startedAt: Date;
  circuitOpenedAt: Date | undefined;
  restoredAt: Date | undefined;
  restoredBy: string | undefined;
  lineEmptyAt: Date | undefined;
}

function openQuery(db: Queryable) {
  return db
    .selectFrom('incidents')
    .select([
      'id',
      'factory',
      'started_at',
      'circuit_opened_at',
      'restored_at',
      'restored_by',
      'line_empty_at',
    ])
    .where('open_factory', 'is not', null);
}

type OpenRow = Awaited<ReturnType<ReturnType<typeof openQuery>['executeTakeFirstOrThrow']>>;

function toOpen(row: OpenRow): OpenIncident {
  return {
    id: row.id,
    factory: row.factory,
    startedAt: row.started_at,
    circuitOpenedAt: row.circuit_opened_at ?? undefined,
    restoredAt: row.restored_at ?? undefined,
    restoredBy: row.restored_by ?? undefined,
    lineEmptyAt: row.line_empty_at ?? undefined,
  };
}

export async function findOpenIncidents(db: Queryable): Promise<OpenIncident[]> {
  return (await openQuery(db).orderBy('id').execute()).map(toOpen);
}

/** The open incident of a factory; whoever asks holds the lock on the factory's row. */
export async function findOpenIncident(db: Queryable, factory: string): Promise<OpenIncident | undefined> {
  const row = await openQuery(db).where('open_factory', '=', factory).executeTakeFirst();
  return row && toOpen(row);
}

export async function insertIncident(
  db: Queryable,
  incident: { factory: string; mode: IncidentMode; startedAt: Date; now: Date; detectedBy: string },
): Promise<number> {
  const inserted = await db
    .insertInto('incidents')
    .values({
      factory: incident.factory,
      mode: incident.mode,
      started_at: incident.startedAt,
      detected_at: incident.now,
      detected_by: incident.detectedBy,
      last_fault_at: incident.now,
    })
    .executeTakeFirstOrThrow();
  return Number(inserted.insertId);
}

export async function insertEvent(
  db: Queryable,
  event: { incidentId: number; kind: IncidentEventKind; at?: Date; details?: Details },
): Promise<void> {
  const { count } = await db
    .selectFrom('incident_events')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('incident_id', '=', event.incidentId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_EVENTS && event.kind !== 'closed') return;
  await db
    .insertInto('incident_events')
    .values({
      incident_id: event.incidentId,
      at: event.at ?? databaseNow,
      kind: event.kind,
      details: JSON.stringify(event.details ?? {}),
    })
    .execute();
}

interface IncidentChanges {
  lastFaultAt?: Date;
  circuitOpenedAt?: Date;
  restoredAt?: Date | null;
  restoredBy?: string | null;
  escalatedAt?: Date;
  lineEmptyAt?: Date | null;
  closedAt?: Date;
}

export async function updateIncident(
  db: Queryable,
  incidentId: number,
  changes: IncidentChanges,
): Promise<void> {
  await db
    .updateTable('incidents')
    .set({
      ...(changes.lastFaultAt && { last_fault_at: changes.lastFaultAt }),
      ...(changes.circuitOpenedAt && {
        circuit_opened_at: sql<Date>`coalesce(circuit_opened_at, ${changes.circuitOpenedAt})`,
      }),
      ...(changes.restoredAt !== undefined && { restored_at: changes.restoredAt }),
      ...(changes.restoredBy !== undefined && { restored_by: changes.restoredBy }),
      ...(changes.escalatedAt && { escalated_at: changes.escalatedAt }),
      ...(changes.lineEmptyAt !== undefined && { line_empty_at: changes.lineEmptyAt }),
      ...(changes.closedAt && { closed_at: changes.closedAt }),
    })
    .where('id', '=', incidentId)
    .execute();
}

/** Marks what happens once; answers whether it was this call that did. */
export async function escalateOnce(db: Queryable, incidentId: number, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('incidents')
    .set({ escalated_at: at })
    .where('id', '=', incidentId)
    .where('escalated_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Orders that wait because of a factory; those of a node that went away are picked up by the next sweep. */
export async function countOrdersInLine(db: Queryable): Promise<number> {
  const row = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'waiting')
    .where((eb) => eb.or([eb('reason', 'is', null), eb('reason', 'not in', ['lease_ended', 'shutdown'])]))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/**
 * Adds up what an incident did, from the history of the orders: each that had to wait, came late or failed while it
 * was open. Causes of our own doing (a crash, a restart, a cancellation) are not the incident's. Read first and
 * written after: an UPDATE that reads the orders locks every one of them, and waits for those being settled.
 */
export async function refreshFigures(db: Queryable, incidentId: number): Promise<void> {
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
  const [figures] = rows;
  if (figures) await db.updateTable('incidents').set(figures).where('id', '=', incidentId).execute();
}

/** Closes an incident that is over: restored, nobody waits because of it, and no fault for `quietMs`. Answers whether this call did. */
export async function closeQuietIncident(
  db: Queryable,
  incidentId: number,
  quietMs: number,
): Promise<boolean> {
  const result = await db
    .updateTable('incidents')
    .set({ closed_at: databaseNow })
    .where('id', '=', incidentId)
    .where('closed_at', 'is', null)
    .where('restored_at', 'is not', null)
    .where('line_empty_at', 'is not', null)
    .where('last_fault_at', '<', sql<Date>`now(3) - interval ${quietMs * 1000} microsecond`)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes that the line is empty, once. */
export async function markLineEmpty(db: Queryable, incidentId: number): Promise<boolean> {
  const result = await db
    .updateTable('incidents')
    .set({ line_empty_at: databaseNow })
    .where('id', '=', incidentId)
    .where('line_empty_at', 'is', null)
    .where('restored_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
