import { sql } from 'kysely';
import { databaseNow } from '../../database/lease-clock.ts';
import type { Queryable } from '../../database/transaction.ts';

/** The open orders by state, with the seconds the longest patience of each has lasted. */
export async function readOpenOrders(db: Queryable) {
  const rows = await db
    .selectFrom('orders')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .select(
      sql<number>`timestampdiff(microsecond, min(patience_since), ${databaseNow}) / 1000000`.as('seconds'),
    )
    .where('state', 'in', ['making', 'waiting'])
    .groupBy('state')
    .execute();
  return rows.map(({ state, count, seconds }) => ({
    state,
    count: Number(count),
    oldestSeconds: Math.max(0, Number(seconds)),
  }));
}

/** Each factory as all nodes see it; `probe` only while it is news, for a factory with orders is not probed. */
export async function readFactoryStates(
  db: Queryable,
  query: { origins: readonly string[]; probeIsNewsForSeconds: number },
) {
  const rows = await db
    .selectFrom('factories')
    .leftJoin('incidents', 'incidents.open_factory', 'factories.origin')
    .select(['factories.origin', 'factories.opened_at', 'factories.held_at', 'factories.probe_outcome'])
    .select('incidents.id as incident_id')
    .select(
      sql<number | null>`timestampdiff(microsecond, factories.probed_at, ${databaseNow}) / 1000000`.as(
        'probed_seconds_ago',
      ),
    )
    .where('factories.origin', 'in', [...query.origins])
    .execute();
  return rows.map((row) => ({
    origin: row.origin,
    isCircuitOpen: row.opened_at !== null,
    isHeld: row.held_at !== null,
    hasIncident: row.incident_id !== null,
    probe:
      row.probed_seconds_ago !== null && Number(row.probed_seconds_ago) <= query.probeIsNewsForSeconds
        ? row.probe_outcome
        : null,
  }));
}
