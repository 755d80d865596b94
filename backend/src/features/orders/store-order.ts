import { bitcoinFromSatoshi } from '#contract/money.ts';
import { isDatabaseAway } from '../../database/database-errors.ts';
import { inTransaction, type Transaction } from '../../database/transaction.ts';
import type { AttemptRunner, FirstAttempt } from '../fulfillment/orders/attempt-runner.ts';
import type { Claim } from '../fulfillment/orders/order-transitions.repository.ts';
import type { OrderTransitions } from '../fulfillment/orders/order-transitions.ts';
import type { FactoryOrder } from '../fulfillment/pizzas/pizza-factory.client.ts';
import { agreeOnOrder } from './agree-on-order.ts';
import type { CheckDeps, OrderRequest } from './check-order.ts';
import { attachOrder, bindKey, type IdempotencyKey } from './idempotency.repository.ts';
import { assertWithinLimits, type OrderLimits } from './order-limits.ts';
import { insertOrder } from './orders.repository.ts';
import type { PricedPizza } from './price-agreement.ts';
import { type DoubtDeps, settleDoubt } from './unconfirmed-placement.ts';

export interface StoringDeps extends DoubtDeps, CheckDeps {
  attempts: AttemptRunner;
  transitions: OrderTransitions;
  limits: OrderLimits;
}

interface Storing {
  diner: FactoryOrder['diner'];
  request: OrderRequest;
  key: IdempotencyKey | undefined;
}

/** An order that was stored, how it was born, and what the factory needs to know of it. */
interface StoredOrder {
  claim: Claim;
  first: FirstAttempt;
  order: FactoryOrder;
}

/**
 * Stores an order with its key and its first row of history in one transaction, or nothing: with a slot for its first
 * attempt, or waiting. A COMMIT whose answer was lost is settled by reading, never by guessing. Throws `invalid_input`,
 * `store_closed`, `item_unavailable`, `price_changed`, `too_many_requests`, `key_in_use`, and KeyAlreadyBound.
 */
export async function storeOrder(deps: StoringDeps, storing: Storing): Promise<StoredOrder> {
  let first: FirstAttempt | undefined;
  let stored: StoredOrder | undefined;
  const forget = (): void => {
    if (first) deps.attempts.releaseSlot(first);
    first = undefined;
    stored = undefined;
  };
  try {
    return await inTransaction(deps.db, async (transaction) => {
      // A conflict replays all of this.
      forget();
      if (storing.key) await bindKey(transaction, storing.key);
      const pizzas = await priceOrder(deps, transaction, storing);
      // Not before: an order that is refused, or waits for a connection, must not keep a slot from another.
      const reserved = deps.attempts.reserveSlot();
      first = reserved;
      stored = await insert(deps, transaction, { ...storing, pizzas, first: reserved });
      return stored;
    });
  } catch (error) {
    if (stored && isDatabaseAway(error)) {
      const doubt = { orderId: stored.claim.orderId, hasKey: storing.key !== undefined };
      if (await settleDoubt(deps, doubt)) return stored;
    }
    forget();
    throw error;
  }
}

/** Answers the pizzas as they will be charged; throws when the order may not be placed now. */
async function priceOrder(
  deps: StoringDeps,
  transaction: Transaction,
  { diner, request }: Storing,
): Promise<PricedPizza[]> {
  await assertWithinLimits(deps.limits, transaction, diner.id);
  return agreeOnOrder(deps, transaction, request);
}

async function insert(
  { node, transitions }: StoringDeps,
  transaction: Transaction,
  { diner, request, key, pizzas, first }: Storing & { pizzas: PricedPizza[]; first: FirstAttempt },
): Promise<StoredOrder> {
  const { franchiseId, storeId } = request;
  const row = { dinerId: diner.id, franchiseId, storeId, pizzas, node, birth: first };
  const claim = await insertOrder(transaction, row);
  await transitions.recordBirth(transaction, claim, first);
  if (key) await attachOrder(transaction, key, claim.orderId);
  const items = pizzas.map(({ menuId, title, priceSatoshi }) => ({
    menuId,
    description: title,
    price: bitcoinFromSatoshi(priceSatoshi),
  }));
  return { claim, first, order: { diner, order: { id: claim.orderId, franchiseId, storeId, items } } };
}
