import { type Satoshi, satoshiFromDecimal } from '#contract/money.ts';
import type { OrderReason, OrderState, TransitionCause } from '#contract/order-lifecycle.ts';
import { compiledOnce } from '../../database/compiled-once.ts';
import type { Queryable } from '../../database/transaction.ts';
import type { PricedPizza } from './price-agreement.ts';

/** What a list says of each order; the pizzas' tokens are long, and no list shows them. */
export interface ListedOrder {
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
  answeredFailures: number;
  placedAt: Date;
  patienceSince: Date;
  pizzas: PricedPizza[];
}

export interface OrderRecord extends ListedOrder {
  jwt: string | null;
}

/** A row for every pizza of the orders, in one statement. */
function ordersQuery(db: Queryable) {
  return db
    .selectFrom('orders')
    .innerJoin('stores', 'stores.id', 'orders.store_id')
    .innerJoin('franchises', 'franchises.id', 'orders.franchise_id')
    .innerJoin('order_items', 'order_items.order_id', 'orders.id')
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
      'orders.answered_failures',
      'orders.placed_at',
      'orders.patience_since',
    ])
    .select(['order_items.menu_id', 'order_items.title', 'order_items.price', 'order_items.note']);
}

type PizzaRow = Awaited<ReturnType<ReturnType<typeof ordersQuery>['execute']>>[number];

const pizzaOf = ({ menu_id, title, price, note }: PizzaRow): PricedPizza => ({
  menuId: menu_id,
  title,
  priceSatoshi: satoshiFromDecimal(price),
  note: note ?? undefined,
});

const orderOf = (row: PizzaRow): ListedOrder => ({
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
  answeredFailures: row.answered_failures,
  placedAt: row.placed_at,
  patienceSince: row.patience_since,
  pizzas: [],
});

/** Makes orders of the rows of their pizzas; the rows of an order stand together. */
function groupPizzas(rows: readonly PizzaRow[]): ListedOrder[] {
  const orders: ListedOrder[] = [];
  for (const row of rows) {
    let order = orders.at(-1);
    if (order?.id !== row.id) {
      order = orderOf(row);
      orders.push(order);
    }
    order.pizzas.push(pizzaOf(row));
  }
  return orders;
}

const readOrder = compiledOnce((db, { orderId }: { orderId: number }) =>
  ordersQuery(db).select('orders.jwt').where('orders.id', '=', orderId).orderBy('order_items.position'),
);

/** An order; with a diner, only if it is theirs. */
export async function findOrder(
  db: Queryable,
  { orderId, dinerId }: { orderId: number; dinerId: number | undefined },
): Promise<OrderRecord | undefined> {
  const { rows } = await readOrder(db, { orderId });
  const [order] = groupPizzas(rows);
  const isTheirs = dinerId === undefined || order?.dinerId === dinerId;
  return order && isTheirs ? { ...order, jwt: rows[0]?.jwt ?? null } : undefined;
}

interface PageQuery {
  dinerId: number;
  offset: number;
  limit: number;
}

/** What lies before the page is skipped in the index `orders_by_diner` alone; whole rows are read for the page only. */
const pageQuery = (db: Queryable, { dinerId, offset, limit }: PageQuery, before?: number) =>
  ordersQuery(db)
    .innerJoin(
      db
        .selectFrom('orders')
        .select('orders.id')
        .where('orders.diner_id', '=', dinerId)
        .$if(before !== undefined, (all) => all.where('orders.id', '<', before ?? 0))
        .orderBy('orders.id', 'desc')
        .offset(offset)
        .limit(limit)
        .as('page'),
      'page.id',
      'orders.id',
    )
    .orderBy('orders.id', 'desc')
    .orderBy('order_items.position');

const readPage = compiledOnce((db, page: PageQuery) => pageQuery(db, page));
const readPageBefore = compiledOnce((db, { before, ...page }: PageQuery & { before: number }) =>
  pageQuery(db, page, before),
);

/** One page of a diner's orders, newest first, with one more than asked for: from an order on, or after so many. */
export async function findOrdersOfDiner(
  db: Queryable,
  { before, ...query }: PageQuery & { before: number | undefined },
): Promise<ListedOrder[]> {
  const page = { ...query, limit: query.limit + 1 };
  const { rows } = await (before === undefined
    ? readPage(db, page)
    : readPageBefore(db, { ...page, before }));
  return groupPizzas(rows);
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

/** The tokens of the pizzas that are ready, by order. */
export async function findTokens(db: Queryable, orderIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'jwt'])
    .where('id', 'in', [...orderIds])
    .execute();
  return new Map(rows.flatMap(({ id, jwt }) => (jwt === null ? [] : [[id, jwt] as const])));
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
