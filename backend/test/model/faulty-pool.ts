import type { MysqlPool, MysqlPoolConnection, MysqlQueryResult } from 'kysely';

/** What goes wrong between one node and the database. */
export interface DatabaseFault {
  /** The connection breaks before the statement reaches the database, or after it was done. */
  lose: 'statement' | 'answer';
  /** Counts only these statements, or all. */
  of: 'commit' | 'any';
  /** How many go well before. */
  after: number;
  /** How many connections are refused after that. */
  refusals: number;
}

type Callback = (error: unknown, result: MysqlQueryResult) => void;

const lost = (): Error => Object.assign(new Error('the connection was lost'), { code: 'ECONNRESET' });

/** A pool that breaks when it is told to. */
export function createFaultyPool(pool: MysqlPool) {
  const known = new WeakMap<MysqlPoolConnection, MysqlPoolConnection>();
  let fault: DatabaseFault | undefined;
  let refusals = 0;
  let happened: DatabaseFault[] = [];

  function isHit(statement: string): boolean {
    if (!fault || (fault.of === 'commit' && statement !== 'commit')) return false;
    fault.after -= 1;
    return fault.after < 0;
  }

  function breakable(connection: MysqlPoolConnection): MysqlPoolConnection {
    const query = (statement: string, parameters: unknown[], callback: Callback) => {
      if (!fault || !isHit(statement)) return connection.query(statement, parameters, callback);
      const { lose } = fault;
      refusals = fault.refusals;
      happened.push(fault);
      fault = undefined;
      const breakOff = (): void => {
        connection.destroy?.();
        callback(lost(), []);
      };
      if (lose === 'statement') return breakOff();
      return connection.query(statement, parameters, breakOff);
    };
    return {
      config: connection.config,
      threadId: connection.threadId,
      connect: (callback) => connection.connect(callback),
      query: query as MysqlPoolConnection['query'],
      destroy: () => connection.destroy?.(),
      release: () => connection.release(),
    };
  }

  const faulty: MysqlPool = {
    getConnection(callback) {
      if (refusals > 0) {
        refusals -= 1;
        callback(lost(), undefined as never);
        return;
      }
      pool.getConnection((error, connection) => {
        if (error) {
          callback(error, connection);
          return;
        }
        const wrapped = known.get(connection) ?? breakable(connection);
        known.set(connection, wrapped);
        callback(undefined, wrapped);
      });
    },
    end: (callback) => pool.end(callback),
  };

  return {
    pool: faulty,
    breakAt(next: DatabaseFault): void {
      fault = { ...next };
    },
    /** Everything goes well from now on. */
    mend(): void {
      fault = undefined;
      refusals = 0;
    },
    /** What went wrong since somebody asked last. */
    takeHappened(): string[] {
      const names = happened.map(({ lose, of }) => `database: ${lose} of ${of} lost`);
      happened = [];
      return names;
    },
    hasFailed: (): boolean => happened.length > 0,
  };
}

export type FaultyPool = ReturnType<typeof createFaultyPool>;
