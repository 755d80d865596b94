import type { Queryable } from '../../database/transaction.ts';

interface LineFacts {
  waiting: number;
  /** When the oldest of them was placed. */
  since: Date | undefined;
}

/** How many orders wait for the factory, and since when. */
export async function readLine(db: Queryable): Promise<LineFacts> {
  const row = await db
    .selectFrom('orders')
    .select((eb) => [eb.fn.countAll<number>().as('waiting'), eb.fn.min('placed_at').as('since')])
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return { waiting: Number(row.waiting), since: row.since ?? undefined };
}
