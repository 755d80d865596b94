import { sql } from 'kysely';
import { databaseNow } from '../../database/lease-clock.ts';
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
  isRestoredByPizza: boolean;
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
      'is_restored_by_pizza',
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
    isRestoredByPizza: Boolean(row.is_restored_by_pizza),
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
  const incidentId = Number(inserted.insertId);
  await noteMode(db, incidentId, incident);
  return incidentId;
}

/** A fault of this mode was seen in the incident: once more, or for the first time. */
export async function noteMode(
  db: Queryable,
  incidentId: number,
  fault: { mode: IncidentMode; startedAt: Date; now: Date },
): Promise<void> {
  await db
    .insertInto('incident_modes')
    .values({
      incident_id: incidentId,
      mode: fault.mode,
      first_fault_at: fault.startedAt,
      last_fault_at: fault.now,
    })
    .onDuplicateKeyUpdate({ last_fault_at: fault.now })
    .execute();
}

/** Whether the incident had a fault of this mode, or another incident of its factory had one since a moment ago. */
export async function hadMode(
  db: Queryable,
  seen: { incidentId: number; factory: string; mode: IncidentMode; since: Date },
): Promise<boolean> {
  const row = await db
    .selectFrom('incident_modes')
    .innerJoin('incidents', 'incidents.id', 'incident_modes.incident_id')
    .select('incidents.id')
    .where('incident_modes.mode', '=', seen.mode)
    .where('incidents.factory', '=', seen.factory)
    .where((eb) =>
      eb.or([eb('incidents.id', '=', seen.incidentId), eb('incident_modes.last_fault_at', '>=', seen.since)]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
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
  isRestoredByPizza?: boolean;
  escalatedAt?: Date;
  lineEmptyAt?: Date | null;
  closedAt?: Date;
  areFiguresDue?: boolean;
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
      ...(changes.isRestoredByPizza !== undefined && { is_restored_by_pizza: changes.isRestoredByPizza }),
      ...(changes.areFiguresDue !== undefined && { are_figures_due: changes.areFiguresDue }),
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

/** Closes an incident that is over: restored, nobody waits because of it, and no fault for `quietMs`. Answers whether this call did. */
export async function closeQuietIncident(
  db: Queryable,
  incidentId: number,
  quietMs: number,
): Promise<boolean> {
  const result = await db
    .updateTable('incidents')
    .set({ closed_at: databaseNow, are_figures_due: true })
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
