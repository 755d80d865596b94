import { type RawBuilder, sql } from 'kysely';
import type { OrderState } from '#contract/order-lifecycle.ts';
import type { Queryable } from '../../../database/transaction.ts';

/** Why an order waited or failed when it was us and not the factory: such an order is neither late nor failed. */
const OUR_CAUSES = ['no_slot', 'held', 'lease_ended', 'shutdown', 'crash_loop'];
const ourCauses = sql.join(OUR_CAUSES.map((cause) => sql.lit(cause)));

/**
 * Orders that count, each with the UTC day of the transition into the state it is in: that transition carries the
 * order's present fence. Writing, checking and rebuilding figures all read orders through this one statement.
 */
function settledOrders(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select o.id, o.store_id, cast(t.at as date) as day, o.state = 'ready' as made, o.pizzas, o.total,
      o.state = 'ready' and exists (
        select 1 from order_transitions w where w.order_id = o.id and coalesce(w.from_state, 'making') = 'making'
          and w.to_state = 'waiting' and w.cause not in (${ourCauses})
      ) as late
    from orders o join order_transitions t on t.order_id = o.id and t.fence = o.fence
    where ${which} and (o.state = 'ready' or (o.state = 'failed' and t.cause not in (${ourCauses})))
  )`;
}

function dayFigures(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select s.store_id, s.day, sum(s.made) as orders, sum(if(s.made, s.pizzas, 0)) as pizzas,
      sum(if(s.made, s.total, 0)) as revenue, sum(s.late) as late, sum(not s.made) as failed
    from ${settledOrders(which)} s group by s.store_id, s.day`;
}

function itemDayFigures(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select s.store_id, s.day, i.menu_id, count(distinct if(s.made, s.id, null)) as orders, sum(s.made) as pizzas,
      sum(if(s.made, i.price, 0)) as revenue, count(distinct if(s.late, s.id, null)) as late,
      count(distinct if(s.made, null, s.id)) as failed
    from ${settledOrders(which)} s join order_items i on i.order_id = s.id
    group by s.store_id, s.day, i.menu_id`;
}

// Sources and targets are named by their tables: MySQL gives up VALUES() here, and MariaDB knows no row alias.
async function addFigures(db: Queryable, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into store_day_figures (store_id, day, orders, pizzas, revenue, late, failed)
    select n.store_id, n.day, n.orders, n.pizzas, n.revenue, n.late, n.failed
    from (${dayFigures(which)}) n order by n.store_id, n.day
    on duplicate key update orders = store_day_figures.orders + n.orders,
      pizzas = store_day_figures.pizzas + n.pizzas, revenue = store_day_figures.revenue + n.revenue,
      late = store_day_figures.late + n.late, failed = store_day_figures.failed + n.failed`.execute(db);
  await sql`
    insert into store_item_day_figures (store_id, day, menu_id, orders, pizzas, revenue, late, failed)
    select n.store_id, n.day, n.menu_id, n.orders, n.pizzas, n.revenue, n.late, n.failed
    from (${itemDayFigures(which)}) n order by n.store_id, n.day, n.menu_id
    on duplicate key update orders = store_item_day_figures.orders + n.orders,
      pizzas = store_item_day_figures.pizzas + n.pizzas, revenue = store_item_day_figures.revenue + n.revenue,
      late = store_item_day_figures.late + n.late, failed = store_item_day_figures.failed + n.failed`.execute(
    db,
  );
}

/** A failed order is tried again: its failure no longer counts, on the day it was counted. */
async function takeBackFailure(db: Queryable, failure: { orderId: number; fence: number }): Promise<void> {
  const counted = sql`
    join orders o on o.store_id = f.store_id
    join order_transitions t on t.order_id = o.id and f.day = cast(t.at as date)
    set f.failed = greatest(f.failed, 1) - 1
    where o.id = ${failure.orderId} and t.fence = ${failure.fence} and t.cause not in (${ourCauses})`;
  await sql`update store_day_figures f ${counted}`.execute(db);
  await sql`
    update store_item_day_figures f ${counted}
      and f.menu_id in (select i.menu_id from order_items i where i.order_id = ${failure.orderId})`.execute(
    db,
  );
}

/**
 * Brings the figures up to date with one transition, inside its transaction and after it was written. It only adds and
 * takes away, so what a store's figures are off by stays the same meanwhile, and a correction needs no lock. Locks are
 * always taken in this order: order, its day, the items of its day.
 */
export async function recordInFigures(
  db: Queryable,
  step: { orderId: number; from: OrderState; to: OrderState; fence: number },
): Promise<void> {
  const { orderId, from, to, fence } = step;
  if (to !== 'ready' && to !== 'failed' && from !== 'failed') return;
  if (from === 'failed') await takeBackFailure(db, { orderId, fence });
  else await addFigures(db, sql`o.id = ${orderId}`);
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

const columns = sql`cast(f.day as char) as day, f.orders, f.pizzas, f.revenue, f.late, f.failed`;

async function readRows(db: Queryable, query: RawBuilder<unknown>): Promise<FiguresRow[]> {
  const { rows } = await (query as RawBuilder<Record<keyof FiguresRow, string | number | null>>).execute(db);
  return rows.map((row) => ({
    day: String(row.day),
    menuId: row.menuId === null ? null : Number(row.menuId),
    orders: Number(row.orders),
    pizzas: Number(row.pizzas),
    revenue: String(row.revenue),
    late: Number(row.late),
    failed: Number(row.failed),
  }));
}

const bothTables = (
  db: Queryable,
  { days, items }: { days: RawBuilder<unknown>; items: RawBuilder<unknown> },
): Promise<FiguresRow[]> =>
  readRows(
    db,
    sql`select null as menuId, ${columns} from ${days} f
      union all select f.menu_id as menuId, ${columns} from ${items} f`,
  );

/** A store's figures as they are stored. */
export function readStoredFigures(db: Queryable, storeId: number): Promise<FiguresRow[]> {
  return bothTables(db, {
    days: sql`(select * from store_day_figures where store_id = ${storeId})`,
    items: sql`(select * from store_item_day_figures where store_id = ${storeId})`,
  });
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
  return bothTables(db, { days: sql`(${dayFigures(which)})`, items: sql`(${itemDayFigures(which)})` });
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
