import { sql } from 'kysely';
import { databaseNow } from '../../database/lease-clock.ts';
import type { Queryable } from '../../database/transaction.ts';

/** The last drills, newest first, each with the incident it caused, and the database's time. */
export async function findDrills(db: Queryable, query: { factory: string; limit: number }) {
  return db
    .selectFrom('drills')
    .leftJoin('incidents', (join) =>
      join.on((on) =>
        on(
          'incidents.id',
          '=',
          on
            .selectFrom('incidents as caused')
            .select((eb) => eb.fn.min('caused.id').as('id'))
            .whereRef('caused.factory', '=', 'drills.factory')
            .whereRef('caused.started_at', '>=', 'drills.started_at')
            .whereRef('caused.started_at', '<=', 'drills.ends_at'),
        ),
      ),
    )
    .select([
      'drills.id',
      'drills.mode',
      'drills.started_at',
      'drills.ends_at',
      'drills.stopped_at',
      'incidents.id as incident_id',
      'incidents.detected_at',
      'incidents.restored_at',
      'incidents.orders_delayed',
      'incidents.orders_failed',
      databaseNow.as('now'),
    ])
    .where('drills.factory', '=', query.factory)
    .orderBy('drills.id', 'desc')
    .limit(query.limit)
    .execute();
}

export type DrillRow = Awaited<ReturnType<typeof findDrills>>[number];

/** How many orders were placed between the two. */
export async function countPlaced(db: Queryable, period: { from: Date; to: Date }): Promise<number> {
  const row = await db
    .selectFrom('order_transitions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('at', '>=', period.from)
    .where('at', '<=', period.to)
    .where('from_state', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Takes the factory's lock, as whatever opens an incident does; answers whether it is held, and has an open one. */
export async function lockFactory(
  db: Queryable,
  origin: string,
): Promise<{ isHeld: boolean; isIll: boolean }> {
  const factory = await db
    .selectFrom('factories')
    .select('held_at')
    .where('origin', '=', origin)
    .forUpdate()
    .executeTakeFirst();
  const incident = await db
    .selectFrom('incidents')
    .select('id')
    .where('open_factory', '=', origin)
    .executeTakeFirst();
  return { isHeld: factory?.held_at != null, isIll: incident !== undefined };
}

export async function insertDrill(
  db: Queryable,
  drill: { factory: string; mode: string; seconds: number },
): Promise<number> {
  const { insertId } = await db
    .insertInto('drills')
    .values({
      factory: drill.factory,
      mode: drill.mode,
      started_at: databaseNow,
      ends_at: sql<Date>`now(3) + interval ${drill.seconds} second`,
    })
    .executeTakeFirstOrThrow();
  return Number(insertId);
}

/** Ends whichever drill goes on. */
export async function stopDrills(db: Queryable, factory: string): Promise<void> {
  await db
    .updateTable('drills')
    .set({ stopped_at: databaseNow })
    .where('factory', '=', factory)
    .where('stopped_at', 'is', null)
    .where('ends_at', '>', databaseNow)
    .execute();
}
