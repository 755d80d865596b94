import { sql } from 'kysely';
import { databaseNow, LEASE_SECONDS, leaseEnd } from '../../../database/lease-clock.ts';
import type { Queryable } from '../../../database/transaction.ts';
import type { Claim, DueQuery } from './order-transitions.repository.ts';
import { PATIENT_REASONS, POISON_FAILURES } from './retry-schedule.ts';
import { FORGOTTEN_FOR_SECONDS } from './sweep-look.repository.ts';

/**
 * Orders whose next attempt is due: those with the fewest crashed claims first, then the oldest. One that waits for the
 * end of a call that is still out has a lease, and is nobody's until it ends.
 */
export async function findDueOrders(db: Queryable, query: DueQuery): Promise<Claim[]> {
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'fence'])
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '<=', databaseNow)
    .where('lease_node', 'is', null)
    .where('crashed_claims', '>=', query.leastCrashes)
    .where('crashed_claims', '<=', query.mostCrashes)
    .orderBy('crashed_claims')
    .orderBy('id')
    .limit(query.limit)
    .execute();
  return rows.map(({ id, fence }) => ({ orderId: id, fence }));
}

/**
 * The waiting order that proves whether a factory is well again, due or not: the oldest, but one that may be poison
 * steps back behind those that have failed less. So an order that can never be made does not keep the circuit open.
 */
export async function findHalfOpenOrder(db: Queryable): Promise<Claim | undefined> {
  const row = await db
    .selectFrom('orders')
    .select(['id', 'fence'])
    .where('state', '=', 'waiting')
    .where('lease_node', 'is', null)
    .orderBy(sql`if(answered_failures < ${sql.lit(POISON_FAILURES)}, 0, answered_failures)`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row && { orderId: row.id, fence: row.fence };
}

/** Orders that this node holds by the database and has not renewed: their claim was committed and never answered. */
export async function findForgottenClaims(db: Queryable, node: string): Promise<Claim[]> {
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'fence'])
    .where('state', '=', 'making')
    .where(
      'lease_until',
      '<',
      sql<Date>`now(3) + interval ${sql.lit(LEASE_SECONDS - FORGOTTEN_FOR_SECONDS)} second`,
    )
    .where('lease_node', '=', node)
    .execute();
  return rows.map(({ id, fence }) => ({ orderId: id, fence }));
}

/** Orders that have waited for longer than anybody should; those that wait for us and not for pizza are spared. */
export async function findImpatientOrders(
  db: Queryable,
  options: { longestWaitMs: number; limit: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('state', '=', 'waiting')
    .where('patience_since', '<', sql<Date>`now(3) - interval ${options.longestWaitMs * 1000} microsecond`)
    .where((eb) => eb.or([eb('reason', 'is', null), eb('reason', 'not in', PATIENT_REASONS)]))
    .orderBy('id')
    .limit(options.limit)
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Orders whose node has not been heard of for a lease: it crashed or lost its database. Those that wait for a call of
 * such a node are among them.
 */
export async function findAbandonedOrders(db: Queryable, limit: number): Promise<Claim[]> {
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'fence'])
    .where('state', 'in', ['making', 'waiting'])
    .where('lease_until', '<', databaseNow)
    .orderBy('lease_until')
    .limit(limit)
    .execute();
  return rows.map(({ id, fence }) => ({ orderId: id, fence }));
}

/** Says "still here" for the orders this node is making, and those it has a call out for that were given up. */
export async function renewLeases(
  db: Queryable,
  options: { node: string; orderIds: readonly number[] },
): Promise<void> {
  await db
    .updateTable('orders')
    .set({ lease_until: leaseEnd })
    .where('id', 'in', [...options.orderIds])
    .where('lease_node', '=', options.node)
    .execute();
}

/** Says "still here" for one claim; false when its node does not hold it any more. */
export async function renewClaim(db: Queryable, claim: Claim & { node: string }): Promise<boolean> {
  const result = await db
    .updateTable('orders')
    .set({ lease_until: leaseEnd })
    .where('id', '=', claim.orderId)
    .where('fence', '=', claim.fence)
    .where('state', '=', 'making')
    .where('lease_node', '=', claim.node)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
