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

/** So long, for the stores of one time zone; `until` is not included. */
export interface StoresSpan {
  storeIds: readonly number[];
  from: Date;
  until: Date;
}

/** The orders that stores of a franchise got in their span of time, oldest first. */
export async function findOrdersPlaced(
  db: Queryable,
  { franchiseId, spans }: { franchiseId: number; spans: readonly StoresSpan[] },
): Promise<ExportedOrder[]> {
  if (spans.length === 0) return [];
  const bounds = {
    from: new Date(Math.min(...spans.map(({ from }) => from.getTime()))),
    until: new Date(Math.max(...spans.map(({ until }) => until.getTime()))),
  };
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
    .where('orders.franchise_id', '=', franchiseId)
    // For the index, which knows no stores.
    .where('orders.placed_at', '>=', bounds.from)
    .where('orders.placed_at', '<', bounds.until)
    .where((eb) =>
      eb.or(
        spans.map(({ storeIds, from, until }) =>
          eb.and([
            eb('orders.store_id', 'in', [...storeIds]),
            eb('orders.placed_at', '>=', from),
            eb('orders.placed_at', '<', until),
          ]),
        ),
      ),
    )
    .orderBy('orders.placed_at')
    .orderBy('orders.id')
    .execute();
  const notes = await findNotes(db, { franchiseId, ...bounds });
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
