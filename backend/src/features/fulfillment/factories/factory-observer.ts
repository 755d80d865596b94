import type { AttemptOutcome } from '#contract/order-lifecycle.ts';
import type { Database } from '../../../database/pool.ts';
import { inTransaction, type Transaction } from '../../../database/transaction.ts';
import type { Logger } from '../../../observability/logger.ts';
import type { IncidentRecorder } from '../../incidents/incident-recorder.ts';
import type { FoundReport } from '../fault-reports/found-report.ts';
import type { Recovery, ReportFate } from '../fault-reports/recovery.ts';
import type { FulfillmentMetrics } from '../fulfillment.metrics.ts';
import { type CallSource, INCIDENT_MODES } from '../pizzas/attempt-outcome.ts';
import { afterBad, afterHope, type Circuit, CLOSED, judge } from './circuit.ts';
import type { FactorySnapshots } from './factory-snapshots.ts';
import * as factories from './factory-state.repository.ts';

/** What one call told of a factory. */
export interface Observation {
  factory: string;
  source: CallSource;
  /** `well`: a probe was answered as a healthy factory answers it. */
  outcome: AttemptOutcome | 'well';
  /** When the call began, by `performance.now()`. */
  startedAtMs: number;
  /** The report URL of the answer, good answers included. */
  report: FoundReport | undefined;
}

/** What an observation came to. */
export interface Learned {
  circuit: 'closed' | 'open' | 'held';
  /** What became of the report URL the answer brought; undefined when it brought none. */
  reportResult: ReportFate | undefined;
}

interface WatchDeps {
  db: Database;
  log: Logger;
  snapshots: FactorySnapshots;
  incidents: IncidentRecorder;
  recovery: Recovery;
  /** Whether orders can go to another factory while one is ill. */
  hasOthers: boolean;
  metrics: FulfillmentMetrics;
  /** Told when waiting orders became due. */
  onWoken: () => void;
}

interface Effect {
  state: factories.FactoryState;
  /** The open incident this was part of. */
  incidentId: number | undefined;
  needsProof: boolean;
  isWoken: boolean;
  isEscalated: boolean;
  hasOpened: boolean;
}

/**
 * Learns from every call how a factory is: moves its circuit, writes the record of the incident, hands report URLs to
 * the recovery, and wakes the waiting orders when the trouble is over.
 */
export function createFactoryObserver(parts: WatchDeps) {
  const { db, log, snapshots, incidents } = parts;
  // One at a time on this node: they all write the same row, and the next one often finds nothing left to say.
  let last: Promise<void> = Promise.resolve();
  const reporting = new Set<Promise<ReportFate>>();
  let isStopped = false;

  function isNews(observation: Observation): boolean {
    if (observation.report || observation.outcome === 'made_slow') return true;
    if (observation.outcome !== 'well') {
      const verdict = judge(observation.outcome);
      if (verdict !== 'good') return verdict === 'bad';
    }
    const snapshot = snapshots.of(observation.factory);
    const isClean = snapshot && snapshot.failures === 0 && !snapshot.openedAt && !snapshot.isCureUnproved;
    return !isClean || snapshots.needProof();
  }

  async function recordBad(
    transaction: Transaction,
    state: factories.FactoryState,
    bad: { observation: Observation; outcome: AttemptOutcome; startedAt: Date },
  ): Promise<Effect> {
    const { observation, outcome, startedAt } = bad;
    const { origin, now } = state;
    const fault = {
      factory: origin,
      mode: INCIDENT_MODES[outcome] ?? 'error',
      startedAt,
      now,
      source: observation.source,
    };
    const incidentId = await incidents.recordFault(transaction, fault);
    const circuit: Circuit = outcome === 'made_slow' ? CLOSED : afterBad(state, outcome, now);
    const hasOpened = circuit.openedAt !== undefined && state.openedAt === undefined;
    if (hasOpened) await incidents.recordOpenedCircuit(transaction, { incidentId, at: now, outcome });
    const isEscalated =
      state.isCureUnproved && (await incidents.escalate(transaction, { incidentId, at: now, outcome }));
    const isWoken = hasOpened && parts.hasOthers;
    if (isWoken) await factories.wakeWaitingOrders(transaction);
    const next = { ...state, ...circuit, isCureUnproved: false };
    await factories.saveFactory(transaction, origin, next);
    return { state: next, incidentId, needsProof: true, isWoken, isEscalated, hasOpened };
  }

  async function recordGood(
    transaction: Transaction,
    state: factories.FactoryState,
    observation: Observation,
  ): Promise<Effect> {
    const { origin, now } = state;
    const isPizza = observation.outcome === 'made';
    const hasClosed = isPizza && state.openedAt !== undefined;
    const circuit = isPizza ? CLOSED : afterHope(state, now);
    if (hasClosed) {
      await incidents.noteOfFactory(transaction, { factory: origin, kind: 'circuit_closed', at: now });
      await factories.wakeWaitingOrders(transaction);
    }
    const good = await incidents.recordGood(transaction, { factory: origin, isPizza, now });
    const next = {
      ...state,
      ...circuit,
      isCureUnproved: isPizza ? false : state.isCureUnproved,
      healedAt: hasClosed ? now : state.healedAt,
    };
    await factories.saveFactory(transaction, origin, next);
    const isWoken = hasClosed || (!isPizza && state.openedAt !== undefined);
    return { state: next, ...good, isWoken, isEscalated: false, hasOpened: false };
  }

  async function record(observation: Observation): Promise<Effect | undefined> {
    const { outcome, factory, startedAtMs, report } = observation;
    return inTransaction(db, async (transaction) => {
      const state = await factories.lockFactory(transaction, factory);
      const startedAt = inDatabaseTime(startedAtMs, state.now);
      if (state.healedAt && startedAt < state.healedAt) return undefined;
      // A report URL says that something is wrong, whatever came with it.
      const isBad = outcome !== 'well' && (outcome === 'made_slow' || judge(outcome) === 'bad');
      if (!isBad && report === undefined) return recordGood(transaction, state, observation);
      const named = isBad ? outcome : 'made_slow';
      return recordBad(transaction, state, { observation, outcome: named, startedAt });
    });
  }

  /** The fate of its report comes later; in an object, or this would wait for it and the queue with it. */
  async function learn(observation: Observation): Promise<{ fate?: Promise<ReportFate> }> {
    if (!isNews(observation)) return {};
    const effect = await record(observation);
    if (!effect) return {};
    const { state, incidentId } = effect;
    snapshots.replace(state, effect.needsProof);
    const { factory, outcome } = observation;
    if (effect.hasOpened) log.warn({ factory, outcome, incidentId }, 'the circuit of a factory opened');
    if (effect.hasOpened && outcome === 'key_refused') {
      log.error({ factory, incidentId }, 'the factory refuses our key: its orders wait until it takes it');
    }
    if (effect.isEscalated) {
      parts.metrics.escalated(factory);
      log.error({ factory, incidentId }, 'the report was answered and did not help: a person must look');
    }
    if (effect.isWoken) parts.onWoken();
    if (!observation.report || incidentId === undefined) return {};
    const report = await parts.recovery.keep({ report: observation.report, factory, incidentId });
    // Not waited for: a report may take seconds, and what other calls tell meanwhile must be written.
    return report ? { fate: keepTrack(parts.recovery.act(report)) } : {};
  }

  function keepTrack(work: Promise<ReportFate>): Promise<ReportFate> {
    const reported = work
      .catch((error: unknown): ReportFate => {
        log.warn({ cause: String(error) }, 'a report could not be recorded');
        return 'not_recorded';
      })
      .finally(() => reporting.delete(reported));
    reporting.add(reported);
    return reported;
  }

  /** Answers what the work answers, or undefined when it came to nothing. */
  function queue<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (isStopped) return last.then(() => undefined);
    const done = last.then(work).catch((error: unknown) => {
      // Nothing of an order is lost: the next call tells the same again.
      log.warn({ cause: String(error) }, 'what a call told of its factory could not be recorded');
      return undefined;
    });
    last = done.then(() => undefined);
    return done;
  }

  function circuitOf(origin: string): Learned['circuit'] {
    const snapshot = snapshots.of(origin);
    if (snapshot?.heldAt) return 'held';
    return snapshot?.openedAt ? 'open' : 'closed';
  }

  return {
    /** Answers once it is on record, and its report, if it brought one, is made or not. */
    async observe(observation: Observation): Promise<Learned> {
      const learned = await queue(() => learn(observation));
      const circuit = circuitOf(observation.factory);
      return { circuit, reportResult: await learned?.fate };
    },

    /** A call has been pending for so long that the factory must be slow; what comes of it is told later. */
    observePending: (call: { factory: string; startedAtMs: number }): Promise<void> =>
      queue(async () => {
        await inTransaction(db, async (transaction) => {
          const state = await factories.lockFactory(transaction, call.factory);
          const startedAt = inDatabaseTime(call.startedAtMs, state.now);
          if (state.healedAt && startedAt < state.healedAt) return;
          await incidents.recordFault(transaction, {
            factory: call.factory,
            mode: 'throttle',
            startedAt,
            now: state.now,
            source: 'pending_call',
          });
          snapshots.replace(state, true);
        });
      }),

    /** Answers when everything observed so far is on record. */
    written: (): Promise<void> => last,

    /** Takes nothing new, for what follows are lines we cut ourselves; answers when all observed so far is written. */
    async stop(): Promise<void> {
      isStopped = true;
      await last;
      await Promise.all(reporting);
    },
  };
}

/** A time of this node as the database would have told it. Counted when it is used: an observation may have queued. */
function inDatabaseTime(atMs: number, databaseNow: Date): Date {
  return new Date(databaseNow.getTime() - (performance.now() - atMs));
}

export type FactoryObserver = ReturnType<typeof createFactoryObserver>;
