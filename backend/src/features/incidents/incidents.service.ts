import { satoshiFromDecimal } from '#contract/money.ts';
import type { Database } from '../../database/pool.ts';
import { notFound } from '../../errors.ts';
import type { IncidentFigures } from './incident-figures.ts';
import type { IncidentRecord } from './incident-record.ts';
import * as repository from './incident-records.repository.ts';

type IncidentRow = Awaited<ReturnType<typeof repository.findIncidents>>[number];

function toIncidentRecord(
  row: IncidentRow,
  { timeline, modes }: Pick<IncidentRecord, 'timeline' | 'modes'>,
): IncidentRecord {
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
    modes,
    timeline,
  };
}

/** The record of outages, as operators read it. */
export function createIncidents({ db, figures }: { db: Database; figures: IncidentFigures }) {
  return {
    /** Answers one incident with its timeline; throws `not_found`. */
    async readIncident(incidentId: number): Promise<IncidentRecord> {
      await figures.bringUpToDate();
      const row = await repository.findIncident(db, incidentId);
      if (!row) throw notFound('incident');
      const modes = await repository.findModes(db, incidentId);
      return toIncidentRecord(row, { modes, timeline: await repository.findEvents(db, incidentId) });
    },

    /** Answers a page of incidents without their modes and timelines, the newest first. */
    async listIncidents({ page, limit }: { page: number; limit: number }) {
      await figures.bringUpToDate();
      const found = await repository.findIncidents(db, { offset: (page - 1) * limit, limit: limit + 1 });
      const incidents = found
        .slice(0, limit)
        .map((row) => toIncidentRecord(row, { modes: [], timeline: [] }));
      return { incidents, more: found.length > limit };
    },
  };
}

export type Incidents = ReturnType<typeof createIncidents>;
