import type { ExpressionBuilder } from 'kysely';
import { databaseNow, inMs } from '../../database/lease-clock.ts';
import type { Schema } from '../../database/schema.ts';
import type { Queryable } from '../../database/transaction.ts';

const NAME_OF_DELETED = 'deleted user';
// Longer than the orders of any one diner take. What a node left that is gone is erased by another one after it.
const LEASE_MS = 30_000;

/**
 * Forgets who it was. The row stays because orders and audit entries point at it, and says that the rest is to be erased:
 * by whoever closes the account, and by others when its lease is over.
 */
export async function closeAccount(db: Queryable, userId: number): Promise<void> {
  await db
    .updateTable('users')
    .set({
      name: NAME_OF_DELETED,
      email: null,
      email_key: null,
      password_hash: null,
      deleted_at: databaseNow,
      erasure_lease_until: inMs(LEASE_MS),
    })
    .where('id', '=', userId)
    .execute();
}

const isFree = (eb: ExpressionBuilder<Schema, 'users'>) =>
  eb.or([eb('erasure_lease_until', 'is', null), eb('erasure_lease_until', '<=', databaseNow)]);

const unfinished = (db: Queryable) =>
  db.selectFrom('users').select('id').where('erased_at', 'is', null).where('deleted_at', 'is not', null);

/** Whether an account was closed, and something of it may be left. */
export async function isUnfinished(db: Queryable, userId: number): Promise<boolean> {
  return (await unfinished(db).where('id', '=', userId).executeTakeFirst()) !== undefined;
}

/** Closed accounts that nobody erases right now. */
export async function findUnfinished(db: Queryable, limit: number): Promise<number[]> {
  const rows = await unfinished(db).where(isFree).limit(limit).execute();
  return rows.map(({ id }) => id);
}

/** Takes the right to erase; false while somebody else has it. It saves work: erasing twice would do no harm. */
export async function takeErasure(db: Queryable, userId: number): Promise<boolean> {
  const taken = await db
    .updateTable('users')
    .set({ erasure_lease_until: inMs(LEASE_MS) })
    .where('id', '=', userId)
    .where('erased_at', 'is', null)
    .where(isFree)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

/** Nothing of them is left. */
export async function endErasure(db: Queryable, userId: number): Promise<void> {
  await db
    .updateTable('users')
    .set({ erased_at: databaseNow, erasure_lease_until: null })
    .where('id', '=', userId)
    .where('deleted_at', 'is not', null)
    .execute();
}
