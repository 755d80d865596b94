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
}

/** The orders a franchise got in a span of time, oldest first; `until` is not included. */
export async function findOrdersPlaced(
  db: Queryable,
  query: { franchiseId: number; from: Date; until: Date },
): Promise<ExportedOrder[]> {
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
  return rows.map(({ id, placed_at, store_name, state, pizzas, total }) => ({
    id,
    placedAt: placed_at,
    storeName: store_name,
    state,
    pizzas,
    total,
  }));
}
