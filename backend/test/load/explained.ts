import type { CompiledQuery } from 'kysely';
import type { Connection } from 'mysql2/promise';
import type { Database } from '../../src/database/pool.ts';

/** One row of EXPLAIN: how one table of a statement is read. */
export interface Access {
  table: string;
  type: string;
  key: string | null;
  rows: number;
}

export interface ExplainedStatement {
  sql: string;
  accesses: Access[];
}

// Tables that grow with what is sold. Reading one of them whole is a mistake at any size.
const GROWING = new Set([
  'orders',
  'order_items',
  'order_transitions',
  'factory_attempts',
  'users',
  'sessions',
  'user_roles',
  'audit_log',
  'store_day_figures',
  'store_item_day_figures',
]);
// A table this small is read whole by any optimizer, and may be.
const SMALL_ROWS = 1_000;

/** Records every statement that runs by way of these from now on, with its values; `take` hands them over. */
export function recordStatements(databases: readonly Database[]): { take(): CompiledQuery[] } {
  let recorded: CompiledQuery[] = [];
  for (const db of databases) {
    const executor = db.getExecutor();
    const execute = executor.executeQuery.bind(executor);
    Object.assign(executor, {
      executeQuery: (query: CompiledQuery) => {
        recorded.push(query);
        return execute(query);
      },
    });
  }
  return {
    take() {
      const taken = recorded;
      recorded = [];
      return taken;
    },
  };
}

/** Asks the server how it would run a statement with these values. */
export async function explain(connection: Connection, query: CompiledQuery): Promise<ExplainedStatement> {
  const [rows] = await connection.query(`explain format = traditional ${query.sql}`, [...query.parameters]);
  const accesses = (rows as Record<string, unknown>[])
    // Null: answered from an index alone, or without any table.
    .filter(({ table }) => table !== null)
    .map(({ table, type, key, rows: estimate }) => ({
      table: String(table),
      type: String(type),
      key: key === null ? null : String(key),
      rows: Number(estimate),
    }));
  return { sql: query.sql, accesses };
}

/** Accesses that read a table whole. Walking an index in its order is one too, unless the statement has a limit. */
export function wholeTables({ sql, accesses }: ExplainedStatement): Access[] {
  return accesses.filter(({ table, type, rows }) => {
    const isWhole = type === 'ALL' || (type === 'index' && !/ limit /.test(sql));
    return isWhole && (GROWING.has(table) || (rows > SMALL_ROWS && !table.startsWith('<')));
  });
}

/** `table.key` of every access of these statements to a stored table, each once. */
export function usedKeys(statements: readonly ExplainedStatement[]): string[] {
  const keys = statements.flatMap(({ accesses }) =>
    accesses.filter(({ table }) => !table.startsWith('<')).map(({ table, key }) => `${table}.${key}`),
  );
  return [...new Set(keys)].sort();
}
