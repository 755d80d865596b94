import type { Socket } from 'node:net';
import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import type { Pool, PoolConnection } from 'mysql2';
import { DatabaseLimitReached } from './database-errors.ts';

/** A place in the pool; whoever waits longer is told to come again rather than kept in a queue. */
const ACQUIRE_LIMIT_MS = 3_000;

type Callback<T> = (error: unknown, result: T) => void;

/** Calls back with what comes first, the answer or the end of the time; `onLate` gets an answer that nobody waits for. */
function within<T>(
  limit: { ms: number; what: string; onReached: () => void; onLate: (answer: T) => void },
  callback: Callback<T>,
): Callback<T> {
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    limit.onReached();
    callback(new DatabaseLimitReached(`${limit.what} within ${limit.ms} ms`), undefined as T);
  }, limit.ms);
  return (error, answer) => {
    if (isOver) {
      if (!error) limit.onLate(answer);
      return;
    }
    clearTimeout(timer);
    callback(error, answer);
  };
}

/** A connection whose statement is not answered is of no use any more: the answer could still come, to the next one. */
function limitConnection(connection: PoolConnection, statementLimitMs: number): MysqlPoolConnection {
  const query = (sql: string, parameters: unknown[], callback: Callback<never>) => {
    const limit = {
      ms: statementLimitMs,
      what: 'the database did not answer a statement',
      onReached: () => {
        connection.destroy();
        // mysql2 only says goodbye, which a server that is frozen or cut off never hears.
        (connection as unknown as { stream?: Socket }).stream?.destroy();
      },
      onLate: () => undefined,
    };
    return connection.query(sql, parameters, within(limit, callback));
  };
  return {
    config: connection.config,
    threadId: connection.threadId,
    connect: (callback) => connection.connect(callback),
    // Kysely streams nothing here, so the one form of two that calls back is enough.
    query: query as MysqlPoolConnection['query'],
    destroy: () => connection.destroy(),
    release: () => connection.release(),
  };
}

/**
 * A pool that answers everything in time, with DatabaseLimitReached if need be: a connection, and each of its
 * statements. Several of these may share one pool, each with a limit of its own.
 */
export function limitPool(pool: Pool, statementLimitMs: number): MysqlPool {
  // Kysely knows a connection again by its identity.
  const limited = new WeakMap<PoolConnection, MysqlPoolConnection>();
  const limit = {
    ms: ACQUIRE_LIMIT_MS,
    what: 'the database gave no connection',
    onReached: () => undefined,
    onLate: (connection: PoolConnection) => connection.release(),
  };
  return {
    getConnection(callback) {
      const given = within<PoolConnection>(limit, (error, connection) => {
        if (error) return callback(error, undefined as never);
        const known = limited.get(connection) ?? limitConnection(connection, statementLimitMs);
        limited.set(connection, known);
        callback(undefined, known);
      });
      pool.getConnection(given);
    },
    end: (callback) => pool.end(callback),
  };
}
