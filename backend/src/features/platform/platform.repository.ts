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

/** What is wrong with the factories now. */
export async function readTrouble(
  db: Queryable,
  origins: readonly string[],
): Promise<{ since: Date | undefined; isDown: boolean }> {
  const rows = await db
    .selectFrom('factories')
    .leftJoin('incidents', (join) =>
      join.onRef('incidents.open_factory', '=', 'factories.origin').on('incidents.restored_at', 'is', null),
    )
    .select(['factories.opened_at', 'factories.failures', 'factories.held_at', 'incidents.started_at'])
    .where('factories.origin', 'in', [...origins])
    .execute();
  // An open circuit without a failure is about to close: a probe found the factory well, and the next order will prove it.
  const closedTo = rows.map(
    ({ opened_at, failures, held_at }) => held_at ?? (failures > 0 ? opened_at : null),
  );
  const times = rows.flatMap(({ started_at }, index) => started_at ?? closedTo[index] ?? []);
  const since = times.sort((a, b) => a.getTime() - b.getTime())[0];
  const isDown = rows.length > 0 && closedTo.every((at) => at !== null);
  return { since, isDown };
}
