import type { Transaction as KyselyTransaction } from 'kysely';
import { CommitInDoubt, isConflict } from './database-errors.ts';
import type { Database } from './pool.ts';
import type { Schema } from './schema.ts';

export type Transaction = KyselyTransaction<Schema>;
/** What repository functions take: the pool, or the transaction they shall be part of. */
export type Queryable = Database | Transaction;

const MAX_TRIES = 8;

/**
 * Runs `work` in one transaction and answers what it answers. A conflict with another transaction replays all of
 * it, so `work` must hold nothing but database calls: no network call, no change of outside state. Throws CommitInDoubt
 * when COMMIT was sent and nobody knows what became of it.
 */
export async function inTransaction<T>(
  db: Database,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    let isCommitting = false;
    try {
      return await db.transaction().execute(async (transaction) => {
        const answer = await work(transaction);
        isCommitting = true;
        return answer;
      });
    } catch (error) {
      if (!isConflict(error)) throw isCommitting ? new CommitInDoubt(error) : error;
      if (attempt >= MAX_TRIES) throw error;
    }
  }
}
