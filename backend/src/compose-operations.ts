import { readOutages } from '../outages/outages.ts';
import type { FulfillmentSystem } from './compose-fulfillment.ts';
import type { Config } from './config.ts';
import type { Database } from './database/pool.ts';
import { createAuditRoutes } from './features/audit/audit.routes.ts';
import type { Audit } from './features/audit/audit.service.ts';
import { createDrillRoutes } from './features/drill/drill.routes.ts';
import { createDrill } from './features/drill/drill.service.ts';
import type { SimulatorClient } from './features/fulfillment/factories/simulator.client.ts';
import { createRecomputeRoutes } from './features/fulfillment/figures/recompute.routes.ts';
import { createRecompute } from './features/fulfillment/figures/recompute.service.ts';
import { createInvariantWatch } from './features/fulfillment/invariants/invariants.metrics.ts';
import { createInvariants } from './features/fulfillment/invariants/invariants.service.ts';
import { createIncidentFigures } from './features/incidents/incident-figures.ts';
import { createIncidentRoutes } from './features/incidents/incidents.routes.ts';
import { createIncidents } from './features/incidents/incidents.service.ts';
import { createOperationsGauges } from './features/operations/operations.metrics.ts';
import { createOperationsRoutes } from './features/operations/operations.routes.ts';
import { createOperations } from './features/operations/operations.service.ts';
import { createOperationsChangeFeed } from './features/operations/operations-change-feed.ts';
import { createOperationsFigures } from './features/operations/operations-figures.ts';
import { createOperationsLiveRoutes } from './features/operations/operations-live.routes.ts';
import { findOperationsVersions } from './features/operations/operations-versions.repository.ts';
import { createOperatorActionRoutes } from './features/operations/operator-actions.routes.ts';
import { createOperatorActions } from './features/operations/operator-actions.ts';
import { createHealthRoutes } from './features/platform/health.routes.ts';
import { createMetricsRoutes } from './features/platform/metrics.routes.ts';
import type { Logger } from './observability/logger.ts';
import type { Metrics } from './observability/metrics.ts';

interface OperationsDeps {
  config: Config;
  db: Database;
  /** For what is added up over long times. */
  reportsDb: Database;
  log: Logger;
  metrics: Metrics;
  readMetrics: () => Promise<string>;
  audit: Audit;
  fulfillment: FulfillmentSystem;
  simulator: SimulatorClient | undefined;
  isReady: () => boolean;
}

/** The part of the composition that operators look at and act through: it reads what the rest does. */
export function composeOperations(parts: OperationsDeps) {
  const { config, db, reportsDb, log, metrics, audit, fulfillment, simulator } = parts;
  const { origins } = fulfillment;
  createOperationsGauges({ registry: metrics.registry, db, origins });
  const operations = createOperations({
    db,
    origins,
    recovery: config.recovery,
    slots: fulfillment.attempts.slots,
  });
  const incidentFigures = createIncidentFigures(db);
  const incidents = createIncidents({ db, figures: incidentFigures });
  return {
    operations,
    incidents,
    invariants: createInvariantWatch({
      registry: metrics.registry,
      invariants: createInvariants(reportsDb),
      log,
    }),
    /** For the tools that watch a process: every process has these, also one that serves nobody else. */
    signalRoutes: [
      ...createMetricsRoutes({ readMetrics: parts.readMetrics, tokens: config.metricsTokens }),
      ...createHealthRoutes(parts.isReady),
    ],
    routes: [
      ...createAuditRoutes(audit),
      ...createRecomputeRoutes(createRecompute({ db: reportsDb, audit })),
      ...createOperationsRoutes(operations),
      ...createIncidentRoutes(incidents, config),
      ...createOperationsLiveRoutes({
        figures: createOperationsFigures(reportsDb),
        changeFeed: createOperationsChangeFeed({ findVersions: () => findOperationsVersions(db), log }),
      }),
      ...createOperatorActionRoutes(
        createOperatorActions({
          db,
          audit,
          hold: fulfillment.hold,
          probeAll: fulfillment.probe.probeAll,
          report: fulfillment.reportIncident,
          readIncident: incidents.readIncident,
        }),
      ),
      ...createDrillRoutes(
        createDrill({
          db,
          audit,
          simulator,
          origin: origins[0] ?? '',
          outages: readOutages(),
          bringIncidentsUpToDate: incidentFigures.bringUpToDate,
        }),
      ),
    ],
  };
}
