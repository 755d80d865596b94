import { bitcoinFromSatoshi, type Satoshi, satoshiFromDecimal } from '#contract/money.ts';
import {
  isSettled,
  type NoAttemptReason,
  type OrderReason,
  type OrderState,
  type OrderStep,
  type TransitionCause,
} from '#contract/order-lifecycle.ts';
import { compiledOnce } from '../../../database/compiled-once.ts';
import { databaseNow, inMs, leaseEnd } from '../../../database/lease-clock.ts';
import type { Queryable } from '../../../database/transaction.ts';
import type { FactoryOrder } from '../pizzas/pizza-factory.client.ts';

/** Claims of one order that ended in a crash before it is set aside. */
export const MAX_CRASHED_CLAIMS = 3;

/** Right to settle one order: whoever holds the order's present fence. */
export interface Claim {
  orderId: number;
  fence: number;
}

/** How an order is born: claimed for its first attempt, or waiting because none can be made now. */
export type Birth =
  | { to: 'making'; cause: 'placed' }
  | { to: 'waiting'; cause: NoAttemptReason; delayMs: number };

/** Which of the waiting orders that are due: by the number of their claims that ended in a crash. */
export interface DueQuery {
  limit: number;
  leastCrashes: number;
  mostCrashes: number;
}

export interface LockedOrder {
  id: number;
  state: OrderState;
  fence: number;
  /** Who makes it, or has a call out for one that was given up. */
  leaseNode: string | null;
  answeredFailures: number;
  crashedClaims: number;
  patienceSince: Date;
  isLeaseOver: boolean;
  pizzas: number;
  total: Satoshi;
  placedAt: Date;
  /** The database's time when this was read. */
  now: Date;
}

/** The order as the factory takes it, or undefined when there is none. */
export async function findFactoryOrder(db: Queryable, orderId: number): Promise<FactoryOrder | undefined> {
  const order = await db
    .selectFrom('orders')
    .innerJoin('users', 'users.id', 'orders.diner_id')
    .select(['orders.franchise_id', 'orders.store_id', 'orders.diner_id', 'users.name', 'users.email'])
    .where('orders.id', '=', orderId)
    .executeTakeFirst();
  if (!order) return undefined;
  const items = await db
    .selectFrom('order_items')
    .select(['menu_id', 'title', 'price', 'note'])
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute();
  return {
    diner: { id: order.diner_id, name: order.name, email: order.email ?? '' },
    order: {
      id: orderId,
      franchiseId: order.franchise_id,
      storeId: order.store_id,
      items: items.map(({ menu_id, title, price, note }) => ({
        menuId: menu_id,
        title,
        note: note ?? undefined,
        price: bitcoinFromSatoshi(satoshiFromDecimal(price)),
      })),
    },
  };
}

/** Reads an order and locks it until the transaction ends. */
export async function lockOrder(db: Queryable, orderId: number): Promise<LockedOrder | undefined> {
  const row = await db
    .selectFrom('orders')
    .select(['id', 'state', 'fence', 'lease_node', 'lease_until', 'answered_failures', 'crashed_claims'])
    .select(['patience_since', 'pizzas', 'total', 'placed_at', databaseNow.as('now')])
    .where('id', '=', orderId)
    .forUpdate()
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      state: row.state,
      fence: row.fence,
      leaseNode: row.lease_node,
      answeredFailures: row.answered_failures,
      crashedClaims: row.crashed_claims,
      patienceSince: row.patience_since,
      isLeaseOver: row.lease_until !== null && row.lease_until < row.now,
      pizzas: row.pizzas,
      total: satoshiFromDecimal(row.total),
      placedAt: row.placed_at,
      now: row.now,
    }
  );
}

interface TransitionChanges {
  reason?: OrderReason | null;
  jwt?: string;
  maker?: string;
  answeredFailures?: number;
  crashedClaims?: number;
  /** For `waiting`: how long until the next attempt. */
  delayMs?: number;
  /** Patience begins anew: for an order that is tried again. */
  isPatienceRenewed?: boolean;
  /** A call that is still out keeps its lease: nobody else may ask for the order until it has ended. */
  keepsLease?: boolean;
}

/**
 * The one way an order changes its state: a guarded update (id, state, fence) and a row of its history. Answers the
 * new fence, or undefined when somebody else was faster; call it inside a transaction so that both happen or neither.
 */
export async function transition(
  db: Queryable,
  step: {
    orderId: number;
    fence: number;
    cause: TransitionCause;
    node: string;
  } & OrderStep &
    TransitionChanges,
): Promise<number | undefined> {
  const fence = step.fence + 1;
  const isClaim = step.to === 'making';
  const lease = { lease_node: isClaim ? step.node : null, lease_until: isClaim ? leaseEnd : null };
  const result = await db
    .updateTable('orders')
    .set({
      state: step.to,
      fence,
      ...(!step.keepsLease && lease),
      next_attempt_at: step.to === 'waiting' ? inMs(step.delayMs ?? 0) : null,
      settled_at: isSettled(step.to) ? databaseNow : null,
      ...(step.isPatienceRenewed && { patience_since: databaseNow }),
      ...(step.reason !== undefined && { reason: step.reason }),
      ...(step.jwt !== undefined && { jwt: step.jwt }),
      ...(step.maker !== undefined && { maker: step.maker }),
      ...(step.answeredFailures !== undefined && { answered_failures: step.answeredFailures }),
      ...(step.crashedClaims !== undefined && { crashed_claims: step.crashedClaims }),
    })
    .where('id', '=', step.orderId)
    .where('state', '=', step.from)
    .where('fence', '=', step.fence)
    .$if(step.cause === 'attempt', (claim) => claim.where('lease_node', 'is', null))
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) return undefined;
  await insertTransition(db, { ...step, fence });
  return fence;
}

/** Lets go of an order that was given up, because this node's call for it has ended. */
export async function endLease(db: Queryable, call: { orderId: number; node: string }): Promise<void> {
  await db
    .updateTable('orders')
    .set({ lease_node: null, lease_until: null })
    .where('id', '=', call.orderId)
    .where('lease_node', '=', call.node)
    .where('state', '<>', 'making')
    .execute();
}

/** A node that holds a waiting order for a call has been silent for a lease: the order is anybody's. */
export async function endSilentLease(db: Queryable, orderId: number): Promise<void> {
  await db
    .updateTable('orders')
    .set({ lease_node: null, lease_until: null })
    .where('id', '=', orderId)
    .where('state', '=', 'waiting')
    .where('lease_until', '<', databaseNow)
    .execute();
}

/** Whether the store's figures change by it; the fold finds it by its mark (see figures/fold-figures.ts). */
const countsInFigures = ({ from, to }: { from: OrderState | null; to: OrderState }): boolean =>
  to === 'ready' || to === 'failed' || from === 'failed';

interface NewTransition {
  orderId: number;
  from: OrderState | null;
  to: OrderState;
  cause: TransitionCause;
  node: string;
  fence: number;
}

const insertRow = compiledOnce((db, row: NewTransition & { isUnfolded: true | null }) =>
  db.insertInto('order_transitions').values({
    order_id: row.orderId,
    from_state: row.from,
    to_state: row.to,
    cause: row.cause,
    node: row.node,
    fence: row.fence,
    at: databaseNow,
    is_unfolded: row.isUnfolded,
  }),
);

export async function insertTransition(db: Queryable, row: NewTransition): Promise<void> {
  const { orderId, from, to, cause, node, fence } = row;
  const isUnfolded = countsInFigures(row) ? true : null;
  await insertRow(db, { orderId, from, to, cause, node, fence, isUnfolded });
}
