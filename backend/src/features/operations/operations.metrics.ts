import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../database/pool.ts';
import { factoryLabel } from '../../observability/metrics.ts';
import * as repository from './operations-gauges.repository.ts';

// Left alone, a factory is probed every few seconds; an older probe is of a time before its orders.
const PROBE_IS_NEWS_FOR_SECONDS = 30;

interface Look {
  open: Awaited<ReturnType<typeof repository.readOpenOrders>>;
  factories: Awaited<ReturnType<typeof repository.readFactoryStates>>;
}

interface GaugeDeps {
  registry: Registry;
  db: Database;
  origins: readonly string[];
}

/**
 * What all nodes share, read from the database when somebody reads the metrics: every node tells the same, so take
 * `max`, not `sum`. While the database is away these series are absent and `pizza_database_up` is 0.
 */
export function createOperationsGauges({ registry, db, origins }: GaugeDeps): void {
  let looking: Promise<Look | undefined> | undefined;

  async function read(): Promise<Look | undefined> {
    try {
      const query = { origins, probeIsNewsForSeconds: PROBE_IS_NEWS_FOR_SECONDS };
      const [open, factories] = await Promise.all([
        repository.readOpenOrders(db),
        repository.readFactoryStates(db, query),
      ]);
      return { open, factories };
    } catch {
      // The pool's own log tells of it; metrics must be read then more than ever.
      return undefined;
    }
  }

  /** All gauges of one scrape, which ask at the same moment, show the same look. */
  function look(): Promise<Look | undefined> {
    looking ??= read().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  function gauge(
    told: { name: string; help: string; labelNames?: string[] },
    show: (gauge: Gauge, look: Look) => void,
  ): void {
    new Gauge({
      labelNames: [],
      ...told,
      registers: [registry],
      async collect() {
        const seen = await look();
        this.reset();
        // A gauge without labels is 0 when it is reset; one that is not known is none.
        if (seen) show(this, seen);
        else this.remove({});
      },
    });
  }

  function ofFactories(
    told: { name: string; help: string },
    measure: (factory: Look['factories'][number]) => number | undefined,
  ): void {
    gauge({ ...told, labelNames: ['factory'] }, (shown, { factories }) => {
      for (const factory of factories) {
        const value = measure(factory);
        if (value !== undefined) shown.set({ factory: factoryLabel(factory.origin) }, value);
      }
    });
  }

  new Gauge({
    name: 'pizza_database_up',
    help: '1 when the database answered this scrape, 0 when not',
    registers: [registry],
    async collect() {
      this.set((await look()) ? 1 : 0);
    },
  });
  gauge(
    { name: 'pizza_open_orders', help: 'Orders that are not made yet, by state', labelNames: ['state'] },
    (shown, { open }) => {
      for (const state of ['making', 'waiting'] as const) {
        shown.set({ state }, open.find((row) => row.state === state)?.count ?? 0);
      }
    },
  );
  gauge(
    {
      name: 'pizza_oldest_open_order_seconds',
      help: 'For how long the oldest open order has been open since it was placed or tried again; 0 when none is',
    },
    (shown, { open }) => shown.set(Math.max(0, ...open.map(({ oldestSeconds }) => oldestSeconds))),
  );
  gauge({ name: 'pizza_incidents_open', help: 'Incidents that are not closed' }, (shown, { factories }) =>
    shown.set(factories.filter(({ hasIncident }) => hasIncident).length),
  );
  ofFactories(
    {
      name: 'pizza_factory_circuit_open',
      help: '1 while orders wait because the circuit of the factory is open',
    },
    ({ isCircuitOpen }) => Number(isCircuitOpen),
  );
  ofFactories(
    { name: 'pizza_factory_held', help: '1 while a person holds the orders for the factory' },
    ({ isHeld }) => Number(isHeld),
  );
  ofFactories(
    {
      name: 'pizza_factory_probe_up',
      help: '1 when the newest probe of the factory was answered well, 0 when not; absent while orders make probes needless',
    },
    ({ probe }) => (probe === null ? undefined : Number(probe === 'well')),
  );
}
