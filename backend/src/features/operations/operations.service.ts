import type { RecoverySetting } from '../../config.ts';
import type { Database } from '../../database/pool.ts';
import { notFound } from '../../errors.ts';
import type { IncidentRecord } from './incident-record.ts';
import * as incidents from './incident-records.repository.ts';
import { toIncidentRecord } from './operations.presenter.ts';
import * as repository from './operations.repository.ts';

const ATTEMPTS_SHOWN = 20;

interface Page {
  page: number;
  limit: number;
}

interface OperationsParts {
  db: Database;
  /** The factories' origins, in the order they are used. */
  origins: readonly string[];
  recovery: RecoverySetting;
  version: string;
  slots: () => { inUse: number; of: number };
}

/** What operators look at: the factories, the line of orders, the incidents. */
export function createOperations(parts: OperationsParts) {
  const { db, origins } = parts;

  /** Throws `not_found`. */
  async function readIncident(incidentId: number): Promise<IncidentRecord> {
    const row = await incidents.findIncident(db, incidentId);
    if (!row) throw notFound('incident');
    return toIncidentRecord(row, await incidents.findEvents(db, incidentId));
  }

  return {
    recovery: parts.recovery,
    version: parts.version,
    slots: parts.slots,
    readIncident,

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

    async listIncidents({ page, limit }: Page) {
      const found = await incidents.findIncidents(db, { offset: (page - 1) * limit, limit: limit + 1 });
      const shown = found.slice(0, limit).map((row) => toIncidentRecord(row, []));
      return { incidents: shown, more: found.length > limit };
    },
  };
}

export type Operations = ReturnType<typeof createOperations>;
