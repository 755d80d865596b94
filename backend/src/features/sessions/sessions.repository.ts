import type { Queryable } from '../../database/transaction.ts';

const MOST_LISTED = 100;

export interface SessionRecord {
  id: string;
  openedAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  address: string | null;
  userAgent: string | null;
}

/** Open sessions of a user, the one used last first. */
export async function findSessions(
  db: Queryable,
  { userId, now }: { userId: number; now: Date },
): Promise<SessionRecord[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .select((row) => row.fn.coalesce('last_used_at', 'created_at').as('used_at'))
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('used_at', 'desc')
    .orderBy('id')
    .limit(MOST_LISTED)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    openedAt: row.created_at,
    lastUsedAt: row.used_at,
    expiresAt: row.expires_at,
    address: row.address,
    userAgent: row.user_agent,
  }));
}

/** Answers whether there was one: another user's is as if there were none. */
export async function deleteSession(
  db: Queryable,
  { id, userId }: { id: string; userId: number },
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function deleteOtherSessions(
  db: Queryable,
  { id, userId }: { id: string; userId: number },
): Promise<void> {
  await db.deleteFrom('sessions').where('user_id', '=', userId).where('id', '!=', id).execute();
}
