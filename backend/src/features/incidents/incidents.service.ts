import { satoshiFromDecimal } from '#contract/money.ts';
import type { Database } from '../../database/pool.ts';
import { notFound } from '../../errors.ts';
import type { IncidentRecord } from './incident-record.ts';
import * as repository from './incident-records.repository.ts';

type IncidentRow = Awaited<ReturnType<typeof repository.findIncidents>>[number];

function toIncidentRecord(row: IncidentRow, timeline: IncidentRecord['timeline']): IncidentRecord {
  return {
    id: row.id,
    factory: row.factory,
    mode: row.mode as IncidentRecord['mode'],
    state: row.closed_at ? 'closed' : 'open',
    startedAt: row.started_at,
    detectedAt: row.detected_at,
    detectedBy: row.detected_by as IncidentRecord['detectedBy'],
    lastFaultAt: row.last_fault_at,
    circuitOpenedAt: row.circuit_opened_at,
    restoredAt: row.restored_at,
    lineEmptyAt: row.line_empty_at,
    closedAt: row.closed_at,
    escalatedAt: row.escalated_at,
    ordersDelayed: row.orders_delayed,
    ordersFailed: row.orders_failed,
    diners: row.diners,
    valueSatoshi: satoshiFromDecimal(row.value),
    longestWaitMs: row.longest_wait_ms,
    timeline,
  };
}

/** The record of outages, as operators read it. */
export function createIncidents({ db }: { db: Database }) {
  return {
    /** Answers one incident with its timeline; throws `not_found`. */
    async readIncident(incidentId: number): Promise<IncidentRecord> {
      const row = await repository.findIncident(db, incidentId);
      if (!row) throw notFound('incident');
      return toIncidentRecord(row, await repository.findEvents(db, incidentId));
    },

    /** Answers a page of incidents without their timelines, the newest first. */
    async listIncidents({ page, limit }: { page: number; limit: number }) {
      const found = await repository.findIncidents(db, { offset: (page - 1) * limit, limit: limit + 1 });
      const incidents = found.slice(0, limit).map((row) => toIncidentRecord(row, []));
      return { incidents, more: found.length > limit };
    },
  };
}

export type Incidents = ReturnType<typeof createIncidents>;
