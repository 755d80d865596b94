import { rankAmong } from '../outages/outages.ts';
import { countInvalid } from './bakings.ts';
import { findPizza, isUnknown, ordersTold } from './diner-orders.ts';
import { type Findings, judgeOrders } from './judge.ts';
import {
  findFirstBadAttempt,
  findLineEmptyAt,
  findReclaims,
  measureLongestWait,
  measureRestored,
  type Reclaim,
  readIncidents,
  worstOf,
} from './judge-times.ts';
import type { DinerOrder, Incident, Logs } from './logs.ts';
import type { Check, Counts, ScenarioReport, Times } from './scenario-report.ts';
import type { Targets } from './scenarios.ts';
import type { Played } from './stage.ts';

const FINDINGS_SHOWN = 20;
const GRAVE = [
  'lost',
  'madeTwice',
  'nobodyOrdered',
  'badPizzas',
  'foreignPizzas',
  'unanswered',
  'toldWrong',
  'chargedWrong',
] as const;

/** Everything that is known once a scenario is over. */
export interface Evidence {
  scenario: string;
  title: string;
  targets: Targets;
  played: Played;
  logs: Logs;
  /** undefined: the service told nothing. */
  incidents: Incident[] | undefined;
  endedAt: number;
  outages: readonly number[];
}

/** Turns the evidence of one scenario into its report. A number that is missing never counts as a good one. */
export function assess(evidence: Evidence): ScenarioReport {
  const { played, logs, targets } = evidence;
  const findings = judgeOrders(logs, played);
  const counts = countAll(evidence, findings);
  const { times, notes } = measureTimes(evidence);
  const checks = [...checkTargets(targets, { times, counts }), ...checkGrave(counts, played)];
  const isGrave = checks.some((check) => check.isGrave && !check.isMet);
  const isLate = checks.some((check) => !check.isMet);
  return {
    scenario: evidence.scenario,
    title: evidence.title,
    verdict: isGrave ? 'failed' : isLate ? 'late' : 'passed',
    checks,
    counts,
    times,
    rank: rank(evidence, times),
    answers: countAnswers(logs.dinerOrders),
    findings: shorten(findings),
    faults: played.faults.slice(0, FINDINGS_SHOWN),
    notes: [...played.notes, ...notes],
  };
}

function countAll({ logs, played }: Evidence, findings: Findings): Counts {
  const { dinerOrders, factory, database } = logs;
  const found = Object.fromEntries(Object.entries(findings).map(([kind, all]) => [kind, all.length]));
  return {
    ...(found as Record<keyof Findings, number>),
    placed: dinerOrders.length,
    made: dinerOrders.filter((dinerOrder) => findPizza(dinerOrder) !== undefined).length,
    reportCalls: factory.calls.filter(({ kind }) => kind === 'report').length,
    told: dinerOrders.filter((dinerOrder) => ordersTold(dinerOrder).length > 0).length,
    unknown: dinerOrders.filter(({ key, answers: [first] }) => key === undefined && first && isUnknown(first))
      .length,
    stored: database.orders.length,
    ready: database.orders.filter(({ state }) => state === 'ready').length,
    charged: database.charged,
    takeovers: findReclaims(database.transitions, played).unexplained.length,
  };
}

function measureTimes({ played, logs, incidents, endedAt }: Evidence): { times: Times; notes: string[] } {
  const { faultAt, proofs } = played;
  const { database, dinerOrders } = logs;
  const recorded =
    faultAt === undefined || incidents === undefined ? undefined : readIncidents(incidents, faultAt);
  const clients = worstOf(proofs.map((proof) => measureRestored(logs, proof)));
  const last = proofs.at(-1);
  // An incident is over when its own factory is well, which orders made by the other one do not wait for.
  const hasWitness = recorded !== undefined && recorded.incidents > 0 && last?.factory === undefined;
  const byIncident = hasWitness ? since(recorded.restoredAt, last?.countedFrom) : undefined;
  const { reclaims, unexplained } = findReclaims(database.transitions, played);
  const isOver = last !== undefined && Number.isFinite(last.callsFrom);
  const emptyAt = isOver ? findLineEmptyAt(database, last.callsFrom) : undefined;
  const invalid = countInvalid(logs.factory);
  const notes = [
    ...(invalid > 0 ? [`the factory handed out ${invalid} bad pizzas`] : []),
    ...(faultAt !== undefined && incidents === undefined ? ['the service tells of no incidents'] : []),
    ...(recorded?.before ? [`${recorded.before} incidents were open before the fault`] : []),
    ...(recorded && recorded.incidents > 1 ? [`${recorded.incidents} incidents for one fault`] : []),
    ...(unexplained.length > 0 ? [`${unexplained.length} leases ended without a kill`] : []),
    ...(played.serviceKilledAt.length > 0 ? [describeReclaims(reclaims)] : []),
  ];
  return {
    notes,
    times: {
      detectedMs: recorded?.detectedMs ?? null,
      firstBadCallMs: (faultAt === undefined ? undefined : findFirstBadAttempt(database, faultAt)) ?? null,
      restoredMs: (hasWitness ? worstOf([clients, byIncident]) : clients) ?? null,
      restoredForClientsMs: clients ?? null,
      restoredByIncidentMs: byIncident ?? null,
      reclaimedMs: worstOf(reclaims.map(({ wholeMs, unattendedMs }) => wholeMs - unattendedMs)) ?? null,
      longestWaitMs: measureLongestWait(dinerOrders, endedAt) ?? null,
      lineEmptyMs: since(emptyAt, last?.countedFrom) ?? null,
    },
  };
}

function describeReclaims(reclaims: readonly Reclaim[]): string {
  const wholeMs = Math.max(0, ...reclaims.map((reclaim) => reclaim.wholeMs));
  const unattendedMs = Math.max(0, ...reclaims.map((reclaim) => reclaim.unattendedMs));
  return `${reclaims.length} orders were being made at a kill; the slowest was re-claimed ${wholeMs} ms after it, with up to ${unattendedMs} ms after the lease in which no service ran (not counted)`;
}

/** Never below zero: what had happened before the clock began was there at once. */
function since(at: number | undefined, from: number | undefined): number | undefined {
  return at === undefined || from === undefined ? undefined : Math.max(0, at - from);
}

function checkTargets(targets: Targets, { times, counts }: { times: Times; counts: Counts }): Check[] {
  const ofCounts = (['reportCalls', 'takeovers'] as const).flatMap((what) => {
    const target = targets[what];
    const measured = counts[what];
    return target === undefined
      ? []
      : [{ what, target, measured, isMet: measured === target, isGrave: false }];
  });
  const ofTimes = (['detectedMs', 'restoredMs', 'reclaimedMs'] as const).flatMap((what) => {
    const target = targets[what];
    const measured = times[what];
    const isMet = target !== undefined && measured !== null && measured <= target;
    return target === undefined ? [] : [{ what, target, measured, isMet, isGrave: false }];
  });
  return [...ofTimes, ...ofCounts];
}

function checkGrave(counts: Counts, { toBeToldFailed, faults }: Played): Check[] {
  const check = (what: Check['what'], measured: number, target: number): Check => ({
    what,
    target,
    measured,
    isMet: measured === target,
    isGrave: true,
  });
  return [
    ...GRAVE.map((what) => check(what, counts[what], 0)),
    check('toldFailed', counts.toldFailed, toBeToldFailed),
    check('faults', faults.length, 0),
  ];
}

/** Real outages are counted from the first failed order, so here it is the whole fault and not only what came after it. */
function rank({ played, outages }: Evidence, { restoredMs }: Times): ScenarioReport['rank'] {
  const [proof] = played.proofs;
  if (played.faultAt === undefined || !proof) return null;
  const wholeMs = restoredMs === null ? undefined : proof.countedFrom - played.faultAt + restoredMs;
  return { place: rankAmong(outages, wholeMs), of: outages.length };
}

function countAnswers(dinerOrders: readonly DinerOrder[]): Record<string, number> {
  const answers: Record<string, number> = {};
  for (const { httpStatus, times } of dinerOrders.flatMap(({ answers }) => answers))
    answers[httpStatus] = (answers[httpStatus] ?? 0) + times;
  return answers;
}

function shorten(findings: Findings): Findings {
  const entries = Object.entries(findings).map(([kind, all]) => [kind, all.slice(0, FINDINGS_SHOWN)]);
  return Object.fromEntries(entries) as unknown as Findings;
}
