import type { RecoverySetting } from '../../config-environment.ts';
import type { Database } from '../../database/pool.ts';
import * as repository from './operations.repository.ts';

const ATTEMPTS_SHOWN = 20;

interface Page {
  page: number;
  limit: number;
}

interface OperationsDeps {
  db: Database;
  /** The factories' origins, in the order they are used. */
  origins: readonly string[];
  recovery: RecoverySetting;
  slots: () => { inUse: number; of: number };
}

/** What operators look at: the factories and the queue of orders. */
export function createOperations(parts: OperationsDeps) {
  const { db, origins } = parts;

  return {
    recovery: parts.recovery,
    slots: parts.slots,

    async readFactories() {
      const found = await repository.findFactories(db, origins);
      return Promise.all(
        found.map(async (factory) => ({
          factory,
          attempts: await repository.findLastAttempts(db, { factory: factory.origin, limit: ATTEMPTS_SHOWN }),
        })),
      );
    },

    async readLine({ page, limit }: Page) {
      const [counts, found] = await Promise.all([
        repository.countOpenOrders(db),
        repository.findOpenOrders(db, { offset: (page - 1) * limit, limit }),
      ]);
      return { ...counts, orders: found.slice(0, limit), more: found.length > limit };
    },

    async listFailedOrders({ page, limit }: Page) {
      const found = await repository.findFailedOrders(db, { offset: (page - 1) * limit, limit });
      return { orders: found.slice(0, limit), more: found.length > limit };
    },
  };
}

export type Operations = ReturnType<typeof createOperations>;
