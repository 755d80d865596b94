import { type Satoshi, satoshiFromDecimal } from '#contract/money.ts';
import type { OrderReason, OrderState, TransitionCause } from '#contract/order-lifecycle.ts';
import type { Queryable } from '../../database/transaction.ts';
import type { PricedPizza } from './price-agreement.ts';

export interface OrderRecord {
  id: number;
  dinerId: number;
  franchiseId: number;
  franchiseName: string;
  storeId: number;
  storeName: string;
  state: OrderState;
  fence: number;
  reason: OrderReason | null;
  totalSatoshi: Satoshi;
  jwt: string | null;
  answeredFailures: number;
  placedAt: Date;
  patienceSince: Date;
  pizzas: PricedPizza[];
}

function ordersQuery(db: Queryable) {
  return db
    .selectFrom('orders')
    .innerJoin('stores', 'stores.id', 'orders.store_id')
    .innerJoin('franchises', 'franchises.id', 'orders.franchise_id')
    .select([
      'orders.id',
      'orders.diner_id',
      'orders.franchise_id',
      'franchises.name as franchise_name',
      'orders.store_id',
      'stores.name as store_name',
      'orders.state',
      'orders.fence',
      'orders.reason',
      'orders.total',
      'orders.jwt',
      'orders.answered_failures',
      'orders.placed_at',
      'orders.patience_since',
    ]);
}

type OrderRow = Awaited<ReturnType<ReturnType<typeof ordersQuery>['execute']>>[number];

/** Adds the pizzas of all these orders in one statement. */
async function withPizzas(db: Queryable, rows: readonly OrderRow[]): Promise<OrderRecord[]> {
  if (rows.length === 0) return [];
  const items = await db
    .selectFrom('order_items')
    .select(['order_id', 'menu_id', 'title', 'price', 'note'])
    .where(
      'order_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('order_id')
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    dinerId: row.diner_id,
    franchiseId: row.franchise_id,
    franchiseName: row.franchise_name,
    storeId: row.store_id,
    storeName: row.store_name,
    state: row.state,
    fence: row.fence,
    reason: row.reason,
    totalSatoshi: satoshiFromDecimal(row.total),
    jwt: row.jwt,
    answeredFailures: row.answered_failures,
    placedAt: row.placed_at,
    patienceSince: row.patience_since,
    pizzas: items
      .filter(({ order_id }) => order_id === row.id)
      .map(({ menu_id, title, price, note }) => ({
        menuId: menu_id,
        title,
        priceSatoshi: satoshiFromDecimal(price),
        note: note ?? undefined,
      })),
  }));
}

/** An order; with a diner, only if it is theirs. */
export async function findOrder(
  db: Queryable,
  query: { orderId: number; dinerId: number | undefined },
): Promise<OrderRecord | undefined> {
  const ofAnybody = ordersQuery(db).where('orders.id', '=', query.orderId);
  const { dinerId } = query;
  const rows = await (dinerId === undefined
    ? ofAnybody
    : ofAnybody.where('orders.diner_id', '=', dinerId)
  ).execute();
  const [order] = await withPizzas(db, rows);
  return order;
}

/**
 * One page of a diner's orders, newest first, with one more than asked for: from an order on, or after so many. What
 * lies before the page is skipped in the index `orders_by_diner` alone; whole rows are read for the page only.
 */
export async function findOrdersOfDiner(
  db: Queryable,
  query: { dinerId: number; before: number | undefined; offset: number; limit: number },
): Promise<OrderRecord[]> {
  const { before } = query;
  const page = db
    .selectFrom('orders')
    .select('orders.id')
    .where('orders.diner_id', '=', query.dinerId)
    .$if(before !== undefined, (all) => all.where('orders.id', '<', before ?? 0))
    .orderBy('orders.id', 'desc')
    .offset(query.offset)
    .limit(query.limit + 1)
    .as('page');
  const rows = await ordersQuery(db)
    .innerJoin(page, 'page.id', 'orders.id')
    .orderBy('orders.id', 'desc')
    .execute();
  return withPizzas(db, rows);
}

/** Place of a waiting order in the line: 1 is next. Orders are made oldest first. */
export async function countWaitingUpTo(db: Queryable, orderId: number): Promise<number> {
  const row = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'waiting')
    .where('id', '<=', orderId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export interface HistoryStep {
  state: OrderState;
  at: Date;
  cause: TransitionCause;
}

/** The steps of all these orders in one statement, by order. */
export async function findHistories(
  db: Queryable,
  orderIds: readonly number[],
): Promise<Map<number, HistoryStep[]>> {
  const rows = await db
    .selectFrom('order_transitions')
    .select(['order_id', 'to_state as state', 'at', 'cause'])
    .where('order_id', 'in', [...orderIds])
    .orderBy('order_id')
    .orderBy('id')
    .execute();
  return Map.groupBy(rows, ({ order_id }) => order_id);
}

export async function findAttempts(db: Queryable, orderId: number) {
  return db
    .selectFrom('factory_attempts')
    .select(['number', 'started_at', 'factory', 'outcome', 'http_status', 'total_ms', 'signature_verdict'])
    .where('order_id', '=', orderId)
    .orderBy('id')
    .execute();
}

/** Whether the answer that brought the pizza brought a report URL, too. */
export async function cameWithReport(db: Queryable, orderId: number): Promise<boolean> {
  const row = await db
    .selectFrom('factory_attempts')
    .select('id')
    .where('order_id', '=', orderId)
    .where('outcome', '=', 'made_slow')
    .where('report_fingerprint', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}
