import { Counter, Histogram, type Registry } from 'prom-client';

// The promise to a diner is one transaction; what takes a second is in trouble.
const ACCEPTANCE_SECONDS_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What this process promises to diners. */
export function createOrderMetrics(registry: Registry) {
  const registers = [registry];
  const placed = new Counter({
    name: 'pizza_orders_placed_total',
    help: 'Orders that were stored: from then on they outlive the factory',
    registers,
  });
  const acceptanceSeconds = new Histogram({
    name: 'pizza_order_acceptance_seconds',
    help: 'Seconds from a checked request to the stored order',
    buckets: ACCEPTANCE_SECONDS_BUCKETS,
    registers,
  });
  return {
    placed(tookMs: number): void {
      placed.inc();
      acceptanceSeconds.observe(tookMs / 1000);
    },
  };
}

export type OrderMetrics = ReturnType<typeof createOrderMetrics>;
