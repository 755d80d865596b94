import { sql } from 'kysely';
import {
  FIRST_STATES,
  NEXT_STATES,
  type OrderState,
  type OrderStep,
  type TransitionCause,
} from '#contract/order-lifecycle.ts';
import type { Service } from '../../src/compose.ts';
import type { Database } from '../../src/database/pool.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { transition } from '../../src/features/fulfillment/orders/order-transitions.repository.ts';

export interface HistoryStep {
  from: OrderState | null;
  to: OrderState;
  cause: string;
  fence: number;
}

/** True when each step begins where the one before ended, is an edge of the graph, and holds a newer fence. */
export function historyIsPath(history: readonly HistoryStep[]): boolean {
  return (
    history.length > 0 &&
    history.every((step, index) => {
      const before = history[index - 1];
      const follows = before ? step.from === before.to && step.fence > before.fence : step.from === null;
      const allowed: readonly OrderState[] = step.from === null ? FIRST_STATES : NEXT_STATES[step.from];
      return follows && allowed.includes(step.to);
    })
  );
}

/** Everything an order went through, as it was written down. */
export async function readHistory({ db }: { db: Database }, orderId: number): Promise<HistoryStep[]> {
  const rows = await db
    .selectFrom('order_transitions')
    .select(['from_state', 'to_state', 'cause', 'fence'])
    .where('order_id', '=', orderId)
    .orderBy('id')
    .execute();
  return rows.map(({ from_state, to_state, cause, fence }) => ({
    from: from_state,
    to: to_state,
    cause,
    fence,
  }));
}

export function readOrderRow({ db }: { db: Database }, orderId: number) {
  return db.selectFrom('orders').selectAll().where('id', '=', orderId).executeTakeFirstOrThrow();
}

/** Moves an order on from wherever it is, as a node does. */
export async function moveOrder(
  service: { db: Database },
  orderId: number,
  step: { to: OrderState; cause?: TransitionCause },
): Promise<void> {
  const { to, cause = 'made' } = step;
  const { state, fence } = await readOrderRow(service, orderId);
  const move = { from: state, to } as OrderStep;
  const delayMs = 86_400_000;
  await inTransaction(service.db, (transaction) =>
    transition(transaction, { ...move, orderId, fence, cause, node: 'test:1', delayMs }),
  );
}

export function readAttempts({ db }: { db: Database }, orderId: number) {
  return db
    .selectFrom('factory_attempts')
    .select(['number', 'outcome', 'http_status as status', 'signature_verdict as verdict'])
    .where('order_id', '=', orderId)
    .orderBy('id')
    .execute();
}

/** How many rows placing an order could have left behind. */
export async function countOrderRows({ db }: { db: Database }): Promise<Record<string, number>> {
  const tables = ['orders', 'order_items', 'order_transitions', 'idempotency_keys'] as const;
  const counts = await Promise.all(
    tables.map(async (table) => {
      const row = await db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return [table, Number(row.count)] as const;
    }),
  );
  return Object.fromEntries(counts);
}

/** The time a waiting order was given has passed. */
export async function makeDue({ db }: { db: Database }, orderId: number): Promise<void> {
  await db
    .updateTable('orders')
    .set({ next_attempt_at: sql<Date>`now(3) - interval 1 second` })
    .where('id', '=', orderId)
    .where('state', '=', 'waiting')
    .execute();
}

/** The node that holds the order has been silent for longer than a lease. */
export async function endLease({ db }: { db: Database }, orderId: number): Promise<void> {
  await db
    .updateTable('orders')
    .set({ lease_until: sql<Date>`now(3) - interval 1 second` })
    .where('id', '=', orderId)
    .where('lease_until', 'is not', null)
    .execute();
}

/** The factories are as if nothing had ever been wrong with them. */
export async function forgetFaults({ db, fulfillment }: Pick<Service, 'db' | 'fulfillment'>): Promise<void> {
  const clean = {
    failures: 0,
    opened_at: null,
    opened_by: null,
    trials: 0,
    next_trial_at: null,
    healed_at: null,
  };
  await db
    .updateTable('factories')
    .set({ ...clean, is_cure_unproved: false })
    .execute();
  await fulfillment.prepare();
}

/** One sweep of the worker for an order whose time has come; what other tests left waiting goes on waiting. */
export async function sweep(
  service: Pick<Service, 'db' | 'worker' | 'fulfillment'>,
  orderId: number,
): Promise<void> {
  await service.db
    .updateTable('orders')
    .set({ next_attempt_at: sql<Date>`now(3) + interval 1 day` })
    .where('id', '<>', orderId)
    .where('state', '=', 'waiting')
    .execute();
  await makeDue(service, orderId);
  // What earlier attempts told of the factory is not what such a test is about.
  await forgetFaults(service);
  await service.worker.runOnce();
}
