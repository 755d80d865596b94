import type { INCIDENT_DETECTORS, INCIDENT_EVENT_KINDS, INCIDENT_MODES } from '#contract/incidents.ts';
import type { Satoshi } from '#contract/money.ts';

export type IncidentMode = (typeof INCIDENT_MODES)[number];
export type IncidentEventKind = (typeof INCIDENT_EVENT_KINDS)[number];

export interface IncidentEvent {
  at: Date;
  kind: IncidentEventKind;
  /** Never a URL, key or code: hosts and fingerprints stand for them. */
  details: Record<string, string | number | boolean | null>;
}

/** One outage of one factory, from its first fault until nobody waits because of it any more. */
export interface IncidentRecord {
  id: number;
  /** The factory's origin. */
  factory: string;
  /** The first one. */
  mode: IncidentMode;
  /** All of them, in the order in which they began. */
  modes: { mode: IncidentMode; firstFaultAt: Date; lastFaultAt: Date }[];
  state: 'open' | 'closed';
  /** When the first faulty call began. */
  startedAt: Date;
  detectedAt: Date;
  detectedBy: (typeof INCIDENT_DETECTORS)[number];
  lastFaultAt: Date;
  circuitOpenedAt: Date | null;
  /** The first good answer after the last fault. */
  restoredAt: Date | null;
  lineEmptyAt: Date | null;
  closedAt: Date | null;
  /** When the recovery had not helped and a person was called. */
  escalatedAt: Date | null;
  ordersDelayed: number;
  ordersFailed: number;
  diners: number;
  /** Of the orders it touched. */
  valueSatoshi: Satoshi;
  longestWaitMs: number;
  timeline: IncidentEvent[];
}
