import { Kysely, type LogEvent, type MysqlPool } from 'kysely';
import { createPool, type Pool } from 'mysql2';
import type { Registry } from 'prom-client';
import type { Logger } from '../observability/logger.ts';
import { type FinishedStatement, finishedStatements } from '../observability/statement-channel.ts';
import { limitPool } from './limited-pool.ts';
import { ClusterDialect } from './migration-lock.ts';
import { watchPool } from './pool.metrics.ts';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;

const CONNECTIONS = 20;
// Beyond this many waiting callers the database cannot keep up and a quick 503 is kinder than a long queue.
const WAITING_CALLERS = 500;
const CONNECT_TIMEOUT_MS = 3_000;
const SLOW_STATEMENT_MS = 200;
// A database that does not answer is answered for within 5 s, the answer's own way included ...
const STATEMENT_LIMIT_MS = 4_500;
// ... but for reports over years ...
const REPORT_LIMIT_MS = 10_000;
// ... and for what an operator starts and waits for, like a migration: the longest time a timer can count.
const NO_LIMIT_MS = 2 ** 31 - 1;

// READ COMMITTED: each statement sees what is committed now, and guarded updates take no gap locks.
const SESSION_SETTINGS = [
  'set session transaction isolation level read committed',
  "set session time_zone = '+00:00'",
  // Nobody waits a minute for a lock: a transaction that could not get one in a second is replayed.
  'set session innodb_lock_wait_timeout = 1',
  "set session sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'",
];

function toFinished(event: LogEvent): FinishedStatement {
  const { code } = (event.level === 'error' ? event.error : {}) as { code?: string };
  return {
    sql: event.query.sql,
    ms: event.queryDurationMillis,
    fault: event.level === 'error' ? (code ?? 'unknown') : undefined,
  };
}

interface DatabaseOptions {
  log: Logger;
  registry?: Registry;
}

/** Connections as all of this product has them; nothing connects before the first statement. */
export function openPool(url: string, registry?: Registry): Pool {
  const pool = createPool({
    uri: url,
    connectionLimit: CONNECTIONS,
    queueLimit: WAITING_CALLERS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    enableKeepAlive: true,
    charset: 'utf8mb4',
    timezone: 'Z',
  });
  if (registry) watchPool(pool, registry);
  // A connection runs its statements in order, so these come before the first one of its first user.
  pool.on('connection', (connection) => {
    for (const setting of SESSION_SETTINGS) {
      connection.query(setting, (error) => {
        if (error) connection.destroy();
      });
    }
  });
  return pool;
}

/** The database by way of this pool; statements are told to the log and to whoever measures them. */
export function databaseOver(pool: MysqlPool, log: Logger): Database {
  return new Kysely<Schema>({
    dialect: new ClusterDialect({ pool }),
    log: (event) => {
      if (finishedStatements.hasSubscribers) finishedStatements.publish(toFinished(event));
      const ms = Math.round(event.queryDurationMillis);
      // Statements carry placeholders, never values, so they are safe to log.
      const entry = { ms, statement: event.query.sql };
      if (event.level === 'error') log.debug({ ...entry, cause: String(event.error) }, 'statement failed');
      else if (ms > SLOW_STATEMENT_MS) log.warn(entry, 'slow statement');
      else log.debug(entry, 'statement');
    },
  });
}

/**
 * Opens the database for a command or a test, with no limit to its statements; nothing connects before the first one.
 * `destroy()` of the answer ends it.
 */
export function openDatabase(url: string, { log }: DatabaseOptions): Database {
  return databaseOver(limitPool(openPool(url), NO_LIMIT_MS), log);
}

/** One pool, seen with the patience of different users. */
export interface Databases {
  /** For all that somebody waits for. */
  db: Database;
  /** For reports over long times. */
  reports: Database;
  /** For what has to be done however long it takes: migrations, the demo's orders. */
  unlimited: Database;
  close(): Promise<void>;
}

/** Opens the database for a process that serves. How busy its pool is goes to the registry. */
export function openDatabases(url: string, { log, registry }: DatabaseOptions): Databases {
  const pool = openPool(url, registry);
  const seenWith = (limitMs: number): Database => databaseOver(limitPool(pool, limitMs), log);
  return {
    db: seenWith(STATEMENT_LIMIT_MS),
    reports: seenWith(REPORT_LIMIT_MS),
    unlimited: seenWith(NO_LIMIT_MS),
    close: () =>
      new Promise((resolve, reject) => {
        pool.end((error) => (error ? reject(error) : resolve()));
      }),
  };
}
