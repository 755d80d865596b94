import type { Queryable } from '../../database/transaction.ts';

export interface StoreChanges {
  name?: string;
  timeZone?: string;
  /** As JSON; null is always open. */
  openingHours?: string | null;
  pausedUntil?: Date | null;
}

export async function updateStore(db: Queryable, storeId: number, changes: StoreChanges): Promise<void> {
  const columns = {
    ...(changes.name !== undefined && { name: changes.name }),
    ...(changes.timeZone !== undefined && { time_zone: changes.timeZone }),
    ...(changes.openingHours !== undefined && { opening_hours: changes.openingHours }),
    ...(changes.pausedUntil !== undefined && { paused_until: changes.pausedUntil }),
  };
  if (Object.keys(columns).length === 0) return;
  await db
    .updateTable('stores')
    .set((eb) => ({ ...columns, version: eb('version', '+', 1) }))
    .where('id', '=', storeId)
    .execute();
}

/** Locks a store's row, so that what is decided about it is decided one at a time. */
export async function lockStore(db: Queryable, storeId: number): Promise<void> {
  await db.selectFrom('stores').select('id').where('id', '=', storeId).forUpdate().execute();
}

/** What is sold out in each of these stores. */
export async function findSoldOut(
  db: Queryable,
  storeIds: readonly number[],
): Promise<{ storeId: number; menuId: number }[]> {
  if (storeIds.length === 0) return [];
  const rows = await db
    .selectFrom('store_sold_out')
    .select(['store_id', 'menu_id'])
    .where('store_id', 'in', [...storeIds])
    .orderBy('menu_id')
    .execute();
  return rows.map(({ store_id, menu_id }) => ({ storeId: store_id, menuId: menu_id }));
}

/** Archives a store, so that its orders keep it; one that never had an order is deleted. */
export async function removeStore(db: Queryable, storeId: number, now: Date): Promise<void> {
  // Orders lock the store's row while they are placed, so none can slip in between these statements.
  await lockStore(db, storeId);
  const order = await db
    .selectFrom('orders')
    .select('id')
    .where('store_id', '=', storeId)
    .limit(1)
    .executeTakeFirst();
  if (order) {
    await db.updateTable('stores').set({ archived_at: now }).where('id', '=', storeId).execute();
    return;
  }
  await db.deleteFrom('store_sold_out').where('store_id', '=', storeId).execute();
  await db.deleteFrom('stores').where('id', '=', storeId).execute();
}

export async function insertSoldOut(db: Queryable, row: { storeId: number; menuId: number }): Promise<void> {
  await db
    .insertInto('store_sold_out')
    .ignore()
    .values({ store_id: row.storeId, menu_id: row.menuId })
    .execute();
}

export async function deleteSoldOut(db: Queryable, row: { storeId: number; menuId: number }): Promise<void> {
  await db
    .deleteFrom('store_sold_out')
    .where('store_id', '=', row.storeId)
    .where('menu_id', '=', row.menuId)
    .execute();
}
