import { findBakings } from './bakings.ts';
import { findEnd } from './diner-orders.ts';
import type { DatabaseLog, DinerOrder, Incident, Logs, TransitionRow } from './logs.ts';

/** One fault's end: which pizzas prove it, and since when the diners have been waiting for one. */
export interface Proof {
  /** Only a call to the factory that began at or after this proves anything. */
  callsFrom: number;
  /** The time to the first such pizza is counted from here. */
  countedFrom: number;
  /** Only this factory proves it. */
  factory?: number;
}

/** Answers how long it took until a client held a pizza that proves the end of the fault; undefined: none ever did. */
export function measureRestored(
  { dinerOrders, factory }: Pick<Logs, 'dinerOrders' | 'factory'>,
  proof: Proof,
): number | undefined {
  const proving = new Set(
    findBakings(factory)
      .filter(({ call }) => call !== undefined && call.at >= proof.callsFrom)
      .filter(({ pizza }) => proof.factory === undefined || pizza.factory === proof.factory)
      .map(({ pizza }) => pizza.jwt),
  );
  const shownAt = dinerOrders
    .flatMap(({ answers }) => answers)
    .filter(({ jwt }) => jwt !== undefined && proving.has(jwt))
    .map(({ at }) => at);
  return shownAt.length === 0 ? undefined : Math.min(...shownAt) - proof.countedFrom;
}

/** Answers the longest of several; undefined, which is "never", is longer than anything. */
export function worstOf(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length < times.length || known.length === 0 ? undefined : Math.max(...known);
}

/** Answers how long the diner waited who waited longest, from the first request to the end of the order, or until now. */
export function measureLongestWait(dinerOrders: readonly DinerOrder[], now: number): number | undefined {
  const waits = dinerOrders.map((dinerOrder) => (findEnd(dinerOrder)?.at ?? now) - dinerOrder.sentAt);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Answers when the last of the orders that had been placed by `until` was settled; undefined while one is open. */
export function findLineEmptyAt({ orders, transitions }: DatabaseLog, until: number): number | undefined {
  const waiting = orders.filter(({ placedAt }) => placedAt <= until);
  if (waiting.some(({ state }) => state === 'making' || state === 'waiting')) return undefined;
  const ids = new Set(waiting.map(({ id }) => id));
  const ends = transitions
    .filter(({ orderId, to }) => ids.has(orderId) && to !== 'making' && to !== 'waiting')
    .map(({ at }) => at);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

export interface Period {
  from: number;
  to: number;
}

/** By the database's clock; only then may somebody else take over. */
const LEASE_MS = 15_000;

export interface Reclaim {
  orderId: number;
  /** From the kill until somebody ended the dead process's lease. */
  wholeMs: number;
  /** Of that, how long after the lease nobody was running who could have. */
  unattendedMs: number;
}

/**
 * Answers every order that a killed service was making, with the kill: the first one after the claim, because only one
 * process serves at a time.
 */
export function findReclaims(
  transitions: readonly TransitionRow[],
  { serviceKilledAt, serviceAway }: { serviceKilledAt: readonly number[]; serviceAway: readonly Period[] },
): { reclaims: Reclaim[]; unexplained: number[] } {
  const reclaims: Reclaim[] = [];
  const unexplained: number[] = [];
  for (const [orderId, steps] of Map.groupBy(transitions, (step) => step.orderId)) {
    for (const [index, { cause, at }] of steps.entries()) {
      if (cause !== 'lease_ended') continue;
      const claimedAt = steps.slice(0, index).findLast(({ to }) => to === 'making')?.at ?? 0;
      const killedAt = serviceKilledAt.find((time) => time >= claimedAt && time <= at);
      if (killedAt === undefined) unexplained.push(orderId);
      else {
        const afterLease = { from: killedAt + LEASE_MS, to: at };
        const unattendedMs = serviceAway.reduce((sum, away) => sum + overlapMs(away, afterLease), 0);
        reclaims.push({ orderId, wholeMs: at - killedAt, unattendedMs });
      }
    }
  }
  return { reclaims, unexplained };
}

function overlapMs(one: Period, other: Period): number {
  return Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));
}

/** What the service wrote down about the fault itself. */
export interface Recorded {
  detectedMs: number | undefined;
  /** The first good answer after the last fault; undefined while an incident has none. */
  restoredAt: number | undefined;
  incidents: number;
  /** Incidents that were there before the fault: false alarms. */
  before: number;
}

/** The incidents of a fault. Its first faulty call may have begun before it: what counts is when it was noticed. */
export function findIncidentsOf(incidents: readonly Incident[], faultAt: number): Incident[] {
  return incidents.filter(({ startedAt, detectedAt }) => (detectedAt ?? startedAt) >= faultAt);
}

export function readIncidents(incidents: readonly Incident[], faultAt: number): Recorded {
  const ofFault = findIncidentsOf(incidents, faultAt);
  const detectedAt = ofFault.flatMap((incident) => incident.detectedAt ?? []);
  return {
    detectedMs: detectedAt.length === 0 ? undefined : Math.min(...detectedAt) - faultAt,
    restoredAt: worstOf(ofFault.map(({ restoredAt }) => restoredAt)),
    incidents: ofFault.length,
    before: incidents.length - ofFault.length,
  };
}

/** Answers the time from the fault to the end of the first call that met it: nobody could have known earlier. */
export function findFirstBadAttempt({ attempts }: DatabaseLog, faultAt: number): number | undefined {
  const bad = attempts
    .filter(({ endedAt, outcome }) => endedAt >= faultAt && outcome !== 'made')
    .map(({ endedAt }) => endedAt);
  return bad.length === 0 ? undefined : Math.min(...bad) - faultAt;
}
