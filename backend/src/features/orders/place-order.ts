import { createHash, randomUUID } from 'node:crypto';
import { unavailable } from '../../errors.ts';
import type { FirstOutcome } from '../fulfillment/orders/attempt-runner.ts';
import type { FactoryOrder } from '../fulfillment/pizzas/pizza-factory.client.ts';
import type { OrderRequest } from './check-order.ts';
import { findOrderOfKey, type OrderKey } from './idempotency.repository.ts';
import type { OrderMetrics } from './orders.metrics.ts';
import type { OrderRecord } from './orders.repository.ts';
import { settleDoubt } from './settle-doubt.ts';
import { InDoubt, KeyTaken, type StoredOrder, type StoringDeps, storeOrder } from './store-order.ts';

export interface PlacingDeps extends StoringDeps {
  metrics: OrderMetrics;
  /** Whether the node must stop, and with it everybody's wait. */
  isStopping: () => boolean;
}

export interface Placement {
  orderId: number;
  /** As it was born; undefined when the key had been used before and this is the order of then. */
  born: OrderRecord | undefined;
  /** What its first attempt will have come to, where this node makes it. */
  firstOutcome?: FirstOutcome | undefined;
}

interface Placing {
  diner: FactoryOrder['diner'];
  request: OrderRequest;
  idempotencyKey: string | undefined;
  /** How long a doubt about its being stored may take. */
  waitMs: number;
}

const RETRY_AFTER_SECONDS = 2;

/** The checked body has its fields in the contract's order, so equal requests have equal texts. */
function keyOf({ diner, request, idempotencyKey }: Placing): OrderKey {
  return {
    dinerId: diner.id,
    key: idempotencyKey ?? randomUUID(),
    isFromClient: idempotencyKey !== undefined,
    bodyHash: createHash('sha256').update(JSON.stringify(request)).digest('hex'),
  };
}

/**
 * Stores an order whole or not at all, under its key, and starts its first attempt. After this the order survives
 * anything. With a key that was used before it answers the order of then. Throws what `storeOrder` and `settleDoubt`
 * throw, `key_reused`, and `unavailable` when the database lost the order.
 */
export async function placeOrder(deps: PlacingDeps, placing: Placing): Promise<Placement> {
  const deadlineMs = performance.now() + placing.waitMs;
  const key = keyOf(placing);
  const startedAtMs = performance.now();
  try {
    const stored = await storeOrder(deps, { ...placing, key });
    deps.metrics.placed(performance.now() - startedAtMs);
    return await start(deps, stored, { isLate: false });
  } catch (error) {
    if (error instanceof KeyTaken) {
      const orderId = await findOrderOfKey(deps.db, key);
      if (orderId === undefined) throw error;
      return { orderId, born: undefined };
    }
    if (error instanceof InDoubt) return settle(deps, { key, deadlineMs, startedAtMs, stored: error.stored });
    throw error;
  }
}

/**
 * The order is stored, so nothing that goes wrong here is its client's business: a sweep starts it then. `isLate`:
 * its lease may have ended, and somebody else may have taken it over.
 */
async function start(
  { attempts, log }: PlacingDeps,
  stored: StoredOrder,
  { isLate }: { isLate: boolean },
): Promise<Placement> {
  const { claim, first, record } = stored;
  const placement = { orderId: claim.orderId, born: record };
  try {
    if (isLate && first.to === 'making' && !(await attempts.stillHolds(claim))) return placement;
    const started = await attempts.start(stored);
    return { ...placement, firstOutcome: started?.outcome };
  } catch (error) {
    log.warn({ orderId: claim.orderId, cause: String(error) }, 'a first attempt is left to a sweep');
    return placement;
  }
}

async function settle(
  deps: PlacingDeps,
  doubt: { key: OrderKey; deadlineMs: number; startedAtMs: number; stored: StoredOrder },
): Promise<Placement> {
  const { db, attempts, metrics } = deps;
  const { key, deadlineMs, startedAtMs, stored } = doubt;
  const { claim, first } = stored;
  try {
    return await attempts.whileInDoubt(async () => {
      const orderId = await settleDoubt(db, { key, deadlineMs, isStopping: deps.isStopping });
      if (orderId === undefined)
        throw unavailable('your order was not stored, try again soon', RETRY_AFTER_SECONDS);
      // A repeated request of the client was stored instead.
      if (orderId !== claim.orderId) return { orderId, born: undefined };
      metrics.placed(performance.now() - startedAtMs);
      return start(deps, stored, { isLate: true });
    });
  } finally {
    attempts.releaseSlot(first);
  }
}
