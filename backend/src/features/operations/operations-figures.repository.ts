import { sql } from 'kysely';
import type { Queryable } from '../../database/transaction.ts';

/** When the first of so many minutes began, of which the last is going on, and how long the line is. */
export async function findLineNow(db: Queryable, minutes: number) {
  return db
    .selectNoFrom((eb) => [
      sql<Date>`cast(date_format(now(), '%Y-%m-%d %H:%i:00') as datetime(3))
        - interval ${sql.lit(minutes - 1)} minute`.as('since'),
      eb
        .selectFrom('orders')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('state', '=', 'waiting')
        .as('waiting'),
    ])
    .executeTakeFirstOrThrow();
}

const minuteOf = (column: 'at' | 'started_at', since: Date) =>
  sql<number>`timestampdiff(minute, ${since}, ${sql.ref(column)})`;

// An order is born with fence 1: what its first attempt came to is its second transition.
const FIRST_WORD_FENCE = 2;

const countIf = (condition: ReturnType<typeof sql>) => sql<number>`count(case when ${condition} then 1 end)`;
const microsecondsIf = (condition: ReturnType<typeof sql>, since: string) =>
  sql`case when ${condition} then timestampdiff(microsecond, ${sql.ref(since)}, at) end`;

// One that is born waiting has its place in the queue at once.
const isFirstWord = sql`((from_state = 'making' and order_transitions.fence = ${sql.lit(FIRST_WORD_FENCE)})
  or (from_state is null and to_state = 'waiting'))`;
const isReady = sql`to_state = 'ready'`;

/** What became of orders in each minute since then, by their history. Minutes without any are left out. */
export async function countTransitions(db: Queryable, since: Date) {
  return db
    .selectFrom('order_transitions')
    .innerJoin('orders', 'orders.id', 'order_transitions.order_id')
    .select([
      minuteOf('at', since).as('minute'),
      countIf(sql`from_state is null`).as('placed'),
      countIf(sql`to_state = 'waiting'`).as('joined_line'),
      countIf(sql`from_state = 'waiting'`).as('left_line'),
      sql<number | null>`avg(${microsecondsIf(isFirstWord, 'placed_at')}) / 1000`.as('first_word_ms'),
      sql<number | null>`avg(${microsecondsIf(isReady, 'patience_since')}) / 1000`.as('delivery_ms'),
      sql<number | null>`max(${microsecondsIf(isReady, 'patience_since')}) / 1000`.as('slowest_ms'),
    ])
    .where('at', '>=', since)
    .groupBy('minute')
    .execute();
}

/** How the calls of each minute since then ended. */
export async function countAttempts(db: Queryable, since: Date) {
  return db
    .selectFrom('factory_attempts')
    .select((eb) => [
      minuteOf('started_at', since).as('minute'),
      'outcome',
      eb.fn.countAll<number>().as('count'),
    ])
    .where('started_at', '>=', since)
    .groupBy(['minute', 'outcome'])
    .execute();
}
