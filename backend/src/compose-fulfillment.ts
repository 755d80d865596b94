import type { Clock } from './clock.ts';
import type { Config, FactorySettings } from './config.ts';
import type { Database } from './database/pool.ts';
import type { Factory } from './features/fulfillment/factories/factory.ts';
import { createFactoryCalls } from './features/fulfillment/factories/factory-calls.ts';
import { recordCure } from './features/fulfillment/factories/factory-cure.ts';
import { createFactoryObserver } from './features/fulfillment/factories/factory-observer.ts';
import { createFactoryProbe } from './features/fulfillment/factories/factory-probe.ts';
import { createFactorySnapshots } from './features/fulfillment/factories/factory-snapshots.ts';
import { ensureFactories, lockFactory } from './features/fulfillment/factories/factory-state.repository.ts';
import { createFactoryHold } from './features/fulfillment/factories/hold.ts';
import { createReportClient } from './features/fulfillment/fault-reports/fault-report.client.ts';
import { findCallableReport } from './features/fulfillment/fault-reports/fault-report.repository.ts';
import { createReportFinder } from './features/fulfillment/fault-reports/found-report.ts';
import { createRecovery, type ReportResult } from './features/fulfillment/fault-reports/recovery.ts';
import { createReportLinks } from './features/fulfillment/fault-reports/report-links.ts';
import { createFiguresFolder } from './features/fulfillment/figures/fold-figures.ts';
import type { FulfillmentMetrics } from './features/fulfillment/fulfillment.metrics.ts';
import { createAttemptRunner } from './features/fulfillment/orders/attempt-runner.ts';
import { createOrderTransitions } from './features/fulfillment/orders/order-transitions.ts';
import { givenUpAt } from './features/fulfillment/orders/retry-schedule.ts';
import { createFulfillmentWorker } from './features/fulfillment/orders/worker.ts';
import { findFactoryKeys, saveFactoryKeys } from './features/fulfillment/pizzas/factory-keys.repository.ts';
import { createFactoryKeys } from './features/fulfillment/pizzas/jwks.client.ts';
import { createPizzaFactoryClient } from './features/fulfillment/pizzas/pizza-factory.client.ts';
import { createPizzaVerifier } from './features/fulfillment/pizzas/verify-pizza.ts';
import { createIncidentRecorder } from './features/incidents/incident-recorder.ts';
import type { Logger } from './observability/logger.ts';

const SHUTDOWN_GRACE_MS = 10_000;

interface FulfillmentSystemDeps {
  config: Config;
  db: Database;
  log: Logger;
  node: string;
  clock: Clock;
  /** Whether a lease that ended says that its node is gone. */
  mayTakeOver: () => boolean;
  random: () => number;
  metrics: FulfillmentMetrics;
  /** Told after every change of an order that this node made. */
  onChanged: (orderId: number) => void;
  /** What else is done with each sweep. */
  besides: () => Promise<void>;
}

// A short key could be a word of any honest pizza, and no real one is short.
const isTellable = (apiKey: string): boolean => apiKey.length >= 16;

function createFactory(
  { db, clock }: { db: Database; clock: Clock },
  settings: FactorySettings,
  apiKeys: readonly string[],
): Factory {
  const { origin } = settings;
  const secrets = apiKeys.filter(isTellable);
  const store = {
    read: () => findFactoryKeys(db, origin),
    write: (jwks: string) => saveFactoryKeys(db, { origin, jwks }),
  };
  const keys = createFactoryKeys({ url: settings.jwksUrl, store, secrets });
  return {
    client: createPizzaFactoryClient({ ...settings, clock }),
    maker: { origin, issuer: settings.issuer, keys, secrets },
    findReport: createReportFinder(settings, apiKeys),
  };
}

/**
 * The part of the composition that makes orders move and keeps an eye on the factories. What a call learns goes one
 * way: attempt or probe -> watch -> recovery -> the worker is woken, and looks at the database.
 */
export function composeFulfillment(parts: FulfillmentSystemDeps) {
  const { config, db, log, node, metrics } = parts;
  const origins = config.factories.map(({ origin }) => origin);
  const apiKeys = config.factories.map(({ apiKey }) => apiKey);
  const factories = config.factories.map((settings) => createFactory(parts, settings, apiKeys));
  const reportClient = createReportClient();

  const onWoken = (): void => worker.wake();
  const snapshots = createFactorySnapshots(db, origins);
  const incidents = createIncidentRecorder(db);
  const recovery = createRecovery({
    db,
    log,
    setting: config.recovery,
    factories: new Map(config.factories.map((settings) => [settings.origin, settings])),
    client: reportClient,
    incidents,
    state: {
      lock: lockFactory,
      recordCure: (transaction, factory) => recordCure(transaction, { factory, snapshots }),
    },
    metrics,
    onWoken,
  });
  const watch = createFactoryObserver({
    db,
    log,
    snapshots,
    incidents,
    recovery,
    hasOthers: origins.length > 1,
    metrics,
    onWoken,
  });
  const calls = createFactoryCalls((call) => void watch.observePending(call));
  metrics.watchCalls(calls);
  const probe = createFactoryProbe({
    db,
    log,
    factories,
    calls,
    watch,
    snapshots,
    metrics,
    node,
    everyMs: config.probeEveryMs,
  });
  const figures = createFiguresFolder({ db, node, log });
  const onChanged = (orderId: number): void => {
    parts.onChanged(orderId);
    figures.orderChanged();
  };
  const transitions = createOrderTransitions({
    ...{ db, log, node, metrics },
    onChanged(orderId) {
      onChanged(orderId);
      onWoken();
    },
  });
  const attempts = createAttemptRunner({
    ...parts,
    transitions,
    factories,
    calls,
    snapshots,
    watch,
    hasProbe: config.probeEveryMs > 0,
    onChanged,
    onDue: onWoken,
  });
  const worker = createFulfillmentWorker({
    db,
    log,
    node,
    mayTakeOver: parts.mayTakeOver,
    attempts,
    transitions,
    snapshots,
    metrics,
    besides: [
      probe.runOnce,
      async ({ hasIncidents }) => (hasIncidents ? incidents.runOnce() : undefined),
      figures.runOnce,
      parts.besides,
    ],
  });

  return {
    origins,
    givenUpAt,
    attempts,
    transitions,
    pizzas: createPizzaVerifier(factories, parts.clock),
    worker,
    probe,
    hold: createFactoryHold({ db, origins, incidents }),
    reportLinks: createReportLinks({
      ...{ db, recovery, written: watch.written },
      publicUrl: config.publicUrl,
      secret: config.sessionSecrets[0] ?? '',
    }),
    /** A person asks for the report of an incident; undefined when it brought no report URL that may be called. */
    async reportIncident(incidentId: number): Promise<ReportResult | undefined> {
      const report = await findCallableReport(db, incidentId);
      return report && recovery.reportByOperator(report.id);
    },
    /** Gives each factory its row and takes a first look; before the first sweep. */
    async prepare(): Promise<void> {
      await ensureFactories(db, origins);
      await snapshots.refresh();
    },
    async close(): Promise<void> {
      await worker.stop();
      probe.stop();
      await attempts.stop(SHUTDOWN_GRACE_MS);
      await watch.stop();
      await figures.stop();
      worker.stopRenewing();
      for (const { client, maker } of factories) {
        await client.close();
        await maker.keys.close();
      }
      await reportClient.close();
    },
  };
}

export type FulfillmentSystem = ReturnType<typeof composeFulfillment>;
