import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { bitcoinFromSatoshi, type Satoshi } from '#contract/money.ts';
import { ATTEMPT_OUTCOMES, type AttemptOutcome } from '#contract/order-lifecycle.ts';
import { factoryLabel } from '../../observability/metrics.ts';
import type { CallSource } from './pizzas/attempt-outcome.ts';

// An attempt is healthy within a second, slow beyond 5, and cut off at 60.
const ATTEMPT_SECONDS_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60];
// 60 s is what the delivery objective promises; patience ends after an hour.
const DELIVERY_SECONDS_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600];

const OUTCOMES = [...ATTEMPT_OUTCOMES, 'well'] as const;
const SOURCES: readonly CallSource[] = ['order', 'probe'];
const REPORT_RESULTS = ['answered', 'not_answered', 'rejected', 'suggested'] as const;
const ENDS = ['ready', 'failed', 'cancelled'] as const;

/** An order came to an end; what was sold when it is ready. */
export interface Settled {
  outcome: 'ready' | 'failed' | 'cancelled';
  sale?: { pizzas: number; total: Satoshi; deliveryMs: number };
}

/** What this process does for orders and sees of the factories. Every label value is there from the start: an alert on the first fault must find a zero before it. */
export function createFulfillmentMetrics(registry: Registry, origins: readonly string[]) {
  const registers = [registry];
  const settledOrders = new Counter({
    name: 'pizza_orders_settled_total',
    help: 'Orders that came to an end, by what end; one that is tried again can end twice',
    labelNames: ['outcome'],
    registers,
  });
  const troubledOrders = new Counter({
    name: 'pizza_orders_troubled_total',
    help: 'Orders whose first attempt failed at the factory; each order counts once',
    registers,
  });
  const deliverySeconds = new Histogram({
    name: 'pizza_order_delivery_seconds',
    help: 'Seconds from the moment an order was placed to its pizza',
    buckets: DELIVERY_SECONDS_BUCKETS,
    registers,
  });
  const soldPizzas = new Counter({
    name: 'pizza_pizzas_sold_total',
    help: 'Pizzas of ready orders',
    registers,
  });
  const revenue = new Counter({
    name: 'pizza_revenue_bitcoin_total',
    help: 'What the ready orders cost, in bitcoin',
    registers,
  });
  const discardedPizzas = new Counter({
    name: 'pizza_pizzas_discarded_total',
    help: 'Good pizzas that came for an order which was over: nobody is charged for them',
    registers,
  });
  const attempts = new Counter({
    name: 'pizza_factory_attempts_total',
    help: 'Calls to a factory by what they came to, for orders and as probes',
    labelNames: ['factory', 'source', 'outcome'],
    registers,
  });
  const attemptSeconds = new Histogram({
    name: 'pizza_factory_attempt_seconds',
    help: 'Seconds a call to a factory took',
    labelNames: ['factory', 'source'],
    buckets: ATTEMPT_SECONDS_BUCKETS,
    registers,
  });
  const reports = new Counter({
    name: 'pizza_factory_reports_total',
    help: 'Report URLs by what became of them: called and answered or not, rejected by our check, or only suggested',
    labelNames: ['factory', 'result'],
    registers,
  });
  const escalations = new Counter({
    name: 'pizza_factory_escalations_total',
    help: 'Reports that were answered and did not help',
    labelNames: ['factory'],
    registers,
  });
  const sweptAt = new Gauge({
    name: 'pizza_worker_last_sweep_timestamp_seconds',
    help: 'When the loop that makes orders move last came round, in Unix time',
    registers,
  });

  for (const outcome of ENDS) settledOrders.inc({ outcome }, 0);
  for (const factory of origins.map(factoryLabel)) {
    for (const source of SOURCES) {
      attemptSeconds.zero({ factory, source });
      for (const outcome of OUTCOMES) attempts.inc({ factory, source, outcome }, 0);
    }
    for (const result of REPORT_RESULTS) reports.inc({ factory, result }, 0);
    escalations.inc({ factory }, 0);
  }

  return {
    /** Watches the calls of this process that wait for an answer, whenever somebody reads the metrics. */
    watchCalls(calls: { pendingSince: (origin: string) => number[] }): void {
      const perFactory = (name: string, help: string, measure: (pendingSince: number[]) => number) =>
        new Gauge({
          name,
          help,
          labelNames: ['factory'],
          registers,
          collect() {
            for (const origin of origins)
              this.set({ factory: factoryLabel(origin) }, measure(calls.pendingSince(origin)));
          },
        });
      perFactory(
        'pizza_factory_calls_in_flight',
        'Calls to a factory that wait for an answer',
        (pendingSince) => pendingSince.length,
      );
      perFactory(
        'pizza_factory_longest_call_seconds',
        'For how long the longest of the waiting calls has been waiting',
        (pendingSince) =>
          pendingSince.length === 0 ? 0 : (performance.now() - Math.min(...pendingSince)) / 1000,
      );
    },
    attempted(attempt: {
      factory: string;
      source: CallSource;
      outcome: AttemptOutcome | 'well';
      totalMs: number;
    }): void {
      const factory = factoryLabel(attempt.factory);
      const { source, outcome } = attempt;
      attempts.inc({ factory, source, outcome });
      attemptSeconds.observe({ factory, source }, attempt.totalMs / 1000);
    },
    troubled: (): void => troubledOrders.inc(),
    /** An order has come to an end, and that is committed. */
    settled({ outcome, sale }: Settled): void {
      settledOrders.inc({ outcome });
      if (!sale) return;
      soldPizzas.inc(sale.pizzas);
      revenue.inc(bitcoinFromSatoshi(sale.total));
      deliverySeconds.observe(sale.deliveryMs / 1000);
    },
    discarded: (pizzas: number): void => discardedPizzas.inc(pizzas),
    reported(report: { factory: string; result: (typeof REPORT_RESULTS)[number] }): void {
      reports.inc({ factory: factoryLabel(report.factory), result: report.result });
    },
    escalated: (origin: string): void => escalations.inc({ factory: factoryLabel(origin) }),
    swept: (): void => sweptAt.setToCurrentTime(),
  };
}

export type FulfillmentMetrics = ReturnType<typeof createFulfillmentMetrics>;
