import { sql } from 'kysely';
import type { RoleAssignment } from '#contract/users.ts';
import { compiledOnce } from '../../database/compiled-once.ts';
import { rolesOf } from '../../database/role-rows.ts';
import type { Queryable } from '../../database/transaction.ts';

interface LiveSession {
  userId: number;
  name: string;
  email: string;
  roles: RoleAssignment[];
  openedAt: Date;
  /** Some minutes old at most. */
  lastUsedAt: Date;
}

/** What a session keeps of its last use. */
interface SessionUse {
  id: string;
  expiresAt: Date;
  address: string | undefined;
  userAgent: string | undefined;
}

const kept = ({ expiresAt, address, userAgent }: SessionUse) => ({
  expires_at: expiresAt,
  address: address ?? null,
  user_agent: userAgent ?? null,
});

export async function insertSession(db: Queryable, session: SessionUse & { userId: number }): Promise<void> {
  await db
    .insertInto('sessions')
    .values({ id: session.id, user_id: session.userId, ...kept(session) })
    .execute();
}

/** Keeps that a session is used; of simultaneous requests one writes it. */
export async function updateSessionUse(
  db: Queryable,
  use: SessionUse & { now: Date; unlessUsedSince: Date },
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_used_at: use.now, ...kept(use) })
    .where('id', '=', use.id)
    .where((row) => row(row.fn.coalesce('last_used_at', 'created_at'), '<=', use.unlessUsedSince))
    .execute();
}

const readLiveSession = compiledOnce((db, { id, now }: { id: string; now: Date }) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .leftJoin('user_roles', 'user_roles.user_id', 'users.id')
    .select(['users.id', 'users.name', 'users.email', 'user_roles.role', 'user_roles.object_id'])
    .select(['sessions.created_at', 'sessions.last_used_at'])
    .where('sessions.id', '=', id)
    .where('sessions.expires_at', '>', now)
    .where('users.deleted_at', 'is', null)
    .orderBy('user_roles.role')
    .orderBy('user_roles.object_id'),
);

/** The session with its user and roles as they are now, in one statement; undefined once it is over. */
export async function findLiveSession(
  db: Queryable,
  id: string,
  now: Date,
): Promise<LiveSession | undefined> {
  const { rows } = await readLiveSession(db, { id, now });
  const [first] = rows;
  if (!first) return undefined;
  return {
    userId: first.id,
    name: first.name,
    email: first.email ?? '',
    roles: rolesOf(rows),
    openedAt: first.created_at,
    lastUsedAt: first.last_used_at ?? first.created_at,
  };
}

export async function findOpenedAt(db: Queryable, id: string): Promise<Date | undefined> {
  const row = await db.selectFrom('sessions').select('created_at').where('id', '=', id).executeTakeFirst();
  return row?.created_at;
}

// Long enough for a form; short enough that a session somebody left open is no key to the account.
const PROOF_MINUTES = 10;

/** Whether a session was opened, with the password, at most ten minutes ago; by the clock that wrote it. */
export async function isYoung(db: Queryable, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', id)
    .where('created_at', '>=', sql<Date>`now(3) - interval ${sql.lit(PROOF_MINUTES)} minute`)
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteSession(db: Queryable, id: string): Promise<void> {
  await db.deleteFrom('sessions').where('id', '=', id).execute();
}

export interface SessionRecord {
  id: string;
  openedAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  address: string | null;
  userAgent: string | null;
}

const MOST_LISTED = 100;

/** Open sessions of a user, the one used last first. */
export async function findSessionsOfUser(
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
export async function deleteSessionOfUser(
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

/** Ends a user's sessions, all of them or all but one. */
export async function deleteSessionsOfUser(db: Queryable, userId: number, exceptId?: string): Promise<void> {
  const all = db.deleteFrom('sessions').where('user_id', '=', userId);
  await (exceptId === undefined ? all : all.where('id', '!=', exceptId)).execute();
}
