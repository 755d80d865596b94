import { decimalFromSatoshi, sumSatoshi } from '#contract/money.ts';
import { FIRST_FENCE, inMs, leaseEnd } from '../../database/lease-clock.ts';
import type { Queryable } from '../../database/transaction.ts';
import type { Birth } from '../fulfillment/orders/order-transitions.repository.ts';
import type { OrderRecord } from './orders.repository.ts';
import type { PricedPizza } from './price-agreement.ts';

interface NewOrder {
  dinerId: number;
  franchiseId: number;
  storeId: number;
  pizzas: readonly PricedPizza[];
  /** By the database's clock. */
  placedAt: Date;
  /** The node that makes the first attempt, if it is born claimed for one. */
  node: string;
  birth: Birth;
}

/** Stores an order with its pizzas, claimed for its first attempt or waiting; answers all of it but names. */
export async function insertOrder(
  db: Queryable,
  order: NewOrder,
): Promise<Omit<OrderRecord, 'franchiseName' | 'storeName'>> {
  const { birth, placedAt } = order;
  const isClaimed = birth.to === 'making';
  const reason = isClaimed ? null : birth.cause;
  const totalSatoshi = sumSatoshi(order.pizzas.map(({ priceSatoshi }) => priceSatoshi));
  const inserted = await db
    .insertInto('orders')
    .values({
      diner_id: order.dinerId,
      franchise_id: order.franchiseId,
      store_id: order.storeId,
      state: birth.to,
      reason,
      total: decimalFromSatoshi(totalSatoshi),
      pizzas: order.pizzas.length,
      fence: FIRST_FENCE,
      lease_node: isClaimed ? order.node : null,
      lease_until: isClaimed ? leaseEnd : null,
      next_attempt_at: isClaimed ? null : inMs(birth.delayMs),
      placed_at: placedAt,
      patience_since: placedAt,
    })
    .executeTakeFirstOrThrow();
  const orderId = Number(inserted.insertId);
  await db
    .insertInto('order_items')
    .values(
      order.pizzas.map((pizza, index) => ({
        order_id: orderId,
        position: index + 1,
        menu_id: pizza.menuId,
        title: pizza.title,
        price: decimalFromSatoshi(pizza.priceSatoshi),
        note: pizza.note || null,
      })),
    )
    .execute();
  const { dinerId, franchiseId, storeId } = order;
  return {
    ...{ id: orderId, dinerId, franchiseId, storeId, totalSatoshi, placedAt, reason },
    ...{ state: birth.to, fence: FIRST_FENCE, jwt: null, answeredFailures: 0, patienceSince: placedAt },
    pizzas: [...order.pizzas],
  };
}

/** Brings an order down to prices that are lower than those it was placed at; titles stay as they were. */
export async function lowerPrices(
  db: Queryable,
  { before, agreed }: { before: OrderRecord; agreed: readonly PricedPizza[] },
): Promise<void> {
  const cheaper = agreed
    .map(({ priceSatoshi }, index) => ({ priceSatoshi, index }))
    .filter(({ priceSatoshi, index }) => priceSatoshi !== before.pizzas[index]?.priceSatoshi);
  if (cheaper.length === 0) return;
  for (const { priceSatoshi, index } of cheaper) {
    await db
      .updateTable('order_items')
      .set({ price: decimalFromSatoshi(priceSatoshi) })
      .where('order_id', '=', before.id)
      .where('position', '=', index + 1)
      .execute();
  }
  const total = decimalFromSatoshi(sumSatoshi(agreed.map(({ priceSatoshi }) => priceSatoshi)));
  await db.updateTable('orders').set({ total }).where('id', '=', before.id).execute();
}
