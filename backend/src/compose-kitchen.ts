import type { Clock } from './clock.ts';
import type { Config, FactorySettings } from './config.ts';
import type { Database } from './database/pool.ts';
import { createFactoryCalls } from './features/fulfillment/factory-calls.ts';
import { createFactoryHold } from './features/fulfillment/factory-hold.ts';
import { createFactoryProbe } from './features/fulfillment/factory-probe.ts';
import { createFactorySights } from './features/fulfillment/factory-sights.ts';
import { ensureFactories } from './features/fulfillment/factory-state.repository.ts';
import { createFactoryWatch } from './features/fulfillment/factory-watch.ts';
import type { Factory } from './features/fulfillment/fulfill-order.ts';
import type { FulfillmentMetrics } from './features/fulfillment/fulfillment.metrics.ts';
import { createFulfillment } from './features/fulfillment/fulfillment.service.ts';
import { createFulfillmentWorker } from './features/fulfillment/fulfillment-worker.ts';
import { createFactoryKeys } from './features/fulfillment/jwks.client.ts';
import { createPizzaFactoryClient } from './features/fulfillment/pizza-factory.client.ts';
import { createRecovery, type ReportResult } from './features/fulfillment/recovery.ts';
import { createReportClient } from './features/fulfillment/report.client.ts';
import { findCallableReport } from './features/fulfillment/report.repository.ts';
import { createReportFinder } from './features/fulfillment/report-found.ts';
import { createReportLinks } from './features/fulfillment/report-links.ts';
import { createIncidentRecorder } from './features/operations/incident-recorder.ts';
import type { Logger } from './observability/logger.ts';

const SHUTDOWN_GRACE_MS = 10_000;

interface KitchenParts {
  config: Config;
  db: Database;
  log: Logger;
  node: string;
  clock: Clock;
  random: () => number;
  metrics: FulfillmentMetrics;
  /** Told after every change of an order that this node made. */
  onSettled: (orderId: number) => void;
}

// A short key could be a word of any honest pizza, and no real one is short.
const isTellable = (apiKey: string): boolean => apiKey.length >= 16;

function createFactory(settings: FactorySettings, apiKeys: readonly string[]): Factory {
  const keys = createFactoryKeys(settings.jwksUrl);
  return {
    client: createPizzaFactoryClient(settings),
    maker: { origin: settings.origin, issuer: settings.issuer, keys, secrets: apiKeys.filter(isTellable) },
    findReport: createReportFinder(settings, apiKeys),
  };
}

/**
 * The part of the composition that makes orders move and keeps an eye on the factories. What a call learns goes one
 * way: attempt or probe -> watch -> recovery -> the worker is woken, and looks at the database.
 */
export function composeKitchen(parts: KitchenParts) {
  const { config, db, log, node, metrics } = parts;
  const origins = config.factories.map(({ origin }) => origin);
  const apiKeys = config.factories.map(({ apiKey }) => apiKey);
  const factories = config.factories.map((settings) => createFactory(settings, apiKeys));
  const reportClient = createReportClient();

  const onWoken = (): void => worker.wake();
  const sights = createFactorySights(db, origins);
  const incidents = createIncidentRecorder(db);
  const recovery = createRecovery({
    db,
    log,
    setting: config.recovery,
    factories: new Map(config.factories.map((settings) => [settings.origin, settings])),
    client: reportClient,
    incidents,
    sights,
    metrics,
    onWoken,
  });
  const watch = createFactoryWatch({
    db,
    log,
    sights,
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
    metrics,
    node,
    everyMs: config.probeEveryMs,
  });
  const fulfillment = createFulfillment({
    ...parts,
    factories,
    calls,
    sights,
    watch,
    hasProbe: config.probeEveryMs > 0,
    onSettled: (orderId) => {
      parts.onSettled(orderId);
      worker.wake();
    },
  });
  const worker = createFulfillmentWorker({
    db,
    log,
    fulfillment,
    sights,
    metrics,
    besides: [probe.runOnce, incidents.runOnce],
  });

  return {
    origins,
    fulfillment,
    worker,
    probe,
    hold: createFactoryHold({ db, origins, incidents }),
    reportLinks: createReportLinks({ db, recovery, watch, publicUrl: config.publicUrl }),
    /** A person asks for the report of an incident; undefined when it brought no report URL that may be called. */
    async reportIncident(incidentId: number): Promise<ReportResult | undefined> {
      const report = await findCallableReport(db, incidentId);
      return report && recovery.reportByPerson(report.id);
    },
    /** Gives each factory its row and takes a first look; before the first sweep. */
    async prepare(): Promise<void> {
      await ensureFactories(db, origins);
      await sights.refresh();
    },
    async close(): Promise<void> {
      await worker.stop();
      probe.stop();
      await fulfillment.stop(SHUTDOWN_GRACE_MS);
      await watch.stop();
      worker.stopRenewing();
      for (const { client, maker } of factories) {
        await client.close();
        await maker.keys.close();
      }
      await reportClient.close();
    },
  };
}

export type Kitchen = ReturnType<typeof composeKitchen>;
