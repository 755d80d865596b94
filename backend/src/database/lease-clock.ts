import { sql } from 'kysely';

/** How long a node may be silent before its orders are anybody's. */
export const LEASE_SECONDS = 15;
/** The fence an order is born with; each claim and each change of its state raises it. */
export const FIRST_FENCE = 1;

/** Now, by the database's clock, so that nodes need not agree on the time. */
export const databaseNow = sql<Date>`now(3)`;
/** So many milliseconds from now, by the database's clock. */
export const inMs = (ms: number) => sql<Date>`now(3) + interval ${Math.round(ms * 1000)} microsecond`;
/** So many milliseconds ago, by the same clock. */
export const msAgo = (ms: number) => sql<Date>`now(3) - interval ${Math.round(ms * 1000)} microsecond`;
/** When a lease taken now ends, whether the order is just born or claimed again. */
export const leaseEnd = sql<Date>`now(3) + interval ${sql.lit(LEASE_SECONDS)} second`;
