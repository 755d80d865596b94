import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { createActiveUsers } from './active-users.ts';

// The bulk of answers comes within 50 ms; an order may take up to the 40 s of the sync budget.
const SECONDS_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40];

/** How a factory is named in a label: a URL is none, and hosts are the few that the settings name. */
export const factoryLabel = (origin: string): string => new URL(origin).host;

/**
 * The metrics of one process, in its own registry so that tests can have several; features add theirs in
 * `<feature>.metrics.ts`. No id, e-mail or URL in a label.
 */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const httpSeconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds from the first byte of a request to the end of its answer, or to the beginning of a stream',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS_BUCKETS,
    registers,
  });
  const refusals = new Counter({
    name: 'http_refusals_total',
    help: 'Requests that were refused, by error code',
    labelNames: ['method', 'route', 'code'],
    registers,
  });
  const openStreams = new Gauge({
    name: 'http_event_streams_open',
    help: 'Event streams that somebody listens to right now',
    registers,
  });
  const activeUsers = createActiveUsers();
  new Gauge({
    name: 'pizza_active_users',
    help: 'Users with a session that asked this process for something within the last five minutes',
    registers,
    collect() {
      this.set(activeUsers.count());
    },
  });
  return { registry, httpSeconds, refusals, openStreams, activeUsers };
}

export type Metrics = ReturnType<typeof createMetrics>;
