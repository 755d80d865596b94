import { type Satoshi, satoshiFromDecimal } from '#contract/money.ts';
import type { Queryable } from '../../database/transaction.ts';

export interface MenuRecord {
  id: number;
  title: string;
  description: string;
  image: string;
  priceSatoshi: Satoshi;
  isAvailable: boolean;
}

function currentItems(db: Queryable) {
  return db
    .selectFrom('menu_items')
    .select(['id', 'title', 'description', 'image', 'price', 'is_available'])
    .where('retired_at', 'is', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof currentItems>['execute']>>[number];

function toRecord(row: Row): MenuRecord {
  const { id, title, description, image } = row;
  return {
    id,
    title,
    description,
    image,
    priceSatoshi: satoshiFromDecimal(row.price),
    isAvailable: Boolean(row.is_available),
  };
}

/** The whole menu in its order. */
export async function findMenu(db: Queryable): Promise<MenuRecord[]> {
  return (await currentItems(db).orderBy('position').orderBy('id').execute()).map(toRecord);
}

/** The items of these ids that are on the menu, and those of them that are sold out in the store. */
export async function findItemsForStore(
  db: Queryable,
  query: { menuIds: readonly number[]; storeId: number },
): Promise<Map<number, MenuRecord>> {
  const rows = await currentItems(db)
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('store_sold_out')
            .select('store_sold_out.menu_id')
            .whereRef('store_sold_out.menu_id', '=', 'menu_items.id')
            .where('store_sold_out.store_id', '=', query.storeId),
        )
        .as('is_sold_out'),
    )
    .where('id', 'in', [...query.menuIds])
    .execute();
  return new Map(
    rows.map((row) => {
      const record = toRecord(row);
      return [row.id, { ...record, isAvailable: record.isAvailable && !row.is_sold_out }];
    }),
  );
}
