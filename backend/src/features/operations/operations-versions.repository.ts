import { sql } from 'kysely';
import { databaseNow } from '../../database/lease-clock.ts';
import type { Queryable } from '../../database/transaction.ts';

/** One version for each source of what operators see: a text that changes whenever its subject does. */
export interface OperationsVersions {
  transitions: string;
  attempts: string;
  factories: string;
  incidents: string;
  drills: string;
  minute: string;
}

const FACTORY_COLUMNS = [
  'origin',
  'failures',
  'opened_at',
  'next_trial_at',
  'held_at',
  'probed_at',
  'probe_outcome',
] as const;

/** All of them in one statement: ends of indexes, and tables of a few rows. */
export async function findOperationsVersions(db: Queryable): Promise<OperationsVersions> {
  const row = await db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('order_transitions')
        .select((of) => of.fn.max('id').as('id'))
        .as('transitions'),
      eb
        .selectFrom('factory_attempts')
        .select((of) => of.fn.max('id').as('id'))
        .as('attempts'),
      eb
        .selectFrom('factories')
        .select(
          sql`bit_xor(crc32(concat_ws('/', ${sql.join(FACTORY_COLUMNS.map((name) => sql`coalesce(${sql.ref(name)}, '')`))})))`.as(
            'version',
          ),
        )
        .as('factories'),
      eb
        .selectFrom('incident_events')
        .select((of) => of.fn.max('id').as('id'))
        .as('incident_events'),
      eb
        .selectFrom('incidents')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('open_factory', 'is not', null)
        .as('open_incidents'),
      eb
        .selectFrom('incidents')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('are_figures_due', '=', 1)
        .as('figures_due'),
      eb
        .selectFrom('drills')
        .select(
          sql`concat_ws('/', max(id), count(stopped_at), sum(stopped_at is null and ends_at > ${databaseNow}))`.as(
            'version',
          ),
        )
        .as('drills'),
      sql`floor(unix_timestamp() / 60)`.as('minute'),
    ])
    .executeTakeFirstOrThrow();
  return {
    transitions: String(row.transitions),
    attempts: String(row.attempts),
    factories: String(row.factories),
    // What an open incident did is added up when it is read; it changes with the orders.
    incidents: `${row.incident_events}/${row.figures_due}/${Number(row.open_incidents) > 0 ? row.transitions : ''}`,
    drills: String(row.drills),
    minute: String(row.minute),
  };
}
