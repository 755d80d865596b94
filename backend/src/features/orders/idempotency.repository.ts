import { compiledOnce } from '../../database/compiled-once.ts';
import { isDuplicate, isLockTimeout } from '../../database/database-errors.ts';
import type { Queryable } from '../../database/transaction.ts';
import { Refusal } from '../../errors.ts';

/** The key an order is placed under: the client's own, or one that was made up for a client that brought none. */
export interface OrderKey {
  dinerId: number;
  key: string;
  bodyHash: string;
  isFromClient: boolean;
}

const insertKey = compiledOnce((db, { dinerId, key, bodyHash }: OrderKey) =>
  db.insertInto('idempotency_keys').values({ diner_id: dinerId, idempotency_key: key, body_hash: bodyHash }),
);

const updateKey = compiledOnce((db, { dinerId, key, orderId }: OrderKey & { orderId: number }) =>
  db
    .updateTable(['idempotency_keys', 'users'])
    .set({ order_id: orderId })
    .where('idempotency_keys.diner_id', '=', dinerId)
    .where('idempotency_keys.idempotency_key', '=', key)
    .whereRef('users.id', '=', 'idempotency_keys.diner_id')
    .where('users.deleted_at', 'is', null),
);

/**
 * Binds a key inside a transaction. `taken`: a transaction that is committed has bound it before; the unique index
 * decides, not a look-up. `blocked`: another one has bound it and is not over after the lock wait of 1 s.
 */
export async function bindKey(db: Queryable, key: OrderKey): Promise<'bound' | 'taken' | 'blocked'> {
  try {
    await insertKey(db, key);
    return 'bound';
  } catch (error) {
    if (isDuplicate(error)) return 'taken';
    if (isLockTimeout(error)) return 'blocked';
    throw error;
  }
}

/**
 * Lets a key stand for its order, which was stored before in this transaction. False when its diner was deleted
 * meanwhile: since the order points at them nobody else can do that before the end of this transaction.
 */
export async function attachOrder(db: Queryable, key: OrderKey, orderId: number): Promise<boolean> {
  return (await updateKey(db, { ...key, orderId })).numAffectedRows === 1n;
}

/**
 * Answers the order a key stands for; undefined for a key nobody used, and for one whose order was found not to be
 * stored. Throws `key_reused` when it was bound with another body.
 */
export async function findOrderOfKey(db: Queryable, key: OrderKey): Promise<number | undefined> {
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
