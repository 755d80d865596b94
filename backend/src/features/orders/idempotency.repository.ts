import { isDuplicate, isLockTimeout } from '../../database/database-errors.ts';
import type { Queryable } from '../../database/transaction.ts';
import { Refusal } from '../../errors.ts';

/** A key of one diner with what it stands for. */
export interface IdempotencyKey {
  dinerId: number;
  key: string;
  bodyHash: string;
}

/** Thrown when the key was bound before this transaction could bind it: the unique index decides, not a look-up. */
export class KeyAlreadyBound extends Error {}

const RETRY_AFTER_SECONDS = 1;

/**
 * Binds a key inside the transaction that stores its order; a second request waits here until the first has
 * committed. Throws KeyAlreadyBound, or `key_in_use` when the first needs longer than the lock wait of 1 s.
 */
export async function bindKey(db: Queryable, key: IdempotencyKey): Promise<void> {
  try {
    await db
      .insertInto('idempotency_keys')
      .values({ diner_id: key.dinerId, idempotency_key: key.key, body_hash: key.bodyHash })
      .execute();
  } catch (error) {
    if (isDuplicate(error)) throw new KeyAlreadyBound();
    if (!isLockTimeout(error)) throw error;
    throw new Refusal('key_in_use', {
      message: 'the first request with this key is still being stored',
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}

export async function attachOrder(db: Queryable, key: IdempotencyKey, orderId: number): Promise<void> {
  await db
    .updateTable('idempotency_keys')
    .set({ order_id: orderId })
    .where('diner_id', '=', key.dinerId)
    .where('idempotency_key', '=', key.key)
    .execute();
}

/** Answers the order a key stands for; throws `key_reused` when it was bound with another body. */
export async function findOrderOfKey(db: Queryable, key: IdempotencyKey): Promise<number | undefined> {
  const row = await db
    .selectFrom('idempotency_keys')
    .select(['body_hash', 'order_id'])
    .where('diner_id', '=', key.dinerId)
    .where('idempotency_key', '=', key.key)
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.body_hash !== key.bodyHash) {
    throw new Refusal('key_reused', { message: 'this idempotency key was used for another order' });
  }
  return row.order_id ?? undefined;
}
