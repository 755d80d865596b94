import { decimalFromSatoshi, satoshiFromBitcoin } from '#contract/money.ts';
import type { Queryable } from '../database/transaction.ts';
import { DEMO_FRANCHISES, DEMO_MENU } from './demo-data.ts';

export async function insertDemoMenu(db: Queryable): Promise<void> {
  await db
    .insertInto('menu_items')
    .values(
      DEMO_MENU.map((item, index) => ({
        title: item.title,
        description: item.description,
        image: `/pictures/${item.picture}.webp`,
        price: decimalFromSatoshi(satoshiFromBitcoin(item.price)),
        position: index + 1,
      })),
    )
    .execute();
}

/** Answers the ids of the franchises in the order of the demo's list. */
export async function insertDemoFranchises(db: Queryable): Promise<number[]> {
  const ids: number[] = [];
  for (const franchise of DEMO_FRANCHISES) {
    const inserted = await db
      .insertInto('franchises')
      .values({ name: franchise.name })
      .executeTakeFirstOrThrow();
    const id = Number(inserted.insertId);
    await db
      .insertInto('stores')
      .values(franchise.stores.map((name) => ({ franchise_id: id, name })))
      .execute();
    ids.push(id);
  }
  return ids;
}
