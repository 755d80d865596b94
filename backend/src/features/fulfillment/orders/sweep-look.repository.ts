import { type RawBuilder, sql } from 'kysely';
import { LEASE_SECONDS } from '../../../database/lease-clock.ts';
import type { Queryable } from '../../../database/transaction.ts';
import { type FactorySnapshot, snapshotQuery, toSnapshot } from '../factories/factory-state.repository.ts';

// A claim becomes a running attempt at once, and renewals keep its lease far from its end.
export const FORGOTTEN_FOR_SECONDS = 6;

/** What there is to do for a sweep. */
export interface SweepLook {
  factories: FactorySnapshot[];
  /** Until the next waiting order is due, 0 or less when one is; undefined when none waits. */
  nextDueInMs: number | undefined;
  /** Until the next lease ends unless it is renewed; undefined when no order is held. */
  nextLeaseEndInMs: number | undefined;
  /** Orders of this node that it has not renewed for a while. */
  hasForgotten: boolean;
  /** An incident is open, or its figures are to be added up. */
  hasIncidents: boolean;
}

const untilMs = (least: RawBuilder<unknown>): RawBuilder<number | null> =>
  sql`timestampdiff(microsecond, now(3), ${least}) / 1000`;

const toMs = (value: number | string | null | undefined): number | undefined =>
  value === null || value === undefined ? undefined : Number(value);

/** All of it in one statement, so that a shop in which nothing happens asks the database once a second. */
export async function lookForWork(
  db: Queryable,
  { origins, node, mostCrashes }: { origins: readonly string[]; node: string; mostCrashes: number },
): Promise<SweepLook> {
  const due = sql`(select min(next_attempt_at) from orders
    where state = 'waiting' and lease_node is null and crashed_claims <= ${mostCrashes})`;
  const leaseEnd = sql`(select min(lease_until) from orders
    where state in ('making', 'waiting') and lease_until is not null)`;
  const forgotten = sql<number>`exists (select 1 from orders where state = 'making' and lease_node = ${node}
    and lease_until < now(3) + interval ${sql.lit(LEASE_SECONDS - FORGOTTEN_FOR_SECONDS)} second)`;
  const incidents = sql<number>`(exists (select 1 from incidents where open_factory is not null)
    or exists (select 1 from incidents where are_figures_due = 1))`;
  const rows = await snapshotQuery(db, origins)
    .select([untilMs(due).as('due_ms'), untilMs(leaseEnd).as('lease_end_ms')])
    .select([forgotten.as('has_forgotten'), incidents.as('has_incidents')])
    .execute();
  const [first] = rows;
  return {
    factories: rows.map(toSnapshot),
    nextDueInMs: toMs(first?.due_ms),
    nextLeaseEndInMs: toMs(first?.lease_end_ms),
    hasForgotten: Boolean(first?.has_forgotten),
    hasIncidents: Boolean(first?.has_incidents),
  };
}
