import { decimalFromSatoshi, type Satoshi, satoshiFromDecimal } from '#contract/money.ts';
import type { Queryable } from '../../database/transaction.ts';

export interface MenuRecord {
  id: number;
  title: string;
  description: string;
  image: string;
  priceSatoshi: Satoshi;
  /** Not sold out everywhere, nor in the store that was asked for. */
  isAvailable: boolean;
  version: number;
}

/** Items on the menu; with a store, whether they are sold out there. */
function currentItems(db: Queryable, storeId: number | undefined) {
  return db
    .selectFrom('menu_items')
    .leftJoin('store_sold_out', (join) =>
      join
        .onRef('store_sold_out.menu_id', '=', 'menu_items.id')
        .on('store_sold_out.store_id', '=', storeId ?? 0),
    )
    .select([
      'id',
      'title',
      'description',
      'image',
      'price',
      'is_available',
      'version',
      'store_sold_out.store_id as sold_out_in',
    ])
    .where('retired_at', 'is', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof currentItems>['execute']>>[number];

function toRecord(row: Row): MenuRecord {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    image: row.image,
    priceSatoshi: satoshiFromDecimal(row.price),
    isAvailable: Boolean(row.is_available) && row.sold_out_in === null,
    version: row.version,
  };
}

/** The whole menu in its order, as a store has it when one is given. */
export async function findMenu(db: Queryable, storeId?: number): Promise<MenuRecord[]> {
  return (await currentItems(db, storeId).orderBy('position').orderBy('id').execute()).map(toRecord);
}

/** The items of these ids that are on the menu, as a store has them. */
export async function findItemsForStore(
  db: Queryable,
  query: { menuIds: readonly number[]; storeId: number },
): Promise<Map<number, MenuRecord>> {
  const rows = await currentItems(db, query.storeId)
    .where('id', 'in', [...query.menuIds])
    .execute();
  return new Map(rows.map((row) => [row.id, toRecord(row)]));
}

/** Adds an item at the end of the menu; answers its id. */
export async function insertItem(
  db: Queryable,
  item: { title: string; description: string; image: string; priceSatoshi: Satoshi },
): Promise<number> {
  const last = await db
    .selectFrom('menu_items')
    .select((eb) => eb.fn.max('position').as('position'))
    .executeTakeFirst();
  const inserted = await db
    .insertInto('menu_items')
    .values({
      title: item.title,
      description: item.description,
      image: item.image,
      price: decimalFromSatoshi(item.priceSatoshi),
      position: Number(last?.position ?? 0) + 1,
    })
    .executeTakeFirstOrThrow();
  return Number(inserted.insertId);
}

/** Locks an item of the menu and answers it, or undefined when there is none of this id. */
export async function lockItem(db: Queryable, id: number): Promise<MenuRecord | undefined> {
  await db.selectFrom('menu_items').select('id').where('id', '=', id).forUpdate().execute();
  const row = await currentItems(db, undefined).where('id', '=', id).executeTakeFirst();
  return row && toRecord(row);
}

interface ItemChanges {
  title?: string | undefined;
  description?: string | undefined;
  image?: string | undefined;
  priceSatoshi?: Satoshi;
  isAvailable?: boolean;
}

export async function updateItem(db: Queryable, id: number, changes: ItemChanges): Promise<void> {
  const { title, description, image, priceSatoshi, isAvailable } = changes;
  const columns = {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(image !== undefined && { image }),
    ...(priceSatoshi !== undefined && { price: decimalFromSatoshi(priceSatoshi) }),
    ...(isAvailable !== undefined && { is_available: isAvailable }),
  };
  if (Object.keys(columns).length === 0) return;
  await db
    .updateTable('menu_items')
    .set((eb) => ({ ...columns, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function retireItem(db: Queryable, id: number, now: Date): Promise<void> {
  await db.updateTable('menu_items').set({ retired_at: now }).where('id', '=', id).execute();
}

export async function moveItem(db: Queryable, id: number, position: number): Promise<void> {
  await db.updateTable('menu_items').set({ position }).where('id', '=', id).execute();
}
