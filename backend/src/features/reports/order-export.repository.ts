import type { OrderState } from '#contract/order-lifecycle.ts';
import type { Queryable } from '../../database/transaction.ts';

export interface ExportedOrder {
  id: number;
  placedAt: Date;
  storeName: string;
  state: OrderState;
  pizzas: number;
  /** In ₿, with all its decimals. */
  total: string;
  /** What its diner wrote on its pizzas, each with the pizza it is for. */
  notes: string[];
}

interface PlacedQuery {
  franchiseId: number;
  from: Date;
  until: Date;
}

/** The orders a franchise got in a span of time, oldest first; `until` is not included. */
export async function findOrdersPlaced(db: Queryable, query: PlacedQuery): Promise<ExportedOrder[]> {
  const rows = await db
    .selectFrom('orders')
    .innerJoin('stores', 'stores.id', 'orders.store_id')
    .select([
      'orders.id',
      'orders.placed_at',
      'stores.name as store_name',
      'orders.state',
      'orders.pizzas',
      'orders.total',
    ])
    .where('orders.franchise_id', '=', query.franchiseId)
    .where('orders.placed_at', '>=', query.from)
    .where('orders.placed_at', '<', query.until)
    .orderBy('orders.placed_at')
    .orderBy('orders.id')
    .execute();
  const notes = await findNotes(db, query);
  return rows.map(({ id, placed_at, store_name, state, pizzas, total }) => ({
    id,
    placedAt: placed_at,
    storeName: store_name,
    state,
    pizzas,
    total,
    notes: notes.get(id) ?? [],
  }));
}

/** The notes on all these orders in one statement. */
async function findNotes(db: Queryable, query: PlacedQuery): Promise<Map<number, string[]>> {
  const rows = await db
    .selectFrom('orders')
    .innerJoin('order_items', 'order_items.order_id', 'orders.id')
    .select(['orders.id', 'order_items.title', 'order_items.note'])
    .where('orders.franchise_id', '=', query.franchiseId)
    .where('orders.placed_at', '>=', query.from)
    .where('orders.placed_at', '<', query.until)
    .where('order_items.note', 'is not', null)
    .orderBy('orders.id')
    .orderBy('order_items.position')
    .execute();
  const byOrder = Map.groupBy(rows, ({ id }) => id);
  return new Map(
    [...byOrder].map(([id, noted]) => [id, noted.map(({ title, note }) => `${title}: ${note}`)]),
  );
}
