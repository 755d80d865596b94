import type { Queryable } from '../../database/transaction.ts';

/** What tells two states of an order apart: the fence grows with its state and reason, the place moves by itself. */
export interface OrderVersion {
  orderId: number;
  fence: number;
  placeInLine: number | undefined;
}

/** The versions of all these orders in one statement, which counts through the queue once. */
export async function findOrderVersions(db: Queryable, orderIds: readonly number[]): Promise<OrderVersion[]> {
  if (orderIds.length === 0) return [];
  const line = db
    .selectFrom('orders')
    .select((eb) => [
      'id',
      eb.fn
        .agg<number>('row_number')
        .over((over) => over.orderBy('id'))
        .as('place'),
    ])
    .where('state', '=', 'waiting')
    .as('line');
  const rows = await db
    .selectFrom('orders')
    .leftJoin(line, 'line.id', 'orders.id')
    .select(['orders.id', 'orders.fence', 'line.place'])
    .where('orders.id', 'in', orderIds)
    .execute();
  return rows.map(({ id, fence, place }) => ({
    orderId: id,
    fence,
    placeInLine: place === null ? undefined : Number(place),
  }));
}
