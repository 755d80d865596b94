import { Kysely, type LogEvent, type MysqlPool } from 'kysely';
import { createPool } from 'mysql2';
import type { Registry } from 'prom-client';
import type { Logger } from '../observability/logger.ts';
import { type FinishedStatement, finishedStatements } from '../observability/statement-channel.ts';
import { ClusterDialect } from './migration-lock.ts';
import { watchPool } from './pool.metrics.ts';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;

const CONNECTIONS = 20;
// Beyond this many waiting callers the database cannot keep up and a quick 503 is kinder than a long queue.
const WAITING_CALLERS = 500;
const CONNECT_TIMEOUT_MS = 3_000;
const SLOW_STATEMENT_MS = 200;

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

/**
 * Opens the pool lazily: nothing connects before the first statement. `destroy()` of the answer ends it. How busy the
 * pool is goes to the registry, where there is one.
 */
export function openDatabase(url: string, { log, registry }: { log: Logger; registry?: Registry }): Database {
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
  return new Kysely<Schema>({
    dialect: new ClusterDialect({ pool: pool as unknown as MysqlPool }),
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
