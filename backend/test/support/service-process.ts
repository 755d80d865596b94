import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import type { TestDatabase } from './test-database.ts';
import type { TestFactory } from './test-factory.ts';

const SOURCES = join(import.meta.dirname, '../../src');
const SETTINGS = [
  'ADMIN_EMAIL',
  'ADMIN_PASSWORD',
  'ALLOWED_ORIGINS',
  'BCRYPT_COST',
  'DATABASE_URL',
  'DEMO',
  'DRAIN_SECONDS',
  'FACTORIES',
  'FACTORY_API_KEY',
  'FACTORY_ISSUER',
  'FACTORY_PROBE_SECONDS',
  'FACTORY_RECOVERY',
  'FACTORY_REPORT_HOSTS',
  'FACTORY_SIMULATED',
  'FACTORY_URL',
  'HOST',
  'JWT_SECRET',
  'KEEP_AUDIT_DAYS',
  'KEEP_EXPIRED_HOURS',
  'KEEP_FACTORY_ATTEMPTS_DAYS',
  'KEEP_IDEMPOTENCY_KEYS_DAYS',
  'KEEP_INCIDENTS_DAYS',
  'KEEP_ORDER_HISTORY_DAYS',
  'LOG_LEVEL',
  'METRICS_PORT',
  'METRICS_TOKEN',
  'LOKI_URL',
  'ORDER_SYNC_BUDGET_SECONDS',
  'OTEL_BSP_SCHEDULE_DELAY',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_SERVICE_NAME',
  'PASSWORD_MIN_LENGTH',
  'PASSWORD_PEPPER',
  'PORT',
  'PUBLIC_URL',
  'TRUST_PROXY',
  'WORKERS',
];
// A process starts in a second, several at once on a busy machine in many.
const READY_WITHIN_MS = 60_000;
const ENDED_WITHIN_MS = 20_000;

export const SECRET = 'test-secret-that-has-more-than-32-bytes';

/** A demo on this database and factory, at a port of its own choice. */
export const demoSettings = (parts: {
  database: Pick<TestDatabase, 'url'>;
  factory: Pick<TestFactory, 'origin' | 'apiKey'>;
}): Record<string, string> => ({
  HOST: '127.0.0.1',
  PORT: '0',
  DATABASE_URL: parts.database.url,
  JWT_SECRET: SECRET,
  PASSWORD_PEPPER: SECRET,
  BCRYPT_COST: '4',
  DEMO: '1',
  FACTORY_URL: parts.factory.origin,
  FACTORY_API_KEY: parts.factory.apiKey,
});

/** What an operator's process needs to work on this service's database and factory: no demo, no probe of its own. */
export const operatorSettings = (service: {
  config: { databaseUrl: string };
  factory: Pick<TestFactory, 'origin' | 'apiKey'>;
}): Record<string, string> => ({
  PUBLIC_URL: 'http://127.0.0.1',
  DATABASE_URL: service.config.databaseUrl,
  // An operator opens no session, and production takes no secret twice.
  JWT_SECRET: `another-${SECRET}`,
  PASSWORD_PEPPER: SECRET,
  FACTORY_URL: service.factory.origin,
  FACTORY_API_KEY: service.factory.apiKey,
  FACTORY_PROBE_SECONDS: '0',
  LOG_LEVEL: 'info',
});

export interface ServiceProcess {
  child: ChildProcess;
  /** Waits until it serves; answers where. */
  ready(): Promise<string>;
  /** Waits until it has ended; answers its exit code, or the signal that ended it. */
  ended(): Promise<number | string | null>;
  stdout(): string;
  stderr(): string;
}

/** Starts the service as operators do: all of it, or another command with its words. Only these settings count: an empty one hides what a local `.env` says. */
export function startServiceProcess(
  settings: Record<string, string>,
  command: readonly [script: string, ...words: string[]] = ['main.ts'],
): ServiceProcess {
  const [script, ...words] = command;
  const unset = Object.fromEntries(SETTINGS.map((name) => [name, '']));
  const child = spawn(process.execPath, [join(SOURCES, script), ...words], {
    env: {
      PATH: process.env.PATH ?? '',
      NODE_COMPILE_CACHE: process.env.TEST_COMPILE_CACHE ?? '',
      ...unset,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const closed = once(child, 'close');
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    async ready() {
      const port = await eventually(
        'the service says that it is ready',
        () => {
          if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${stderr}`);
          const line = stdout.split('\n').find((text) => text.includes('"message":"ready"'));
          return line !== undefined && (JSON.parse(line) as { port: number }).port;
        },
        READY_WITHIN_MS,
      );
      return `http://127.0.0.1:${port}`;
    },
    async ended() {
      await eventually(
        'the process has ended',
        () => child.exitCode !== null || child.signalCode !== null,
        ENDED_WITHIN_MS,
      );
      await closed; // its last words have been read
      return child.exitCode ?? child.signalCode;
    },
  };
}
