import { bitcoinFromSatoshi } from '#contract/money.ts';
import type { IncidentRecord } from './incident-record.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function presentIncidentSummary(incident: IncidentRecord) {
  return {
    id: incident.id,
    factory: incident.factory,
    mode: incident.mode,
    state: incident.state,
    startedAt: incident.startedAt.toISOString(),
    detectedAt: incident.detectedAt.toISOString(),
    restoredAt: iso(incident.restoredAt),
    closedAt: iso(incident.closedAt),
    ordersDelayed: incident.ordersDelayed,
    ordersFailed: incident.ordersFailed,
    diners: incident.diners,
  };
}

export function presentIncident(incident: IncidentRecord) {
  return {
    ...presentIncidentSummary(incident),
    modes: incident.modes.map(({ mode, firstFaultAt, lastFaultAt }) => ({
      mode,
      firstFaultAt: firstFaultAt.toISOString(),
      lastFaultAt: lastFaultAt.toISOString(),
    })),
    detectedBy: incident.detectedBy,
    lastFaultAt: incident.lastFaultAt.toISOString(),
    circuitOpenedAt: iso(incident.circuitOpenedAt),
    lineEmptyAt: iso(incident.lineEmptyAt),
    escalatedAt: iso(incident.escalatedAt),
    value: bitcoinFromSatoshi(incident.valueSatoshi),
    longestWaitMs: incident.longestWaitMs,
    timeline: incident.timeline.map(({ at, kind, details }) => ({ at: at.toISOString(), kind, details })),
  };
}
