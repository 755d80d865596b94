import type { Registry } from 'prom-client';
import type { KeepTimes } from './config-retention.ts';
import { type AgingTable, deleteOldest } from './database/delete-batch.ts';
import type { Database } from './database/pool.ts';
import { KNOWN_FOR_DAYS } from './features/auth/device-token.ts';
import { sweepAttempts } from './features/fulfillment/factories/attempts.repository.ts';
import { sweepHistory } from './features/fulfillment/orders/sweep-history.repository.ts';
import { sweepIncidents } from './features/incidents/sweep-incidents.repository.ts';
import { createRetentionMetrics } from './features/retention/retention.metrics.ts';
import { findFinishedSecondsAgo } from './features/retention/retention.repository.ts';
import { createRetention, type Sweep } from './features/retention/retention.service.ts';
import type { Logger } from './observability/logger.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
// What limits are counted by is of no use later: a window of a minute, a block of at most a quarter of an hour.
const WINDOW_MS = 60_000;
const LOG_IN_TRIES_MS = DAY_MS;
// A node that has been silent for so long does not come back.
const SILENT_NODE_MS = DAY_MS;

interface RetentionSystemDeps {
  keep: KeepTimes;
  db: Database;
  node: string;
  log: Logger;
  registry: Registry;
}

/** Tables whose rows go by their age alone. */
const agingTables = ({ expiredMs, idempotencyKeysMs, auditMs }: KeepTimes): AgingTable[] => [
  { table: 'address_windows', column: 'window_start', keepMs: WINDOW_MS + expiredMs },
  { table: 'log_in_tries', column: 'updated_at', keepMs: LOG_IN_TRIES_MS + expiredMs },
  { table: 'log_in_places', column: 'last_log_in_at', keepMs: KNOWN_FOR_DAYS * DAY_MS + expiredMs },
  { table: 'sessions', column: 'expires_at', keepMs: expiredMs },
  { table: 'order_report_links', column: 'expires_at', keepMs: expiredMs },
  { table: 'factory_report_calls', column: 'called_at', keepMs: WINDOW_MS + expiredMs },
  { table: 'nodes', column: 'beat_at', keepMs: SILENT_NODE_MS },
  { table: 'idempotency_keys', column: 'bound_at', keepMs: idempotencyKeysMs },
  { table: 'audit_log', column: 'at', keepMs: auditMs },
];

/** The part of the composition that keeps tables from growing for ever: what is kept for how long (docs/operations/retention.md). */
export function composeRetention({ keep, db, node, log, registry }: RetentionSystemDeps) {
  const { orderHistoryMs, factoryAttemptsMs, incidentsMs } = keep;
  const ofIncidents = (['incident_events', 'factory_reports'] as const).map((table) => ({
    table,
    sweepBatch: (limit: number) => sweepIncidents(db, { table, keepMs: incidentsMs }, limit),
  }));
  const sweeps: Sweep[] = [
    ...agingTables(keep).map((aging) => ({
      table: aging.table,
      sweepBatch: (limit: number) => deleteOldest(db, aging, limit),
    })),
    ...ofIncidents,
    {
      table: 'factory_attempts',
      sweepBatch: (limit) => sweepAttempts(db, { keepMs: factoryAttemptsMs }, limit),
    },
    {
      table: 'order_transitions',
      sweepBatch: (limit) => sweepHistory(db, { keepMs: orderHistoryMs }, limit),
    },
  ];
  const metrics = createRetentionMetrics({
    registry,
    tables: sweeps.map(({ table }) => table),
    finishedSecondsAgo: () => findFinishedSecondsAgo(db),
  });
  return createRetention({ db, node, log, metrics, sweeps });
}
