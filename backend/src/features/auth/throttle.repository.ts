import { sql } from 'kysely';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Queryable } from '../../database/transaction.ts';

/** How many tries somebody has at an account, and how long they wait after each. */
export interface Budget {
  key: string;
  /** Without a counted try for so long the count begins anew. */
  forgetAfterSeconds: number;
  /** After so many tries. */
  blockSeconds: (tries: number) => number;
}

const secondsLeft = sql<number>`timestampdiff(microsecond, now(3), blocked_until) / 1000000`;

/** The row's exclusive lock, made where there is none; so nodes and simultaneous requests share one count. */
async function lockTries(transaction: Queryable, { key, forgetAfterSeconds }: Budget) {
  await transaction
    .insertInto('log_in_tries')
    .values({ account_key: key, tries: 0, blocked_until: sql<Date>`now(3)`, updated_at: sql<Date>`now(3)` })
    // Changes nothing, but takes the lock at once: `insert ignore` would share it, and simultaneous tries, each waiting
    // for the others to let go, would be deadlocks.
    .onDuplicateKeyUpdate({ account_key: sql<string>`account_key` })
    .execute();
  const isOver = sql`updated_at <= now(3) - interval ${sql.lit(forgetAfterSeconds)} second`;
  return transaction
    .selectFrom('log_in_tries')
    .select([sql<number>`if(${isOver}, 0, tries)`.as('tries'), secondsLeft.as('wait_seconds')])
    .where('account_key', '=', key)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** The longest wait of these that has not ended. */
async function findWaitSeconds(db: Queryable, budgets: readonly Budget[]): Promise<number> {
  const row = await db
    .selectFrom('log_in_tries')
    .select(({ fn }) => fn.max(secondsLeft).as('wait_seconds'))
    .where(
      'account_key',
      'in',
      budgets.map(({ key }) => key),
    )
    .executeTakeFirst();
  return Number(row?.wait_seconds ?? 0);
}

/**
 * Counts a try in all of these budgets before its password is looked at, or in none while one of them is used up (S12).
 * Answers how many seconds to wait, or 0 when the try may go on. The one that many share comes last: rows are locked in
 * this order, and that one for the shortest time.
 */
export async function countTry(db: Database, budgets: readonly Budget[]): Promise<number> {
  // A flood of tries that are refused anyway must not queue for one row's lock.
  const waitSeconds = await findWaitSeconds(db, budgets);
  if (waitSeconds > 0) return Math.ceil(waitSeconds);
  return inTransaction(db, async (transaction) => {
    const counted: { budget: Budget; tries: number }[] = [];
    for (const budget of budgets) {
      const row = await lockTries(transaction, budget);
      if (Number(row.wait_seconds) > 0) return Math.ceil(Number(row.wait_seconds));
      counted.push({ budget, tries: Number(row.tries) + 1 });
    }
    for (const { budget, tries } of counted) {
      const blocked = sql.lit(budget.blockSeconds(tries));
      await transaction
        .updateTable('log_in_tries')
        .set({
          tries,
          blocked_until: sql<Date>`now(3) + interval ${blocked} second`,
          updated_at: sql<Date>`now(3)`,
        })
        .where('account_key', '=', budget.key)
        .execute();
    }
    return 0;
  });
}

/** A right password clears the count of whoever gave it. */
export async function forgetTries(db: Queryable, key: string): Promise<void> {
  await db.deleteFrom('log_in_tries').where('account_key', '=', key).execute();
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
