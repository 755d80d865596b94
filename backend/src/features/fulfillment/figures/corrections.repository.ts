import { sql } from 'kysely';
import type { Queryable } from '../../../database/transaction.ts';
import type { FiguresRow } from './figures.repository.ts';

/** How often the figures of a store were corrected. */
export async function countCorrections(db: Queryable, storeId: number): Promise<number> {
  const row = await db
    .selectFrom('figures_corrections')
    .select('corrections')
    .where('store_id', '=', storeId)
    .executeTakeFirst();
  return row?.corrections ?? 0;
}

/** Takes the right to the next correction; false when another was made since this many were counted. */
export async function takeCorrection(
  db: Queryable,
  correction: { storeId: number; after: number },
): Promise<boolean> {
  const { storeId, after } = correction;
  await db.insertInto('figures_corrections').ignore().values({ store_id: storeId, corrections: 0 }).execute();
  const result = await db
    .updateTable('figures_corrections')
    .set({ corrections: after + 1 })
    .where('store_id', '=', storeId)
    .where('corrections', '=', after)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Adds to the figures of one day of a store, or of an item there, what they lack; they may lack less than nothing. */
export async function addToFigures(
  db: Queryable,
  { storeId, lack }: { storeId: number; lack: FiguresRow },
): Promise<void> {
  const { day, menuId, orders, pizzas, revenue, late, failed } = lack;
  const table = sql.table(menuId === null ? 'store_day_figures' : 'store_item_day_figures');
  const key =
    menuId === null
      ? {
          columns: sql`store_id, day`,
          values: sql`${storeId}, ${day}`,
          is: sql`store_id = ${storeId} and day = ${day}`,
        }
      : {
          columns: sql`store_id, day, menu_id`,
          values: sql`${storeId}, ${day}, ${menuId}`,
          is: sql`store_id = ${storeId} and day = ${day} and menu_id = ${menuId}`,
        };
  const exactRevenue = sql`cast(${revenue} as decimal(20, 8))`;
  const added = (name: string, count: number) =>
    sql`${sql.ref(name)} = greatest(0, cast(${sql.ref(name)} as signed) + ${count})`;
  await sql`
    insert into ${table} (${key.columns}, orders, pizzas, revenue, late, failed)
    values (${key.values}, greatest(0, ${orders}), greatest(0, ${pizzas}), greatest(0, ${exactRevenue}),
      greatest(0, ${late}), greatest(0, ${failed}))
    on duplicate key update ${added('orders', orders)}, ${added('pizzas', pizzas)},
      revenue = greatest(0, revenue + ${exactRevenue}), ${added('late', late)}, ${added('failed', failed)}`.execute(
    db,
  );
  await sql`
    delete from ${table}
    where ${key.is} and orders = 0 and pizzas = 0 and revenue = 0 and late = 0 and failed = 0`.execute(db);
}
