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
}

export async function insertSession(
  db: Queryable,
  session: { id: string; userId: number; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto('sessions')
    .values({ id: session.id, user_id: session.userId, expires_at: session.expiresAt })
    .execute();
}

const readLiveSession = compiledOnce((db, { id, now }: { id: string; now: Date }) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .leftJoin('user_roles', 'user_roles.user_id', 'users.id')
    .select(['users.id', 'users.name', 'users.email', 'user_roles.role', 'user_roles.object_id'])
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
  return { userId: first.id, name: first.name, email: first.email ?? '', roles: rolesOf(rows) };
}

export async function findExpiry(db: Queryable, id: string): Promise<Date | undefined> {
  const row = await db.selectFrom('sessions').select('expires_at').where('id', '=', id).executeTakeFirst();
  return row?.expires_at;
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

/** Ends a user's sessions, all of them or all but one. */
export async function deleteSessionsOfUser(db: Queryable, userId: number, exceptId?: string): Promise<void> {
  const all = db.deleteFrom('sessions').where('user_id', '=', userId);
  await (exceptId === undefined ? all : all.where('id', '!=', exceptId)).execute();
}
