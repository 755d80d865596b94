import { sql } from 'kysely';
import { databaseNow } from '../../database/lease-clock.ts';
import type { Queryable } from '../../database/transaction.ts';

/** Each factory's row with its open incident; `factories` is ordered as the settings list them. */
export async function findFactories(db: Queryable, origins: readonly string[]) {
  const rows = await db
    .selectFrom('factories')
    .leftJoin('incidents', 'incidents.open_factory', 'factories.origin')
    .select([
      'factories.origin',
      'factories.failures',
      'factories.opened_at',
      'factories.opened_by',
      'factories.next_trial_at',
      'factories.held_at',
      'factories.probed_at',
      'factories.probe_outcome',
      'incidents.started_at as incident_started_at',
      'incidents.restored_at',
    ])
    .where('factories.origin', 'in', [...origins])
    .execute();
  return origins.flatMap((origin) => rows.filter((row) => row.origin === origin));
}

/** The newest attempts at a factory, of orders and of probes. */
export async function findLastAttempts(db: Queryable, query: { factory: string; limit: number }) {
  return db
    .selectFrom('factory_attempts')
    .select([
      'order_id',
      'started_at',
      'outcome',
      'http_status',
      'total_ms',
      'node',
      'report_host',
      'report_fingerprint',
      'signature_verdict',
    ])
    .where('factory', '=', query.factory)
    .orderBy('started_at', 'desc')
    .limit(query.limit)
    .execute();
}

/** How long the line is, and since when its oldest order stands in it. */
export async function countOpenOrders(db: Queryable) {
  const rows = await db
    .selectFrom('orders')
    .select((eb) => [
      'state',
      eb.fn.countAll<number>().as('count'),
      eb.fn.min('placed_at').as('oldest_placed_at'),
    ])
    .where('state', 'in', ['making', 'waiting'])
    .groupBy('state')
    .execute();
  const countOf = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0);
  const oldest = rows.map((row) => row.oldest_placed_at).sort((a, b) => a.getTime() - b.getTime())[0];
  return { making: countOf('making'), waiting: countOf('waiting'), oldestPlacedAt: oldest };
}

/** One page of the orders that are not made yet, oldest first, with one more than asked for. */
export async function findOpenOrders(db: Queryable, page: { offset: number; limit: number }) {
  return db
    .selectFrom('orders')
    .innerJoin('users', 'users.id', 'orders.diner_id')
    .innerJoin('stores', 'stores.id', 'orders.store_id')
    .select([
      'orders.id',
      'users.name as diner_name',
      'stores.name as store_name',
      'orders.state',
      'orders.reason',
      'orders.placed_at',
      'orders.next_attempt_at',
      'orders.answered_failures',
      'orders.pizzas',
      'orders.total',
      sql<number>`timestampdiff(microsecond, orders.placed_at, ${databaseNow}) div 1000`.as('waited_ms'),
    ])
    .where('orders.state', 'in', ['making', 'waiting'])
    .orderBy('orders.id')
    .offset(page.offset)
    .limit(page.limit + 1)
    .execute();
}

/** One page of the orders that failed within the last day and still are, newest first, with one more than asked for. */
export async function findFailedOrders(db: Queryable, page: { offset: number; limit: number }) {
  return (
    db
      .selectFrom('order_transitions as failure')
      // The order's last transition: one that was tried again has a newer fence.
      .innerJoin('orders', (join) =>
        join
          .onRef('orders.id', '=', 'failure.order_id')
          .onRef('orders.fence', '=', 'failure.fence')
          .on('orders.state', '=', 'failed'),
      )
      .innerJoin('users', 'users.id', 'orders.diner_id')
      .innerJoin('stores', 'stores.id', 'orders.store_id')
      .select([
        'orders.id',
        'users.name as diner_name',
        'stores.name as store_name',
        'orders.reason',
        'failure.at as failed_at',
        'orders.pizzas',
        'orders.total',
      ])
      .where('failure.to_state', '=', 'failed')
      .where('failure.at', '>=', sql<Date>`now(3) - interval 1 day`)
      .orderBy('failure.at', 'desc')
      .orderBy('failure.id', 'desc')
      .offset(page.offset)
      .limit(page.limit + 1)
      .execute()
  );
}
