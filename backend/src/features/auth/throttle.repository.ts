import { sql } from 'kysely';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Queryable } from '../../database/transaction.ts';

const FREE_TRIES = 5;
const LONGEST_BLOCK_SECONDS = 15 * 60;

/**
 * Counts a try at an account before its password is looked at, and blocks the next ones: five are free, then 1 s
 * doubling to 15 min (S12). One row a try at a time, so that nodes and simultaneous requests share one count.
 * Answers how many seconds to wait, or 0 when the try may go on.
 */
export function countTry(db: Database, accountKey: string): Promise<number> {
  return inTransaction(db, async (transaction) => {
    await transaction
      .insertInto('log_in_tries')
      .values({
        account_key: accountKey,
        tries: 0,
        blocked_until: sql<Date>`now(3)`,
        updated_at: sql<Date>`now(3)`,
      })
      // Changes nothing, but takes the row's exclusive lock at once: `insert ignore` would share it, and simultaneous
      // tries, each waiting for the others to let go, would be deadlocks.
      .onDuplicateKeyUpdate({ account_key: sql<string>`account_key` })
      .execute();
    const row = await transaction
      .selectFrom('log_in_tries')
      .select([
        'tries',
        sql<number>`timestampdiff(microsecond, now(3), blocked_until) / 1000000`.as('wait_seconds'),
      ])
      .where('account_key', '=', accountKey)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const waitSeconds = Number(row.wait_seconds);
    if (waitSeconds > 0) return Math.ceil(waitSeconds);
    const tries = row.tries + 1;
    const blockSeconds = tries < FREE_TRIES ? 0 : Math.min(LONGEST_BLOCK_SECONDS, 2 ** (tries - FREE_TRIES));
    await transaction
      .updateTable('log_in_tries')
      .set({
        tries,
        blocked_until: sql<Date>`now(3) + interval ${sql.lit(blockSeconds)} second`,
        updated_at: sql<Date>`now(3)`,
      })
      .where('account_key', '=', accountKey)
      .execute();
    return 0;
  });
}

/** A right password clears the account's count. */
export async function forgetTries(db: Queryable, accountKey: string): Promise<void> {
  await db.deleteFrom('log_in_tries').where('account_key', '=', accountKey).execute();
}

const WINDOW_SECONDS = 60;

/** Counts a hit of an address in its window of one minute, over all nodes; answers how many there are in it now. */
export async function countHit(db: Queryable, address: string): Promise<number> {
  const isOver = sql`window_start <= now(3) - interval ${sql.lit(WINDOW_SECONDS)} second`;
  const { insertId } = await db
    .insertInto('address_windows')
    .values({ address, window_start: sql<Date>`now(3)`, hits: 1 })
    // MySQL assigns from left to right: `hits` must be computed while the old start is still there. As the "last
    // insert id" this statement answers its own count, where a second one would read those of later hits, too.
    .onDuplicateKeyUpdate({
      hits: sql<number>`last_insert_id(if(${isOver}, 1, hits + 1))`,
      window_start: sql<Date>`if(${isOver}, now(3), window_start)`,
    })
    .executeTakeFirstOrThrow();
  const isFirst = insertId === undefined || insertId === 0n;
  return isFirst ? 1 : Number(insertId);
}
