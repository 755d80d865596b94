import { fieldError } from '#contract/field-errors.ts';
import { bitcoinFromSatoshi, satoshiFromBitcoin, sumSatoshi, toSatoshi } from '#contract/money.ts';
import type { OrderedItem } from '#contract/orders.ts';
import { invalidInput } from '../../errors.ts';
import type { MenuRecord } from '../menu/menu.repository.ts';
import type { OrderRequest, PlacingParts } from './place-order.ts';

type Problem = 'unknown' | 'sold_out' | 'price_changed';

function findProblem(item: OrderedItem, menuItem: MenuRecord | undefined): Problem | undefined {
  if (!menuItem) return 'unknown';
  if (!menuItem.isAvailable) return 'sold_out';
  const isDearer = item.price !== undefined && satoshiFromBitcoin(item.price) < menuItem.priceSatoshi;
  return isDearer ? 'price_changed' : undefined;
}

/** What placing this order now would check, line by line; stores nothing. Throws `invalid_input` for a foreign store. */
export async function quoteOrder(
  { db, franchises, menu }: Pick<PlacingParts, 'db' | 'franchises' | 'menu'>,
  request: OrderRequest,
) {
  const { franchiseId, storeId, items } = request;
  const store = await franchises.findStoreForOrder(db, { franchiseId, storeId });
  if (!store) throw invalidInput([fieldError('storeId', 'not_store_of_franchise')]);
  const menuIds = [...new Set(items.map(({ menuId }) => menuId))];
  const known = await menu.findItemsForStore(db, { menuIds, storeId });
  const lines = items.map((item) => {
    const menuItem = known.get(item.menuId);
    const problem = findProblem(item, menuItem);
    const priceSatoshi = menuItem?.priceSatoshi ?? toSatoshi(0);
    return { item, menuItem, problem, priceSatoshi };
  });
  const orderable = lines.filter(({ problem }) => problem === undefined || problem === 'price_changed');
  return {
    canOrder: store.isOpen && lines.every(({ problem }) => problem === undefined),
    store,
    items: lines.map(({ item, menuItem, problem, priceSatoshi }) => ({
      menuId: item.menuId,
      title: menuItem?.title ?? '',
      price: bitcoinFromSatoshi(priceSatoshi),
      quantity: item.quantity,
      ...(problem && { problem }),
    })),
    total: bitcoinFromSatoshi(
      sumSatoshi(orderable.map(({ item, priceSatoshi }) => toSatoshi(priceSatoshi * item.quantity))),
    ),
  };
}
