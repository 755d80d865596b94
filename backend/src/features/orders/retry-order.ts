import { bitcoinFromSatoshi } from '#contract/money.ts';
import type { Transaction } from '../../database/transaction.ts';
import { Refusal } from '../../errors.ts';
import { agreeOnOrder } from './agree-on-order.ts';
import type { CheckDeps, OrderRequest } from './check-order.ts';
import { assertWithinLimits, type LimitDeps } from './order-limits.ts';
import type { OrderRecord } from './orders.repository.ts';
import { lowerPrices } from './store-order.repository.ts';

/** The order as its diner would place it today: the prices of then are those they agreed to. */
function requestOf({ franchiseId, storeId, pizzas }: OrderRecord): OrderRequest {
  const items = pizzas.map(({ menuId, priceSatoshi, note }) => ({
    menuId,
    price: bitcoinFromSatoshi(priceSatoshi),
    quantity: 1,
    note,
  }));
  return { franchiseId, storeId, items };
}

/**
 * Checks whether a failed order may be tried again: as placing it would be checked, but for the limit of orders an
 * hour, in which it was counted already. The prices are agreed on as then: where the menu has become cheaper the order
 * does, too, and where it has become dearer it is refused. Throws what `agreeOnOrder` throws, `too_many_requests`, and
 * `state_conflict` for the order of a diner who has left.
 */
export async function agreeOnRetry(
  deps: CheckDeps & LimitDeps,
  transaction: Transaction,
  order: OrderRecord,
): Promise<void> {
  if (!(await deps.lockDiner(transaction, order.dinerId)))
    throw new Refusal('state_conflict', { message: 'the diner of this order has left' });
  const limits = { ...deps.limits, perHour: 0 };
  await assertWithinLimits({ ...deps, limits }, transaction, order.dinerId);
  const { pizzas: agreed } = await agreeOnOrder(deps, transaction, requestOf(order));
  await lowerPrices(transaction, { before: order, agreed });
}
