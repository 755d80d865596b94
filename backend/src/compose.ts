import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Express } from 'express';
import type { Registry } from 'prom-client';
import { endpoints } from '#contract/endpoints.ts';
import type { Clock } from './clock.ts';
import { composeAccounts } from './compose-accounts.ts';
import { composeAuth } from './compose-auth.ts';
import { composeCatalogue } from './compose-catalogue.ts';
import { composeFulfillment, type FulfillmentSystem } from './compose-fulfillment.ts';
import { composeOperations } from './compose-operations.ts';
import { composeReports } from './compose-reports.ts';
import { composeRetention } from './compose-retention.ts';
import type { Config } from './config.ts';
import { createHeartbeat, type Heartbeat, type HeartbeatTimes } from './database/heartbeat.ts';
import { type Database, type Databases, openDatabases } from './database/pool.ts';
import { type Audit, createAudit } from './features/audit/audit.service.ts';
import { createAuthRoutes } from './features/auth/auth.routes.ts';
import type { Auth } from './features/auth/auth.service.ts';
import type { Passwords } from './features/auth/passwords.ts';
import { createSimulatorClient } from './features/fulfillment/factories/simulator.client.ts';
import { createFulfillmentMetrics } from './features/fulfillment/fulfillment.metrics.ts';
import type { FulfillmentWorker } from './features/fulfillment/orders/worker.ts';
import type { Incidents } from './features/incidents/incidents.service.ts';
import type { Operations } from './features/operations/operations.service.ts';
import { createOrderChangeFeed } from './features/orders/order-change-feed.ts';
import { createOrderEventRoutes } from './features/orders/order-events.routes.ts';
import { createOrderEvents } from './features/orders/order-events.ts';
import { findOrderVersions } from './features/orders/order-versions.repository.ts';
import { createOrderWatch } from './features/orders/order-watch.ts';
import { createOrderMetrics } from './features/orders/orders.metrics.ts';
import { createOrderRoutes } from './features/orders/orders.routes.ts';
import { createOrders } from './features/orders/orders.service.ts';
import { createReportLinkRoutes } from './features/orders/report-links.routes.ts';
import { createPlatformRoutes } from './features/platform/platform.routes.ts';
import type { Retention } from './features/retention/retention.service.ts';
import type { AccountErasure } from './features/users/account-erasure.ts';
import { createUserRoutes } from './features/users/users.routes.ts';
import type { Users } from './features/users/users.service.ts';
import { createAuthenticate } from './http/authenticate.ts';
import { createReadClient } from './http/client.ts';
import { createApp } from './http/create-app.ts';
import { createEventStreams, type EventStreamLimits } from './http/event-stream.ts';
import { createSessionCookie } from './http/session-cookie.ts';
import { createSharedAnswers } from './http/shared-answers.ts';
import type { Logger } from './observability/logger.ts';
import { createMetrics } from './observability/metrics.ts';

// What another node changed is seen after this long.
const SHARED_FOR_MS = 1_000;

interface ComposeOptions {
  config: Config;
  log: Logger;
  storefrontFolder?: string;
  /** The database's time unless a test tells another one. */
  clock?: Clock;
  random?: () => number;
  eventStreamLimits?: Partial<EventStreamLimits>;
  /** How old an answer may be that is the same for everybody. */
  sharedForMs?: number;
  heartbeatTimes?: Partial<HeartbeatTimes>;
  /** For one of several processes on one port: answers how the metrics of all are read. */
  shareMetrics?: (registry: Registry) => () => Promise<string>;
}

export interface Service {
  app: Express;
  /** Health and metrics alone, for a process that serves nobody else. */
  signalApp: Express;
  db: Database;
  /** The same, for those with other patience. */
  databases: Databases;
  auth: Auth;
  audit: Audit;
  users: Users;
  passwords: Passwords;
  heartbeat: Heartbeat;
  worker: FulfillmentWorker;
  fulfillment: FulfillmentSystem;
  operations: Operations;
  incidents: Incidents;
  accountErasure: AccountErasure;
  retention: Retention;
  /** Whether what must always hold still does: told to metrics and log. */
  lookAtInvariants: () => Promise<void>;
  /** Readiness turns 503, and everything else goes on. */
  beginLeaving(): void;
  /** Readiness turns 503, everybody who waits for an order is answered, and every event stream ends. */
  beginShutdown(): void;
  /** Ends the worker, running calls (10 s at most) and connections, in this order. */
  close(): Promise<void>;
}

/** The one composition root: builds every part, joins them, and hands back what the processes need. */
export function compose(options: ComposeOptions): Service {
  const { config, log, random = Math.random } = options;
  const [settings] = config.factories;
  if (!settings) throw new Error('the settings name no factory');
  // A restarted container has the same name and pid as before, so chance tells the two apart.
  const node = `${hostname()}:${process.pid}:${randomBytes(3).toString('hex')}`.slice(-64);

  const metrics = createMetrics();
  const { registry } = metrics;
  const databases = openDatabases(config.databaseUrl, { log, registry });
  const { db } = databases;
  const onBack = (): void => fulfillment.worker.renewLeases();
  const heartbeat = createHeartbeat({ db, node, log, registry, onBack, times: options.heartbeatTimes });
  const clock = options.clock ?? heartbeat.now;
  const audit = createAudit({ db, log });
  const { users, passwords, auth } = composeAuth({ config, db, log, registry, clock });
  const catalogue = composeCatalogue({ db, audit, users, clock, publicUrl: config.publicUrl });
  const { menu, franchises } = catalogue;

  const watch = createOrderWatch();
  const origins = config.factories.map(({ origin }) => origin);
  const fulfillment = composeFulfillment({
    config,
    db,
    log,
    node,
    clock,
    mayTakeOver: heartbeat.mayTakeOver,
    random,
    metrics: createFulfillmentMetrics(registry, origins),
    onChanged: watch.notify,
    besides: () => erasure.runOnce(),
  });
  const { attempts, transitions, worker } = fulfillment;
  const orders = createOrders({
    db,
    menu,
    franchises,
    node,
    attempts,
    transitions,
    findReportLink: fulfillment.reportLinks.createFor,
    givenUpAt: fulfillment.givenUpAt,
    watch,
    isStopping: watch.isReleased,
    audit,
    metrics: createOrderMetrics(registry),
    log,
    limits: { perHour: config.orderLimitPerHour, open: config.openOrderLimit },
    lockDiner: users.lockUser,
    syncBudgetMs: config.orderSyncBudgetMs,
  });
  const changeFeed = createOrderChangeFeed({
    findVersions: (orderIds) => findOrderVersions(db, orderIds),
    watch,
    log,
  });
  const { accounts, erasure, ownDataRoutes } = composeAccounts({
    ...{ db, log, auth, users, audit, transitions },
    givenUpAt: fulfillment.givenUpAt,
    isFranchise: franchises.isFranchise,
  });
  const retention = composeRetention({ keep: config.keep, db, node, log, registry });
  const simulator = config.isFactorySimulated ? createSimulatorClient(settings.origin) : undefined;

  let isLeaving = false;
  const beginLeaving = (): void => {
    isLeaving = true;
  };
  const staff = composeOperations({
    config,
    db,
    reportsDb: databases.reports,
    log,
    metrics,
    readMetrics: options.shareMetrics?.(registry) ?? (() => registry.metrics()),
    audit,
    fulfillment,
    simulator,
    isReady: () => !isLeaving && heartbeat.isFresh(),
  });
  const cookie = createSessionCookie(config.publicUrl);
  const routes = [
    ...createAuthRoutes(auth, cookie),
    ...createUserRoutes(accounts, cookie),
    ...ownDataRoutes,
    ...catalogue.routes,
    ...createOrderRoutes({ orders, pizzas: fulfillment.pizzas, simulator }),
    ...createOrderEventRoutes(createOrderEvents({ orders, changeFeed })),
    ...composeReports({ databases, log }),
    ...createReportLinkRoutes(fulfillment.reportLinks),
    ...staff.routes,
    ...staff.signalRoutes,
    ...createPlatformRoutes({
      db,
      version: config.version,
      publicUrl: config.publicUrl,
      factoryOrigin: settings.origin,
      factoryOrigins: fulfillment.origins,
      endpoints,
      clock,
    }),
  ];
  const eventStreams = createEventStreams({
    openStreams: metrics.openStreams,
    random,
    limits: options.eventStreamLimits,
  });
  const ownOrigins = [config.publicUrl, ...config.allowedOrigins];
  const { findSession } = auth;
  const appDeps = {
    log,
    metrics,
    eventStreams,
    sharedAnswers: createSharedAnswers(options.sharedForMs ?? SHARED_FOR_MS),
    readClient: createReadClient(cookie.deviceName),
    authenticate: createAuthenticate({ findSession, ownOrigins, cookieName: cookie.name }),
    trustProxyHops: config.trustProxyHops,
    publicUrl: config.publicUrl,
    allowedOrigins: config.allowedOrigins,
  };

  return {
    app: createApp({ ...appDeps, routes, storefrontFolder: options.storefrontFolder }),
    signalApp: createApp({ ...appDeps, routes: staff.signalRoutes, storefrontFolder: undefined }),
    db,
    databases,
    auth,
    audit,
    users,
    passwords,
    heartbeat,
    worker,
    fulfillment,
    operations: staff.operations,
    incidents: staff.incidents,
    accountErasure: erasure,
    retention,
    lookAtInvariants: staff.invariants.look,
    beginLeaving,
    beginShutdown: () => {
      beginLeaving();
      watch.release();
      eventStreams.end();
    },
    close: async () => {
      await retention.stop();
      await fulfillment.close();
      await erasure.stop();
      await simulator?.close();
      await heartbeat.stop();
      await databases.close();
    },
  };
}
