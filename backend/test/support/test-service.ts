import { Writable } from 'node:stream';
import request, { type Agent } from 'supertest';
import { compose, type Service } from '../../src/compose.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { HeartbeatTimes } from '../../src/database/heartbeat.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { EventStreamLimits } from '../../src/http/event-stream.ts';
import { createLogger, type Logger } from '../../src/observability/logger.ts';
import { serve } from '../../src/serve.ts';
import { createAnswerProof } from './answer-proof.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { startTestFactory, type TestFactory } from './test-factory.ts';

type LogLine = Record<string, unknown> & { level: string; message: string };

export interface TestService extends Service {
  config: Config;
  factory: TestFactory;
  /** Speaks HTTP to the service over a real socket. */
  http: Agent;
  origin: string;
  /** What the service logs with. */
  log: Logger;
  /** Everything the service has logged. */
  logLines(): LogLine[];
  /** Ends it, then throws when any answer it gave was outside the contract. */
  stop(): Promise<void>;
}

interface TestServiceOptions {
  settings?: Record<string, string>;
  clock?: () => Date;
  random?: () => number;
  /** The worker's loop runs unless a test wants to sweep by hand. */
  isWorkerRunning?: boolean;
  storefrontFolder?: string;
  eventStreamLimits?: Partial<EventStreamLimits>;
  /** Tests change what is shared behind the service's back, so nothing is kept unless one asks for it. */
  sharedForMs?: number;
  heartbeatTimes?: Partial<HeartbeatTimes>;
  /** The least that is logged; `debug` unless told otherwise. */
  logLevel?: string;
  /** A schema of the test's own, which it drops itself. */
  database?: TestDatabase;
  /** Another node of this service: on the same database and factory, which stay the first one's to end. */
  besides?: TestService;
}

// Tests move the time, and a busy machine stands still: neither is a stall of the database unless a test is about one.
const NEVER_STALLED = { stallMs: 3_600_000 };
const SECRET = 'test-secret-that-has-more-than-32-bytes';

/** The composed service over a real, empty, migrated database and a simulated factory of its own. */
export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const { isWorkerRunning = true, clock, random, storefrontFolder, eventStreamLimits } = options;
  const { sharedForMs = 0 } = options;
  const { besides, heartbeatTimes = NEVER_STALLED, logLevel = 'debug' } = options;
  const ownDatabase = besides || options.database ? undefined : await createTestDatabase();
  const factory = besides?.factory ?? (await startTestFactory());
  const config = readConfig(
    {
      DATABASE_URL: (options.database ?? ownDatabase)?.url ?? besides?.config.databaseUrl,
      JWT_SECRET: SECRET,
      PASSWORD_PEPPER: SECRET,
      BCRYPT_COST: '4',
      DEMO: '1',
      // All tests come from one address; those of the limits set their own.
      LOGIN_LIMIT_PER_MINUTE: '0',
      ORDER_LIMIT_PER_HOUR: '0',
      OPEN_ORDER_LIMIT: '0',
      FACTORY_URL: factory.origin,
      FACTORY_API_KEY: factory.apiKey,
      // Tests of an order's life meet faults on purpose; those of the recovery and the probe switch them on.
      FACTORY_RECOVERY: 'off',
      FACTORY_PROBE_SECONDS: '0',
      ...options.settings,
    },
    '0.0.0-test',
  );
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const log = createLogger(logLevel, destination);
  const service = compose({
    config,
    log,
    ...(clock && { clock }),
    ...(random && { random }),
    ...(storefrontFolder && { storefrontFolder }),
    ...(eventStreamLimits && { eventStreamLimits }),
    sharedForMs,
    heartbeatTimes,
  });
  if (options.settings?.DATABASE_URL === undefined) {
    await migrate(service.db);
    await service.fulfillment.prepare();
  }
  await service.heartbeat.start();
  const proof = createAnswerProof({ hasStorefront: storefrontFolder !== undefined });
  const server = await serve(proof.watch(service.app), { port: 0, host: '127.0.0.1' });
  if (isWorkerRunning) service.worker.start();
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    ...service,
    config,
    log,
    factory,
    http: request(origin) as unknown as Agent,
    origin,
    logLines: () =>
      lines.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line) as LogLine),
    stop: async () => {
      service.beginShutdown();
      await server.close();
      await service.close();
      if (!besides) await factory.close();
      await ownDatabase?.drop();
      proof.assertAllDeclared();
    },
  };
}
