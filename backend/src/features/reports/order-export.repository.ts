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
  return rows.map(({ id, placed_at, store_name, state, pizzas, total }) => ({
    id,
    placedAt: placed_at,
    storeName: store_name,
    state,
    pizzas,
    total,
  }));
}
