import { bitcoinFromSatoshi, satoshiFromDecimal } from '#contract/money.ts';
import type * as repository from './operations.repository.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

type FactoryRow = Awaited<ReturnType<typeof repository.findFactories>>[number];
type AttemptRow = Awaited<ReturnType<typeof repository.findLastAttempts>>[number];
type OrderRow = Awaited<ReturnType<typeof repository.findOpenOrders>>[number];
type FailedRow = Awaited<ReturnType<typeof repository.findFailedOrders>>[number];

/** How a factory is, in one word and since when. */
function stateOf(row: FactoryRow): { state: 'well' | 'slow' | 'down' | 'held'; since: Date | null } {
  if (row.held_at) return { state: 'held', since: row.held_at };
  // Without a failure an open circuit is about to close: a probe was answered well, and the next order goes through.
  if (row.opened_at && row.failures > 0)
    return { state: 'down', since: row.incident_started_at ?? row.opened_at };
  const isIll = row.incident_started_at !== null && row.restored_at === null;
  return isIll
    ? { state: 'slow', since: row.incident_started_at }
    : { state: 'well', since: row.restored_at };
}

function holdOf(row: FactoryRow) {
  if (row.held_at) return { cause: 'operator' as const, since: row.held_at.toISOString() };
  if (row.opened_at && row.opened_by === 'key_refused') {
    return { cause: 'key_refused' as const, since: row.opened_at.toISOString() };
  }
  return null;
}

export function presentFactory(row: FactoryRow, attempts: readonly AttemptRow[]) {
  const { state, since } = stateOf(row);
  return {
    origin: row.origin,
    state,
    since: iso(since),
    circuit: {
      state: row.opened_at ? ('open' as const) : ('closed' as const),
      failuresInARow: row.failures,
      openedAt: iso(row.opened_at),
      nextTrialAt: iso(row.next_trial_at),
    },
    hold: holdOf(row),
    probe:
      row.probed_at && row.probe_outcome
        ? { at: row.probed_at.toISOString(), outcome: row.probe_outcome }
        : null,
    lastAttempts: attempts.map((attempt) => ({
      orderId: attempt.order_id,
      at: attempt.started_at.toISOString(),
      outcome: attempt.outcome,
      httpStatus: attempt.http_status,
      totalMs: attempt.total_ms,
      node: attempt.node,
      reportHost: attempt.report_host,
      reportFingerprint: attempt.report_fingerprint,
      signature: attempt.signature_verdict,
    })),
  };
}

export function presentOpenOrder(order: OrderRow) {
  return {
    id: order.id,
    dinerName: order.diner_name,
    storeName: order.store_name,
    status: order.state === 'making' ? ('making' as const) : ('waiting' as const),
    reason: order.state === 'waiting' ? order.reason : null,
    placedAt: order.placed_at.toISOString(),
    waitedMs: Math.max(0, Number(order.waited_ms)),
    nextAttemptAt: iso(order.next_attempt_at),
    answeredFailures: order.answered_failures,
    pizzas: order.pizzas,
    total: bitcoinFromSatoshi(satoshiFromDecimal(order.total)),
  };
}

export function presentFailedOrder(order: FailedRow) {
  return {
    id: order.id,
    dinerName: order.diner_name,
    storeName: order.store_name,
    reason: order.reason,
    failedAt: order.failed_at.toISOString(),
    pizzas: order.pizzas,
    total: bitcoinFromSatoshi(satoshiFromDecimal(order.total)),
  };
}
