import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import { endpoints } from '#contract/endpoints.ts';
import { readOutages } from '../outages/outages.ts';
import type { Clock } from './clock.ts';
import { composeKitchen, type Kitchen } from './compose-kitchen.ts';
import type { Config } from './config.ts';
import { createMigrationCheck } from './database/migrate.ts';
import { type Database, openDatabase } from './database/pool.ts';
import { createAuditRoutes } from './features/audit/audit.routes.ts';
import { createAudit } from './features/audit/audit.service.ts';
import { createAuthRoutes } from './features/auth/auth.routes.ts';
import { type Auth, createAuth } from './features/auth/auth.service.ts';
import { createLogInThrottle } from './features/auth/log-in-throttle.ts';
import { createPasswordPolicy } from './features/auth/password-policy.ts';
import { createPasswords, type Passwords } from './features/auth/passwords.ts';
import { createSessionTokens } from './features/auth/session-token.ts';
import { createDrillRoutes } from './features/drill/drill.routes.ts';
import { createDrill } from './features/drill/drill.service.ts';
import { createFranchiseManagement } from './features/franchises/franchise-management.service.ts';
import { createFranchiseRoutes } from './features/franchises/franchises.routes.ts';
import { createFranchises } from './features/franchises/franchises.service.ts';
import { createStoreRoutes } from './features/franchises/stores.routes.ts';
import { createStores } from './features/franchises/stores.service.ts';
import type { FulfillmentWorker } from './features/fulfillment/fulfillment-worker.ts';
import { createRecomputeRoutes } from './features/fulfillment/recompute.routes.ts';
import { createRecompute } from './features/fulfillment/recompute.service.ts';
import { createSimulatorClient } from './features/fulfillment/simulator.client.ts';
import { createMenuRoutes } from './features/menu/menu.routes.ts';
import { createMenu } from './features/menu/menu.service.ts';
import { createMenuManagement } from './features/menu/menu-management.service.ts';
import { createKitchenFigures } from './features/operations/kitchen-figures.ts';
import { createKitchenLiveRoutes } from './features/operations/kitchen-live.routes.ts';
import { createKitchenLookout } from './features/operations/kitchen-lookout.ts';
import { findKitchenMarks } from './features/operations/kitchen-marks.repository.ts';
import { createOperationsRoutes } from './features/operations/operations.routes.ts';
import { createOperations, type Operations } from './features/operations/operations.service.ts';
import { createOperatorActionRoutes } from './features/operations/operator-actions.routes.ts';
import { createOperatorActions } from './features/operations/operator-actions.ts';
import { createOrderEventRoutes } from './features/orders/order-events.routes.ts';
import { createOrderEvents } from './features/orders/order-events.ts';
import { createOrderLookout } from './features/orders/order-lookout.ts';
import { findMarks } from './features/orders/order-marks.repository.ts';
import { createOrderWatch } from './features/orders/order-watch.ts';
import { createOrderRoutes } from './features/orders/orders.routes.ts';
import { createOrders } from './features/orders/orders.service.ts';
import { createReportLinkRoutes } from './features/orders/report-links.routes.ts';
import { createMetricsRoutes } from './features/platform/metrics.routes.ts';
import { createPlatformRoutes } from './features/platform/platform.routes.ts';
import { createFranchiseDeskRoutes } from './features/reports/franchise-desk.routes.ts';
import { createFranchiseLookout } from './features/reports/franchise-lookout.ts';
import { findNewestTransitions } from './features/reports/newest-transitions.repository.ts';
import { createReportRoutes } from './features/reports/reports.routes.ts';
import { createReports } from './features/reports/reports.service.ts';
import { createAccounts } from './features/users/accounts.service.ts';
import { createUserRoutes } from './features/users/users.routes.ts';
import { createUsers, type Users } from './features/users/users.service.ts';
import { createAuthenticate } from './http/authenticate.ts';
import { createApp } from './http/create-app.ts';
import { createEventStreams, type EventStreamLimits } from './http/event-stream.ts';
import { createSessionCookie } from './http/session-cookie.ts';
import type { Logger } from './observability/logger.ts';
import { createMetrics } from './observability/metrics.ts';

interface ComposeOptions {
  config: Config;
  log: Logger;
  storefrontFolder?: string;
  clock?: Clock;
  random?: () => number;
  eventStreamLimits?: Partial<EventStreamLimits>;
}

export interface Service {
  app: Express;
  db: Database;
  auth: Auth;
  users: Users;
  passwords: Passwords;
  worker: FulfillmentWorker;
  kitchen: Kitchen;
  operations: Operations;
  /** Readiness turns 503, everybody who waits for an order is answered, and every event stream ends. */
  beginShutdown(): void;
  /** Ends the worker, running calls (10 s at most) and connections, in this order. */
  close(): Promise<void>;
}

/** The one composition root: builds every part, joins them, and hands back what the processes need. */
export function compose(options: ComposeOptions): Service {
  const { config, log, clock = () => new Date(), random = Math.random } = options;
  const [settings] = config.factories;
  if (!settings) throw new Error('the settings name no factory');
  // A restarted container has the same name and pid as before, so chance tells the two apart.
  const node = `${hostname()}:${process.pid}:${randomBytes(3).toString('hex')}`.slice(-64);

  const metrics = createMetrics();
  const db = openDatabase(config.databaseUrl, log);
  const users = createUsers(db);
  const passwords = createPasswords({ pepper: config.passwordPepper, cost: config.bcryptCost });
  const audit = createAudit({ db, log });
  const auth = createAuth({
    db,
    users,
    passwords,
    assertAcceptable: createPasswordPolicy(config.passwordMinLength),
    throttle: createLogInThrottle({ db, limitPerMinute: config.logInLimitPerMinute }),
    tokens: createSessionTokens(config.sessionSecret),
    clock,
  });
  const menu = createMenu(db);
  const franchises = createFranchises({ db, clock });
  const reports = createReports(db);

  const watch = createOrderWatch();
  const kitchen = composeKitchen({ config, db, log, node, clock, random, onSettled: watch.notify });
  const { fulfillment, worker } = kitchen;
  const orders = createOrders({
    db,
    menu,
    franchises,
    fulfillment,
    findReportLink: kitchen.reportLinks.createFor,
    watch,
    log,
    limits: { perHour: config.orderLimitPerHour, open: config.openOrderLimit },
    syncBudgetMs: config.orderSyncBudgetMs,
  });
  const operations = createOperations({
    db,
    origins: kitchen.origins,
    recovery: config.recovery,
    version: config.version,
    slots: fulfillment.slots,
  });
  const lookout = createOrderLookout({ findMarks: (orderIds) => findMarks(db, orderIds), watch, log });
  const accounts = createAccounts({
    db,
    auth,
    audit,
    isFranchise: franchises.isFranchise,
    forgetDiner: orders.forgetDiner,
    clock,
  });
  const simulator = config.isFactorySimulated ? createSimulatorClient(settings.origin) : undefined;

  let isShuttingDown = false;
  const hasSchema = createMigrationCheck(db);
  const isReady = async (): Promise<boolean> => !isShuttingDown && (await hasSchema());
  const cookie = createSessionCookie(config.publicUrl);
  const routes = [
    ...createAuthRoutes(auth, cookie),
    ...createUserRoutes(accounts, cookie),
    ...createMenuRoutes(menu, createMenuManagement({ db, audit, clock })),
    ...createOrderRoutes({ orders, fulfillment, simulator }),
    ...createOrderEventRoutes(createOrderEvents({ orders, lookout })),
    ...createFranchiseRoutes(franchises, createFranchiseManagement({ db, franchises, users, audit, clock })),
    ...createStoreRoutes(createStores({ db, menu, audit, clock })),
    ...createReportRoutes(reports),
    ...createFranchiseDeskRoutes({
      reports,
      lookout: createFranchiseLookout({ findNewest: () => findNewestTransitions(db), log }),
    }),
    ...createAuditRoutes(audit),
    ...createRecomputeRoutes(createRecompute({ db, audit })),
    ...createOperationsRoutes(operations),
    ...createKitchenLiveRoutes({
      figures: createKitchenFigures(db),
      lookout: createKitchenLookout({ findMarks: () => findKitchenMarks(db), log }),
    }),
    ...createOperatorActionRoutes(
      createOperatorActions({
        db,
        audit,
        hold: kitchen.hold,
        probeAll: kitchen.probe.probeAll,
        report: kitchen.reportIncident,
        readIncident: operations.readIncident,
      }),
    ),
    ...createDrillRoutes(
      createDrill({ db, audit, simulator, origin: settings.origin, outages: readOutages() }),
    ),
    ...createReportLinkRoutes(kitchen.reportLinks),
    ...createMetricsRoutes({ metrics, token: config.metricsToken }),
    ...createPlatformRoutes({
      db,
      version: config.version,
      publicUrl: config.publicUrl,
      factoryOrigin: settings.origin,
      factoryOrigins: kitchen.origins,
      endpoints,
      isReady,
      clock,
    }),
  ];
  const eventStreams = createEventStreams({
    openStreams: metrics.openStreams,
    random,
    limits: options.eventStreamLimits,
  });
  const ownOrigins = [config.publicUrl, ...config.allowedOrigins];
  const app = createApp({
    log,
    metrics,
    routes,
    eventStreams,
    authenticate: createAuthenticate({ findSession: auth.findSession, ownOrigins, cookieName: cookie.name }),
    trustProxyHops: config.trustProxyHops,
    storefrontFolder: options.storefrontFolder && join(options.storefrontFolder),
    publicUrl: config.publicUrl,
    allowedOrigins: config.allowedOrigins,
  });

  return {
    app,
    db,
    auth,
    users,
    passwords,
    worker,
    kitchen,
    operations,
    beginShutdown: () => {
      isShuttingDown = true;
      watch.release();
      eventStreams.end();
    },
    close: async () => {
      await kitchen.close();
      await simulator?.close();
      await db.destroy();
    },
  };
}
