import { sql } from 'kysely';
import { type Satoshi, satoshiFromDecimal } from '#contract/money.ts';
import type { OrderReason, OrderState } from '#contract/order-lifecycle.ts';
import type { Queryable } from '../../database/transaction.ts';

/** An order as those see it who run its store: of its diner nothing but the notes, which are for whoever bakes. */
export interface FranchiseOrder {
  id: number;
  franchiseId: number;
  franchiseName: string;
  storeId: number;
  storeName: string;
  state: OrderState;
  reason: OrderReason | null;
  totalSatoshi: Satoshi;
  placedAt: Date;
  pizzas: { menuId: number; title: string; priceSatoshi: Satoshi; note: string | undefined }[];
}

export interface FranchiseOrdersQuery {
  franchiseId: number;
  storeId: number | undefined;
  state: OrderState | undefined;
  /** Only orders with a smaller id: the last one of the page before. */
  before: number | undefined;
  limit: number;
}

// Named, because with two of them at hand the optimizer may intersect both and sort what is left.
const INDEXES = {
  all: 'orders_by_franchise',
  ofState: 'orders_by_franchise_and_state',
  ofStore: 'orders_by_store',
  ofStoreAndState: 'orders_by_store_and_state',
};

function indexFor({ storeId, state }: FranchiseOrdersQuery): string {
  if (storeId === undefined) return state === undefined ? INDEXES.all : INDEXES.ofState;
  return state === undefined ? INDEXES.ofStore : INDEXES.ofStoreAndState;
}

/** Ids of one page, read from one index from its end or from `before` backwards: they cost what they show. */
function pageOfIds(query: FranchiseOrdersQuery) {
  const { franchiseId, storeId, state, before, limit } = query;
  const conditions = [
    storeId === undefined ? sql`franchise_id = ${franchiseId}` : sql`store_id = ${storeId}`,
  ];
  if (state !== undefined) conditions.push(sql`state = ${state}`);
  if (before !== undefined) conditions.push(sql`id < ${before}`);
  return sql<{ id: number }>`(
    select id from orders force index (${sql.id(indexFor(query))})
    where ${sql.join(conditions, sql` and `)} order by id desc limit ${limit + 1}
  )`.as<'page'>(sql`page`);
}

/** One page, newest first, with one more than asked for. A store must be one of the franchise. */
export async function findFranchiseOrders(
  db: Queryable,
  query: FranchiseOrdersQuery,
): Promise<FranchiseOrder[]> {
  const rows = await db
    .selectFrom('orders')
    .innerJoin(pageOfIds(query), 'page.id', 'orders.id')
    .innerJoin('stores', 'stores.id', 'orders.store_id')
    .innerJoin('franchises', 'franchises.id', 'orders.franchise_id')
    .select([
      'orders.id',
      'orders.franchise_id',
      'franchises.name as franchise_name',
      'orders.store_id',
      'stores.name as store_name',
      'orders.state',
      'orders.reason',
      'orders.total',
      'orders.placed_at',
    ])
    .orderBy('orders.id', 'desc')
    .execute();
  const pizzas = await findPizzas(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    franchiseId: row.franchise_id,
    franchiseName: row.franchise_name,
    storeId: row.store_id,
    storeName: row.store_name,
    state: row.state,
    reason: row.reason,
    totalSatoshi: satoshiFromDecimal(row.total),
    placedAt: row.placed_at,
    pizzas: pizzas.get(row.id) ?? [],
  }));
}

/** The pizzas of all these orders in one statement. */
async function findPizzas(
  db: Queryable,
  orderIds: readonly number[],
): Promise<Map<number, FranchiseOrder['pizzas']>> {
  const byOrder = new Map<number, FranchiseOrder['pizzas']>();
  if (orderIds.length === 0) return byOrder;
  const rows = await db
    .selectFrom('order_items')
    .select(['order_id', 'menu_id', 'title', 'price', 'note'])
    .where('order_id', 'in', [...orderIds])
    .orderBy('order_id')
    .orderBy('position')
    .execute();
  for (const { order_id, menu_id, title, price, note } of rows) {
    const pizzas = byOrder.get(order_id) ?? [];
    pizzas.push({ menuId: menu_id, title, priceSatoshi: satoshiFromDecimal(price), note: note || undefined });
    byOrder.set(order_id, pizzas);
  }
  return byOrder;
}
