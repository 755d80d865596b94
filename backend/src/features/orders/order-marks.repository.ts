import type { Queryable } from '../../database/transaction.ts';

/** What tells two sights of an order apart: the fence grows with its state and reason, the place moves by itself. */
export interface OrderMark {
  orderId: number;
  fence: number;
  placeInLine: number | undefined;
}

/** The marks of all these orders in one statement, which counts through the line once. */
export async function findMarks(db: Queryable, orderIds: readonly number[]): Promise<OrderMark[]> {
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
