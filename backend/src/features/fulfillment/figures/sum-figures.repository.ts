import { sql } from 'kysely';
import { type Satoshi, satoshiFromDecimal, sumSatoshi } from '#contract/money.ts';
import type { Queryable } from '../../../database/transaction.ts';
import { addedToDays, addedToItemDays, isUnfolded } from './counted-transitions.repository.ts';
import { dayOf } from './store-days.ts';

export interface Figures {
  orders: number;
  pizzas: number;
  revenueSatoshi: Satoshi;
  late: number;
  failed: number;
}

export interface FiguresQuery {
  storeIds: readonly number[];
  /** Days of each store, both included. */
  from: string;
  to: string;
  by: 'day' | 'store' | 'item';
}

// DATE columns begin here; a day before it can be asked for and has nothing.
const FIRST_DAY = '1000-01-01';
const atLeastFirst = (day: string): string => (day < FIRST_DAY ? FIRST_DAY : day);

const SOURCES = {
  day: { table: 'store_day_figures', key: sql.ref('day'), unfolded: addedToDays },
  store: { table: 'store_day_figures', key: sql.ref('store_id'), unfolded: addedToDays },
  item: { table: 'store_item_day_figures', key: sql.ref('menu_id'), unfolded: addedToItemDays },
} as const;

type SumsRow = Record<'orders' | 'pizzas' | 'revenue' | 'late' | 'failed', string> & {
  /** Null: of unfolded transitions, by the day that is still to be made. */
  sumOf: string | null;
  dayOf: string | null;
  minute: string | null;
  timeZone: string | null;
};

const toFigures = (row: SumsRow): Figures => ({
  orders: Number(row.orders),
  pizzas: Number(row.pizzas),
  revenueSatoshi: satoshiFromDecimal(row.revenue),
  late: Number(row.late),
  failed: Number(row.failed),
});

const add = (one: Figures, other: Figures): Figures => ({
  orders: one.orders + other.orders,
  pizzas: one.pizzas + other.pizzas,
  revenueSatoshi: sumSatoshi([one.revenueSatoshi, other.revenueSatoshi]),
  late: one.late + other.late,
  failed: one.failed + other.failed,
});

/**
 * Figures by day, or by the id of store or item: those that are stored, and in the same statement what unfolded
 * transitions add to them, so that they are exact at every moment. What has none is left out.
 */
export async function sumFigures(db: Queryable, query: FiguresQuery): Promise<Map<string, Figures>> {
  const { storeIds, from, to, by } = query;
  const sums = new Map<string, Figures>();
  if (storeIds.length === 0) return sums;
  const { table, key, unfolded } = SOURCES[by];
  const stores = sql.join(storeIds);
  const { rows } = await sql<SumsRow>`
    select cast(${key} as char) as sumOf, null as dayOf, null as minute, null as timeZone, sum(orders) as orders,
      sum(pizzas) as pizzas, sum(revenue) as revenue, sum(late) as late, sum(failed) as failed
    from ${sql.table(table)}
    where store_id in (${stores}) and day >= ${atLeastFirst(from)} and day <= ${atLeastFirst(to)}
    group by ${key}
    union all
    select ${by === 'day' ? sql`null` : sql`cast(f.${key} as char)`}, cast(f.day as char), f.minute, f.time_zone,
      f.orders, f.pizzas, f.revenue, f.late, f.failed
    from ${unfolded(sql`${isUnfolded} and o.store_id in (${stores})`)} f`.execute(db);
  for (const row of rows) {
    const isStored = row.dayOf === null && row.minute === null;
    const day = isStored ? undefined : dayOf({ ...row, day: row.dayOf });
    if (day !== undefined && (day < from || day > to)) continue;
    const name = row.sumOf ?? String(day);
    const before = sums.get(name);
    sums.set(name, before ? add(before, toFigures(row)) : toFigures(row));
  }
  return sums;
}
