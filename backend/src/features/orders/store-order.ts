import { bitcoinFromSatoshi } from '#contract/money.ts';
import { CommitInDoubt } from '../../database/database-errors.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Transaction } from '../../database/transaction.ts';
import { Refusal, unauthorized } from '../../errors.ts';
import type { Logger } from '../../observability/logger.ts';
import type { AttemptRunner, FirstAttempt, NewbornOrder } from '../fulfillment/orders/attempt-runner.ts';
import type { OrderTransitions } from '../fulfillment/orders/order-transitions.ts';
import type { FactoryOrder } from '../fulfillment/pizzas/pizza-factory.client.ts';
import { agreeOnOrder } from './agree-on-order.ts';
import type { CheckDeps, OrderRequest } from './check-order.ts';
import { attachOrder, bindKey, type OrderKey } from './idempotency.repository.ts';
import { assertWithinLimits, type LimitDeps } from './order-limits.ts';
import type { OrderRecord } from './orders.repository.ts';
import { insertOrder } from './store-order.repository.ts';

export interface StoringDeps extends CheckDeps, LimitDeps {
  db: Database;
  log: Logger;
  node: string;
  attempts: AttemptRunner;
  transitions: OrderTransitions;
}

interface Storing {
  diner: FactoryOrder['diner'];
  request: OrderRequest;
  key: OrderKey;
}

/** An order that was stored, and everything that is known of it, so that nobody has to read it back. */
export interface StoredOrder extends NewbornOrder {
  record: OrderRecord;
}

type AgreedOrder = Awaited<ReturnType<typeof agreeOnOrder>>;

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
 * `too_many_requests`, `unauthorized` for a diner who was deleted meanwhile, `key_in_use`, KeyTaken and InDoubt.
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
      await assertWithinLimits(deps, transaction, storing.diner.id);
      const agreed = await agreeOnOrder(deps, transaction, storing.request);
      // Not before: an order that is refused, or waits for a connection, must not keep a slot from another.
      const reserved = deps.attempts.reserveSlot();
      first = reserved;
      stored = await insert(deps, transaction, { ...storing, agreed, first: reserved });
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

async function insert(
  deps: StoringDeps,
  transaction: Transaction,
  storing: Storing & { agreed: AgreedOrder; first: FirstAttempt },
): Promise<StoredOrder> {
  const { diner, request, key, first, agreed } = storing;
  const { franchiseId, storeId } = request;
  const { store, pizzas } = agreed;
  const placedAt = store.now;
  const row = { dinerId: diner.id, franchiseId, storeId, pizzas, placedAt, node: deps.node, birth: first };
  const record = await insertOrder(transaction, row);
  const claim = { orderId: record.id, fence: record.fence };
  await deps.transitions.recordBirth(transaction, claim, first);
  if (!(await attachOrder(transaction, key, record.id))) throw unauthorized();
  const items = pizzas.map(({ menuId, title, note, priceSatoshi }) => ({
    menuId,
    title,
    note,
    price: bitcoinFromSatoshi(priceSatoshi),
  }));
  return {
    claim,
    first,
    order: { diner, order: { id: record.id, franchiseId, storeId, items } },
    sale: { pizzas: pizzas.length, total: record.totalSatoshi, placedAt },
    record: { ...record, franchiseName: store.franchiseName, storeName: store.name },
  };
}
