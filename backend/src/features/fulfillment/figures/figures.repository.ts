import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../../../database/transaction.ts';
import {
  addedToDays,
  addedToItemDays,
  dayColumns,
  isLate,
  isUnfolded,
  ourCauses,
} from './counted-transitions.repository.ts';
import { dayOf } from './store-days.ts';

/**
 * Orders that count, each with the day of the transition into the state it is in: that transition carries the order's
 * present fence.
 */
function settledOrders(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select o.id, s.time_zone, ${dayColumns}, o.state = 'ready' as made, o.pizzas, o.total,
      o.state = 'ready' and ${isLate} as late
    from orders o join stores s on s.id = o.store_id
      join order_transitions d on d.order_id = o.id and d.fence = o.fence
    where ${which} and (o.state = 'ready' or (o.state = 'failed' and d.cause not in (${ourCauses})))
  )`;
}

function dayFigures(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select s.time_zone, s.day, s.minute, sum(s.made) as orders, sum(if(s.made, s.pizzas, 0)) as pizzas,
      sum(if(s.made, s.total, 0)) as revenue, sum(s.late) as late, sum(not s.made) as failed
    from ${settledOrders(which)} s group by s.time_zone, s.day, s.minute
  )`;
}

function itemDayFigures(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select s.time_zone, s.day, s.minute, i.menu_id, count(distinct if(s.made, s.id, null)) as orders,
      sum(s.made) as pizzas, sum(if(s.made, i.price, 0)) as revenue, count(distinct if(s.late, s.id, null)) as late,
      count(distinct if(s.made, null, s.id)) as failed
    from ${settledOrders(which)} s join order_items i on i.order_id = s.id
    group by s.time_zone, s.day, s.minute, i.menu_id
  )`;
}

/** Every store there is, or that has figures; one of which only figures are left has no name. */
export async function findStoresWithFigures(db: Queryable): Promise<{ id: number; name: string | null }[]> {
  const { rows } = await sql<{ id: number; name: string | null }>`
    select f.id, s.name from (
      select id from stores union select store_id from store_day_figures
      union select store_id from store_item_day_figures
    ) f left join stores s on s.id = f.id order by f.id`.execute(db);
  return rows;
}

/** Whether it is one of them. */
export async function hasFigures(db: Queryable, storeId: number): Promise<boolean> {
  const { rows } = await sql`
    select id from stores where id = ${storeId}
    union all (select store_id from store_day_figures where store_id = ${storeId} limit 1)
    union all (select store_id from store_item_day_figures where store_id = ${storeId} limit 1)`.execute(db);
  return rows.length > 0;
}

export interface FiguresRow {
  day: string;
  /** Null for the whole store. */
  menuId: number | null;
  orders: number;
  pizzas: number;
  revenue: string;
  late: number;
  failed: number;
}

const FIGURES = sql`f.orders, f.pizzas, f.revenue, f.late, f.failed`;
const foldedColumns = sql`null as timeZone, cast(f.day as char) as day, null as minute, ${FIGURES}`;
const countedColumns = sql`f.time_zone as timeZone, cast(f.day as char) as day, f.minute, ${FIGURES}`;

type CountedRow = Record<'day' | 'timeZone', string | null> &
  Record<'menuId' | 'minute', string | number | null> &
  Record<'orders' | 'pizzas' | 'revenue' | 'late' | 'failed', string | number>;

/** Rows of several minutes may be of one day. */
async function readRows(db: Queryable, query: RawBuilder<unknown>): Promise<FiguresRow[]> {
  const { rows } = await (query as RawBuilder<CountedRow>).execute(db);
  return rows.map((row) => ({
    day: dayOf(row),
    menuId: row.menuId === null ? null : Number(row.menuId),
    orders: Number(row.orders),
    pizzas: Number(row.pizzas),
    revenue: String(row.revenue),
    late: Number(row.late),
    failed: Number(row.failed),
  }));
}

/** A store's figures: those that are stored, and in the same statement what its unfolded transitions add to them. */
export function readStoreFigures(db: Queryable, storeId: number): Promise<FiguresRow[]> {
  const tail = sql`${isUnfolded} and o.store_id = ${storeId}`;
  return readRows(
    db,
    sql`
      select null as menuId, ${foldedColumns} from store_day_figures f where f.store_id = ${storeId}
      union all select f.menu_id, ${foldedColumns} from store_item_day_figures f where f.store_id = ${storeId}
      union all select null, ${countedColumns} from ${addedToDays(tail)} f
      union all select f.menu_id, ${countedColumns} from ${addedToItemDays(tail)} f`,
  );
}

/** Orders of one store with ids above `afterId`, up to and with `untilId` if there is one. */
export interface OrdersOfStore {
  storeId: number;
  afterId: number;
  untilId?: number | undefined;
}

/** The figures of some orders of a store, as they say themselves. */
export function readActualFigures(
  db: Queryable,
  { storeId, afterId, untilId }: OrdersOfStore,
): Promise<FiguresRow[]> {
  const until = untilId === undefined ? sql`` : sql` and o.id <= ${untilId}`;
  const which = sql`o.store_id = ${storeId} and o.id > ${afterId}${until}`;
  return readRows(
    db,
    sql`
      select null as menuId, ${countedColumns} from ${dayFigures(which)} f
      union all select f.menu_id, ${countedColumns} from ${itemDayFigures(which)} f`,
  );
}

/** The last of the next so many orders of a store; undefined when there are fewer. */
export async function findLastOfNext(
  db: Queryable,
  { storeId, afterId, count }: OrdersOfStore & { count: number },
): Promise<number | undefined> {
  const row = await db
    .selectFrom('orders')
    .select('id')
    .where('store_id', '=', storeId)
    .where('id', '>', afterId)
    .orderBy('id')
    .offset(count - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}
