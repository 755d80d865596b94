import { fieldError } from '#contract/field-errors.ts';
import { bitcoinFromSatoshi } from '#contract/money.ts';
import { CommitInDoubt } from '../../database/database-errors.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Transaction } from '../../database/transaction.ts';
import { invalidInput, Refusal } from '../../errors.ts';
import type { Logger } from '../../observability/logger.ts';
import type { AttemptRunner, FirstAttempt } from '../fulfillment/orders/attempt-runner.ts';
import type { Claim } from '../fulfillment/orders/order-transitions.repository.ts';
import type { OrderTransitions } from '../fulfillment/orders/order-transitions.ts';
import type { FactoryOrder } from '../fulfillment/pizzas/pizza-factory.client.ts';
import { type CheckDeps, checkOrder, NO_STORE, type OrderRequest } from './check-order.ts';
import { attachOrder, bindKey, type OrderKey } from './idempotency.repository.ts';
import { assertWithinLimits, type OrderLimits } from './order-limits.ts';
import { insertOrder } from './orders.repository.ts';
import { agreeOnPrices, type PricedPizza } from './price-agreement.ts';

export interface StoringDeps extends CheckDeps {
  db: Database;
  log: Logger;
  node: string;
  attempts: AttemptRunner;
  transitions: OrderTransitions;
  limits: OrderLimits;
}

interface Storing {
  diner: FactoryOrder['diner'];
  request: OrderRequest;
  key: OrderKey;
}

/** An order that was stored, how it was born, and what the factory needs to know of it. */
export interface StoredOrder {
  claim: Claim;
  first: FirstAttempt;
  order: FactoryOrder;
}

const RETRY_AFTER_SECONDS = 1;

/** The key stands for an order already, or for one that was found not to be stored. */
export class KeyTaken extends Error {}

/** The answer to COMMIT was lost: this is the order that was stored, if it was. It keeps its slot. */
export class InDoubt extends Error {
  readonly stored: StoredOrder;

  constructor(stored: StoredOrder, cause: CommitInDoubt) {
    super(cause.message, { cause });
    this.stored = stored;
  }
}

/**
 * Stores an order with its key and its first row of history in one transaction, or nothing: with a slot for its first
 * attempt, or waiting. Throws `invalid_input`, `store_closed`, `item_unavailable`, `price_changed`,
 * `too_many_requests`, `key_in_use`, KeyTaken and InDoubt.
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
      await bind(transaction, storing.key);
      const pizzas = await priceOrder(deps, transaction, storing);
      // Not before: an order that is refused, or waits for a connection, must not keep a slot from another.
      const reserved = deps.attempts.reserveSlot();
      first = reserved;
      stored = await insert(deps, transaction, { ...storing, pizzas, first: reserved });
      return stored;
    });
  } catch (error) {
    if (stored && error instanceof CommitInDoubt) throw new InDoubt(stored, error);
    forget();
    throw error;
  }
}

async function bind(transaction: Transaction, key: OrderKey): Promise<void> {
  const binding = await bindKey(transaction, key);
  if (binding === 'taken') throw new KeyTaken();
  if (binding === 'bound') return;
  throw new Refusal('key_in_use', {
    message: 'the first request with this key is still being stored',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

/** Answers the pizzas as they will be charged; throws when the order may not be placed now. */
async function priceOrder(
  deps: StoringDeps,
  transaction: Transaction,
  { diner, request }: Storing,
): Promise<PricedPizza[]> {
  await assertWithinLimits(deps.limits, transaction, diner.id);
  const { store, lines } = await checkOrder(deps, transaction, request);
  const unknown = lines
    .filter(({ problem }) => problem === 'unknown')
    .map(({ path }) => fieldError(`${path}.menuId`, 'not_on_menu'));
  if (!store) unknown.unshift(NO_STORE);
  if (!store || unknown.length > 0) throw invalidInput(unknown);
  if (!store.isOpen) throw new Refusal('store_closed', { message: `${store.name} is closed right now` });
  return agreeOnPrices(lines);
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
  await attachOrder(transaction, key, claim.orderId);
  const items = pizzas.map(({ menuId, title, note, priceSatoshi }) => ({
    menuId,
    title,
    note,
    price: bitcoinFromSatoshi(priceSatoshi),
  }));
  return { claim, first, order: { diner, order: { id: claim.orderId, franchiseId, storeId, items } } };
}
