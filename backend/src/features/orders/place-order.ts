import { createHash } from 'node:crypto';
import type { FactoryOrder } from '../fulfillment/pizzas/pizza-factory.client.ts';
import type { OrderRequest } from './check-order.ts';
import { findOrderOfKey, KeyAlreadyBound } from './idempotency.repository.ts';
import type { OrderMetrics } from './orders.metrics.ts';
import { type StoringDeps, storeOrder } from './store-order.ts';

export interface PlacingDeps extends StoringDeps {
  metrics: OrderMetrics;
}

interface Placement {
  orderId: number;
  /** The key had been used before: this is the order of then. */
  isReplay: boolean;
}

function hashBody(request: OrderRequest): string {
  // The checked body has its fields in the contract's order, so equal requests have equal texts.
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}

/**
 * Stores an order whole or not at all, and starts its first attempt. After this the order survives anything. Answers
 * its id, or with a known key that of the order it stands for; throws what `storeOrder` throws, and `key_reused`.
 */
export async function placeOrder(
  deps: PlacingDeps,
  placing: { diner: FactoryOrder['diner']; request: OrderRequest; idempotencyKey: string | undefined },
): Promise<Placement> {
  const { diner, request, idempotencyKey } = placing;
  const bound = (key: string) => ({ dinerId: diner.id, key, bodyHash: hashBody(request) });
  const key = idempotencyKey === undefined ? undefined : bound(idempotencyKey);
  const known = key && (await findOrderOfKey(deps.db, key));
  if (known !== undefined) return { orderId: known, isReplay: true };
  try {
    const startedAtMs = performance.now();
    const stored = await storeOrder(deps, { diner, request, key });
    deps.metrics.placed(performance.now() - startedAtMs);
    await deps.attempts.start(stored);
    return { orderId: stored.claim.orderId, isReplay: false };
  } catch (error) {
    if (!(error instanceof KeyAlreadyBound) || !key) throw error;
    const orderId = await findOrderOfKey(deps.db, key);
    if (orderId === undefined) throw error;
    return { orderId, isReplay: true };
  }
}
