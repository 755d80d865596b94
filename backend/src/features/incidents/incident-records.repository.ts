import type { Queryable } from '../../database/transaction.ts';
import type { IncidentEventKind, IncidentMode, IncidentRecord } from './incident-record.ts';

const COLUMNS = [
  'id',
  'factory',
  'mode',
  'started_at',
  'detected_at',
  'detected_by',
  'last_fault_at',
  'circuit_opened_at',
  'restored_at',
  'line_empty_at',
  'escalated_at',
  'closed_at',
  'orders_delayed',
  'orders_failed',
  'diners',
  'value',
  'longest_wait_ms',
] as const;

export async function findIncidents(db: Queryable, page: { offset: number; limit: number }) {
  return db
    .selectFrom('incidents')
    .select(COLUMNS)
    .orderBy('id', 'desc')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

export async function findIncident(db: Queryable, incidentId: number) {
  return db.selectFrom('incidents').select(COLUMNS).where('id', '=', incidentId).executeTakeFirst();
}

/** The modes of incidents in the order in which they began. */
export async function findModes(db: Queryable, incidentId: number): Promise<IncidentRecord['modes']> {
  const rows = await db
    .selectFrom('incident_modes')
    .select(['mode', 'first_fault_at', 'last_fault_at'])
    .where('incident_id', '=', incidentId)
    .orderBy('first_fault_at')
    .orderBy('mode')
    .execute();
  return rows.map(({ mode, first_fault_at, last_fault_at }) => ({
    mode: mode as IncidentMode,
    firstFaultAt: first_fault_at,
    lastFaultAt: last_fault_at,
  }));
}

export async function findEvents(db: Queryable, incidentId: number): Promise<IncidentRecord['timeline']> {
  const rows = await db
    .selectFrom('incident_events')
    .select(['at', 'kind', 'details'])
    .where('incident_id', '=', incidentId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ at, kind, details }) => ({
    at,
    kind: kind as IncidentEventKind,
    // MariaDB's JSON is a text, MySQL's driver parses it.
    details: (typeof details === 'string'
      ? JSON.parse(details)
      : details) as IncidentRecord['timeline'][number]['details'],
  }));
}
