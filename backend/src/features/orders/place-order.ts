import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { fieldError } from '#contract/field-errors.ts';
import type { placeOrder } from '#contract/orders.ts';
import { isDatabaseAway } from '../../database/database-errors.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Transaction } from '../../database/transaction.ts';
import { invalidInput, Refusal } from '../../errors.ts';
import type { Logger } from '../../observability/logger.ts';
import type { Franchises } from '../franchises/franchises.service.ts';
import type { Fulfillment } from '../fulfillment/orders/fulfillment.service.ts';
import type { Claim } from '../fulfillment/orders/order-transitions.repository.ts';
import type { Menu } from '../menu/menu.service.ts';
import { checkOrder, NO_STORE } from './check-order.ts';
import { countRecentOrders } from './diner-orders.repository.ts';
import {
  attachOrder,
  bindKey,
  findOrderOfKey,
  type IdempotencyKey,
  KeyAlreadyBound,
} from './idempotency.repository.ts';
import type { OrderMetrics } from './orders.metrics.ts';
import { insertOrder } from './orders.repository.ts';
import { agreeOnPrices } from './price-agreement.ts';
import { settleDoubt } from './unconfirmed-placement.ts';

export type OrderRequest = z.output<typeof placeOrder.body>;

export interface PlacingDeps {
  db: Database;
  menu: Menu;
  franchises: Franchises;
  fulfillment: Fulfillment;
  limits: OrderLimits;
  metrics: OrderMetrics;
  log: Logger;
}

/** For each diner; 0 is no limit (S25). */
export interface OrderLimits {
  perHour: number;
  open: number;
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
 * Stores an order whole or not at all, and starts its first attempt. After this the order survives anything. Throws
 * `invalid_input`, `store_closed`, `item_unavailable`, `price_changed`, `too_many_requests`, `key_reused`,
 * `key_in_use`.
 */
export async function storeOrder(
  parts: PlacingDeps,
  placing: { dinerId: number; request: OrderRequest; idempotencyKey: string | undefined },
): Promise<Placement> {
  const { dinerId, request, idempotencyKey } = placing;
  const key =
    idempotencyKey === undefined ? undefined : { dinerId, key: idempotencyKey, bodyHash: hashBody(request) };
  const known = key && (await findOrderOfKey(parts.db, key));
  if (known !== undefined) return { orderId: known, isReplay: true };
  try {
    const startedAtMs = performance.now();
    const claim = await commit(parts, { dinerId, request, key });
    parts.metrics.placed(performance.now() - startedAtMs);
    await parts.fulfillment.start(claim);
    return { orderId: claim.orderId, isReplay: false };
  } catch (error) {
    if (!(error instanceof KeyAlreadyBound) || !key) throw error;
    const orderId = await findOrderOfKey(parts.db, key);
    if (orderId === undefined) throw error;
    return { orderId, isReplay: true };
  }
}

interface Placing {
  dinerId: number;
  request: OrderRequest;
  key: IdempotencyKey | undefined;
}

/** Stores it and answers its first claim. A COMMIT whose answer was lost is settled by reading, never by guessing. */
async function commit(parts: PlacingDeps, placing: Placing): Promise<Claim> {
  let written: Claim | undefined;
  try {
    return await inTransaction(parts.db, async (transaction) => {
      written = undefined;
      written = await insertWhole(parts, transaction, placing);
      return written;
    });
  } catch (error) {
    if (!isDatabaseAway(error) || !written) throw error;
    const doubt = { orderId: written.orderId, hasKey: placing.key !== undefined };
    if (await settleDoubt(parts, doubt)) return written;
    throw error;
  }
}

async function insertWhole(parts: PlacingDeps, transaction: Transaction, placing: Placing): Promise<Claim> {
  const { dinerId, request, key } = placing;
  const { franchiseId, storeId } = request;
  if (key) await bindKey(transaction, key);
  await assertWithinLimits(parts.limits, transaction, dinerId);
  const { store, lines } = await checkOrder(parts, transaction, request);
  const unknown = lines
    .filter(({ problem }) => problem === 'unknown')
    .map(({ path }) => fieldError(`${path}.menuId`, 'not_on_menu'));
  if (!store) unknown.unshift(NO_STORE);
  if (!store || unknown.length > 0) throw invalidInput(unknown);
  if (!store.isOpen) throw new Refusal('store_closed', { message: `${store.name} is closed right now` });
  const pizzas = agreeOnPrices(lines);
  const order = { dinerId, franchiseId, storeId, pizzas, node: parts.fulfillment.node };
  const claim = await insertOrder(transaction, order);
  await parts.fulfillment.recordBirth(transaction, claim);
  if (key) await attachOrder(transaction, key, claim.orderId);
  return claim;
}

const OPEN_LIMIT_RETRY_SECONDS = 30;
const HOUR_LIMIT_RETRY_SECONDS = 600;

async function assertWithinLimits(
  limits: OrderLimits,
  transaction: Transaction,
  dinerId: number,
): Promise<void> {
  if (limits.perHour === 0 && limits.open === 0) return;
  const { lastHour, open } = await countRecentOrders(transaction, dinerId);
  if (limits.open > 0 && open >= limits.open) {
    const message = `${open} of your orders are not ready yet: wait for one of them`;
    throw new Refusal('too_many_requests', { message, retryAfterSeconds: OPEN_LIMIT_RETRY_SECONDS });
  }
  if (limits.perHour > 0 && lastHour >= limits.perHour) {
    const message = `${limits.perHour} orders an hour is the limit`;
    throw new Refusal('too_many_requests', { message, retryAfterSeconds: HOUR_LIMIT_RETRY_SECONDS });
  }
}

/** The limit of unfinished orders alone, for one that is tried again: it was counted in its hour already. */
export function assertOpenLimit(
  limits: OrderLimits,
  transaction: Transaction,
  dinerId: number,
): Promise<void> {
  return assertWithinLimits({ perHour: 0, open: limits.open }, transaction, dinerId);
}
