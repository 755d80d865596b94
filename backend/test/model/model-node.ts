import { Registry } from 'prom-client';
import type { RecoverySetting } from '../../src/config-environment.ts';
import type { Database } from '../../src/database/pool.ts';
import type { FactoryCalls } from '../../src/features/fulfillment/factories/factory-calls.ts';
import { recordCure } from '../../src/features/fulfillment/factories/factory-cure.ts';
import { createFactoryObserver } from '../../src/features/fulfillment/factories/factory-observer.ts';
import { createFactoryProbe } from '../../src/features/fulfillment/factories/factory-probe.ts';
import { createFactorySnapshots } from '../../src/features/fulfillment/factories/factory-snapshots.ts';
import { lockFactory } from '../../src/features/fulfillment/factories/factory-state.repository.ts';
import { createReportFinder } from '../../src/features/fulfillment/fault-reports/found-report.ts';
import { createRecovery } from '../../src/features/fulfillment/fault-reports/recovery.ts';
import { foldOnce } from '../../src/features/fulfillment/figures/fold-figures.ts';
import { createFulfillmentMetrics } from '../../src/features/fulfillment/fulfillment.metrics.ts';
import { createAttemptRunner } from '../../src/features/fulfillment/orders/attempt-runner.ts';
import { createOrderTransitions } from '../../src/features/fulfillment/orders/order-transitions.ts';
import { createFulfillmentWorker } from '../../src/features/fulfillment/orders/worker.ts';
import { createIncidentRecorder } from '../../src/features/incidents/incident-recorder.ts';
import type { Logger } from '../../src/observability/logger.ts';
import { freeFold } from '../support/fold.ts';
import { API_KEY, ISSUER, type Keys, type ModelFactory } from './model-factory.ts';
import type { Stillness } from './stillness.ts';

// A factory is left alone for long enough as soon as nobody calls it right now.
const PROBE_AT_ONCE_MS = 0.001;

interface NodeDeps {
  name: string;
  db: Database;
  log: Logger;
  factories: readonly ModelFactory[];
  keys: Keys;
  recovery: RecoverySetting;
  stillness: Stillness;
}

/** The part of a process that makes orders move, joined as compose-fulfillment.ts joins it, but for the factories' HTTP. */
export function createModelNode({ name, db, log, factories, keys, recovery, stillness }: NodeDeps) {
  const settings = factories.map(({ origin }) => ({
    origin,
    apiKey: API_KEY,
    jwksUrl: '',
    issuer: ISSUER,
    reportHosts: [],
  }));
  const origins = factories.map(({ origin }) => origin);
  const known = settings.map((own, index) => ({
    client: (factories[index] as ModelFactory).clientOf(name),
    maker: {
      origin: own.origin,
      issuer: ISSUER,
      secrets: [],
      keys: {
        refresh: async () => undefined,
        current: async () => keys.keys,
        publicKeys: async () => [],
        close: async () => undefined,
      },
    },
    findReport: createReportFinder(own, [API_KEY]),
  }));
  // Time stands still in a history, so no call is ever old.
  const calls: FactoryCalls = { track: (_call, work) => work(), pendingSince: () => [] };
  const snapshots = createFactorySnapshots(db, origins);
  const incidents = createIncidentRecorder(db);
  const onWoken = (): void => undefined;
  const metrics = createFulfillmentMetrics(new Registry(), origins);
  const made = createRecovery({
    db,
    log,
    setting: recovery,
    factories: new Map(settings.map((own) => [own.origin, own])),
    client: {
      call: async (url) => {
        const factory = factories.find(({ origin }) => url.startsWith(`${origin}/`));
        if (!factory) throw new Error(`a report went to ${url}`);
        return factory.report();
      },
      close: async () => undefined,
    },
    incidents,
    state: {
      lock: lockFactory,
      recordCure: (transaction, factory) => recordCure(transaction, { factory, snapshots }),
    },
    metrics,
    onWoken,
  });
  const watched = createFactoryObserver({
    db,
    log,
    snapshots,
    incidents,
    recovery: {
      keep: made.keep,
      act: (report) => stillness.track(made.act(report)),
      reportByOperator: made.reportByOperator,
      reportByClient: made.reportByClient,
      setting: made.setting,
    },
    hasOthers: factories.length > 1,
    metrics,
    onWoken,
  });
  const watch = {
    ...watched,
    observe: (observation: Parameters<typeof watched.observe>[0]) =>
      stillness.track(watched.observe(observation)),
  };
  const onChanged = stillness.signal;
  const transitions = createOrderTransitions({ db, log, node: name, metrics, onChanged });
  const attempts = createAttemptRunner({
    db,
    log,
    node: name,
    clock: () => new Date(),
    random: () => 0.5,
    transitions,
    factories: known,
    calls,
    snapshots,
    watch,
    metrics,
    hasProbe: true,
    // Time does not pass by itself in a history.
    stableAfterMs: 0,
    onChanged,
    onDue: onChanged,
  });
  const probe = createFactoryProbe({
    db,
    log,
    factories: known,
    calls,
    watch,
    snapshots,
    metrics,
    node: name,
    everyMs: PROBE_AT_ONCE_MS,
  });

  /** A second is over since the last fold, whoever made it. */
  async function fold(): Promise<void> {
    await freeFold({ db });
    await foldOnce(db, { node: name });
  }

  return {
    name,
    db,
    attempts,
    transitions,
    /** What a process does before its first sweep. */
    prepare: snapshots.refresh,
    async sweep(): Promise<void> {
      // A new worker each time: one that is kept looks for the end of patience only every 10 s.
      await createFulfillmentWorker({
        db,
        node: name,
        mayTakeOver: () => true,
        attempts,
        transitions,
        snapshots,
        metrics,
        besides: [incidents.runOnce, fold],
        log,
      }).runOnce();
    },
    probe: (): Promise<unknown> => stillness.track(probe.probeAll()),
  };
}

export type ModelNode = ReturnType<typeof createModelNode>;
