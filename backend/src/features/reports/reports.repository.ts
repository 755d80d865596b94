import { sql } from 'kysely';
import { type Satoshi, satoshiFromDecimal } from '#contract/money.ts';
import type { Queryable } from '../../database/transaction.ts';

export interface Figures {
  orders: number;
  pizzas: number;
  revenueSatoshi: Satoshi;
  late: number;
  failed: number;
}

interface FiguresQuery {
  storeIds: readonly number[];
  from: string;
  to: string;
}

export interface ReportedStore {
  id: number;
  name: string;
  isArchived: boolean;
}

// DATE columns begin here; a day before it can be asked for and has nothing.
const FIRST_DAY = '1000-01-01';
const sums = [
  sql<string>`sum(orders)`.as('orders'),
  sql<string>`sum(pizzas)`.as('pizzas'),
  sql<string>`sum(revenue)`.as('revenue'),
  sql<string>`sum(late)`.as('late'),
  sql<string>`sum(failed)`.as('failed'),
] as const;

function toFigures(row: Record<'orders' | 'pizzas' | 'revenue' | 'late' | 'failed', string>): Figures {
  return {
    orders: Number(row.orders),
    pizzas: Number(row.pizzas),
    revenueSatoshi: satoshiFromDecimal(row.revenue),
    late: Number(row.late),
    failed: Number(row.failed),
  };
}

/** Open or closed: what a franchise took stays on record. */
export async function franchiseExists(db: Queryable, franchiseId: number): Promise<boolean> {
  const row = await db.selectFrom('franchises').select('id').where('id', '=', franchiseId).executeTakeFirst();
  return row !== undefined;
}

/** All stores a franchise has or had. */
export async function findReportedStores(db: Queryable, franchiseId: number): Promise<ReportedStore[]> {
  const rows = await db
    .selectFrom('stores')
    .select(['id', 'name', 'archived_at'])
    .where('franchise_id', '=', franchiseId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name, archived_at }) => ({ id, name, isArchived: archived_at !== null }));
}

function storeDays(db: Queryable, { storeIds, from, to }: FiguresQuery) {
  return db
    .selectFrom('store_day_figures')
    .where('store_id', 'in', [...storeIds])
    .where('day', '>=', sql<Date>`${from < FIRST_DAY ? FIRST_DAY : from}`)
    .where('day', '<=', sql<Date>`${to < FIRST_DAY ? FIRST_DAY : to}`);
}

export async function sumByDay(db: Queryable, query: FiguresQuery): Promise<Map<string, Figures>> {
  if (query.storeIds.length === 0) return new Map();
  const day = sql<string>`cast(day as char)`.as('day');
  const rows = await storeDays(db, query)
    .select([day, ...sums])
    .groupBy('store_day_figures.day')
    .execute();
  return new Map(rows.map((row) => [row.day, toFigures(row)]));
}

export async function sumByStore(db: Queryable, query: FiguresQuery): Promise<Map<number, Figures>> {
  if (query.storeIds.length === 0) return new Map();
  const rows = await storeDays(db, query)
    .select(['store_id', ...sums])
    .groupBy('store_id')
    .execute();
  return new Map(rows.map((row) => [row.store_id, toFigures(row)]));
}

export interface ItemFigures extends Figures {
  menuId: number;
  title: string;
}

/** Items with figures in these days, also those that have left the menu, by their present title. */
export async function sumByItem(db: Queryable, query: FiguresQuery): Promise<ItemFigures[]> {
  if (query.storeIds.length === 0) return [];
  const { storeIds, from, to } = query;
  const rows = await db
    .selectFrom('store_item_day_figures')
    .select(['menu_id', ...sums])
    .where('store_id', 'in', [...storeIds])
    .where('day', '>=', sql<Date>`${from < FIRST_DAY ? FIRST_DAY : from}`)
    .where('day', '<=', sql<Date>`${to < FIRST_DAY ? FIRST_DAY : to}`)
    .groupBy('menu_id')
    .execute();
  const titles = await findTitles(
    db,
    rows.map(({ menu_id }) => menu_id),
  );
  return rows.map((row) => ({
    menuId: row.menu_id,
    title: titles.get(row.menu_id) ?? String(row.menu_id),
    ...toFigures(row),
  }));
}

async function findTitles(db: Queryable, menuIds: readonly number[]): Promise<Map<number, string>> {
  if (menuIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('menu_items')
    .select(['id', 'title'])
    .where('id', 'in', [...menuIds])
    .execute();
  return new Map(rows.map(({ id, title }) => [id, title]));
}
