import type { z } from 'zod';
import { fieldError } from '#contract/field-errors.ts';
import { satoshiFromBitcoin } from '#contract/money.ts';
import type { OrderedItem, placeOrder } from '#contract/orders.ts';
import type { Queryable } from '../../database/transaction.ts';
import type { Franchises } from '../franchises/franchises.service.ts';
import type { Menu } from '../menu/menu.service.ts';
import { type OrderableItem, readStoreAndItems } from './check-order.repository.ts';

export type OrderRequest = z.output<typeof placeOrder.body>;

/** Those who know what an order is checked against. */
export interface CheckDeps {
  menu: Menu;
  franchises: Franchises;
}

/** The store of an order. */
export interface CheckedStore {
  id: number;
  name: string;
  franchiseName: string;
  isOpen: boolean;
  /** The database's time of this check. */
  now: Date;
}

type LineProblem = 'unknown' | 'sold_out' | 'price_changed';

/** One line of an order beside what the menu says of it. */
export interface OrderLine {
  /** Where it stands in the request. */
  path: string;
  item: OrderedItem;
  /** Undefined when it is not on the menu. */
  menuItem: OrderableItem | undefined;
  problem: LineProblem | undefined;
}

/** An error of the field `storeId`, for a store that is not there. */
export const NO_STORE = fieldError('storeId', 'not_store_of_franchise');

function findProblem(item: OrderedItem, menuItem: OrderableItem | undefined): LineProblem | undefined {
  if (!menuItem) return 'unknown';
  if (!menuItem.isAvailable) return 'sold_out';
  const isDearer = item.price !== undefined && satoshiFromBitcoin(item.price) < menuItem.priceSatoshi;
  return isDearer ? 'price_changed' : undefined;
}

/** Compares each item with the menu: whether it is there, is available and costs no more than the diner agreed to. */
export function checkLines(
  items: readonly OrderedItem[],
  menu: ReadonlyMap<number, OrderableItem>,
): OrderLine[] {
  return items.map((item, index) => {
    const menuItem = menu.get(item.menuId);
    return { path: `items.${index}`, item, menuItem, problem: findProblem(item, menuItem) };
  });
}

/**
 * The one check of an order, for a quote and for placing. Answers the store, or undefined when it is none of the
 * franchise, and every line with what is wrong with it; throws nothing, because the two tell it in different ways.
 */
export async function checkOrder(
  { franchises, menu }: CheckDeps,
  db: Queryable,
  { franchiseId, storeId, items }: OrderRequest,
): Promise<{ store: CheckedStore | undefined; lines: OrderLine[] }> {
  const menuIds = [...new Set(items.map(({ menuId }) => menuId))];
  const { store, items: known } = await readStoreAndItems(db, { franchiseId, storeId, menuIds });
  if (!store) {
    // Whoever names a wrong store is told of wrong items all the same.
    return { store, lines: checkLines(items, await menu.findItemsForStore(db, { menuIds, storeId })) };
  }
  const { id, name, franchise_name: franchiseName, now } = store;
  const isOpen = franchises.isStoreOpen(store);
  return { store: { id, name, franchiseName, isOpen, now }, lines: checkLines(items, known) };
}
