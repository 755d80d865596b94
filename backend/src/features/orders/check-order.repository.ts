import { type Satoshi, satoshiFromDecimal } from '#contract/money.ts';
import { databaseNow } from '../../database/lease-clock.ts';
import type { Queryable } from '../../database/transaction.ts';

/** An item of the menu as a store has it. */
export interface OrderableItem {
  id: number;
  title: string;
  priceSatoshi: Satoshi;
  isAvailable: boolean;
}

interface OrderQuery {
  franchiseId: number;
  storeId: number;
  menuIds: readonly number[];
}

/**
 * All an order is checked against, in one statement: the store, when it is one of the franchise and both are there, and
 * those of the items that are on the menu.
 */
export async function readStoreAndItems(db: Queryable, { franchiseId, storeId, menuIds }: OrderQuery) {
  const rows = await db
    .selectFrom('stores')
    .innerJoin('franchises', 'franchises.id', 'stores.franchise_id')
    .leftJoin('menu_items', (join) =>
      join.on('menu_items.id', 'in', [...menuIds]).on('menu_items.retired_at', 'is', null),
    )
    .leftJoin('store_sold_out', (join) =>
      join
        .onRef('store_sold_out.menu_id', '=', 'menu_items.id')
        .onRef('store_sold_out.store_id', '=', 'stores.id'),
    )
    .select([
      ...(['stores.id', 'stores.name', 'franchises.name as franchise_name'] as const),
      ...(['stores.time_zone', 'stores.opening_hours', 'stores.paused_until', 'stores.archived_at'] as const),
      ...(['menu_items.id as menu_id', 'menu_items.title', 'menu_items.price'] as const),
      ...(['menu_items.is_available', 'store_sold_out.store_id as sold_out_in'] as const),
      databaseNow.as('now'),
    ])
    .where('stores.id', '=', storeId)
    .where('stores.franchise_id', '=', franchiseId)
    .where('stores.archived_at', 'is', null)
    .where('franchises.closed_at', 'is', null)
    .execute();
  const items = new Map<number, OrderableItem>();
  for (const { menu_id: id, title, price, is_available, sold_out_in } of rows) {
    if (id === null || title === null || price === null) continue;
    const isAvailable = Boolean(is_available) && sold_out_in === null;
    items.set(id, { id, title, priceSatoshi: satoshiFromDecimal(price), isAvailable });
  }
  return { store: rows[0], items };
}
