import type { Pool } from 'mysql2';
import { Gauge, type Registry } from 'prom-client';

/** mysql2 tells these to nobody; a test holds that they are there. */
interface PoolQueues {
  _allConnections: { length: number };
  _freeConnections: { length: number };
  _connectionQueue: { length: number };
}

/** How busy a pool is, at the moment somebody reads the metrics. */
export function watchPool(pool: Pool, registry: Registry): void {
  const {
    _allConnections: all,
    _freeConnections: free,
    _connectionQueue: waiting,
  } = pool as unknown as PoolQueues;
  new Gauge({
    name: 'pizza_db_pool_connections',
    help: 'Connections to the database, in use and idle',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'in_use' }, all.length - free.length);
      this.set({ state: 'idle' }, free.length);
    },
  });
  new Gauge({
    name: 'pizza_db_pool_waiting',
    help: 'Callers that wait for a connection to the database',
    registers: [registry],
    collect() {
      this.set(waiting.length);
    },
  });
}
