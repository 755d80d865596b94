import type { RoleAssignment } from '#contract/users.ts';
import { rolesOf } from '../../database/role-rows.ts';
import type { Queryable } from '../../database/transaction.ts';

export interface UserRecord {
  id: number;
  name: string;
  email: string;
  roles: RoleAssignment[];
}

/** One account an address: letters count alike in either case (S13). */
export function emailKey(email: string): string {
  return email.normalize('NFC').toLowerCase();
}

/** Stores a user with their roles; the unique index `users_by_email` refuses a taken address. */
export async function insertUser(
  db: Queryable,
  user: { name: string; email: string; passwordHash: string; roles: RoleAssignment[] },
): Promise<UserRecord> {
  const inserted = await db
    .insertInto('users')
    .values({
      name: user.name,
      email: user.email,
      email_key: emailKey(user.email),
      password_hash: user.passwordHash,
    })
    .executeTakeFirstOrThrow();
  const id = Number(inserted.insertId);
  for (const assignment of user.roles) await insertRole(db, id, assignment);
  return { id, name: user.name, email: user.email, roles: user.roles };
}

/** Gives a role; giving one twice changes nothing. */
export async function insertRole(db: Queryable, userId: number, assignment: RoleAssignment): Promise<void> {
  await db
    .insertInto('user_roles')
    .ignore()
    .values({ user_id: userId, role: assignment.role, object_id: assignment.objectId ?? 0 })
    .execute();
}

export async function findCredentials(
  db: Queryable,
  email: string,
): Promise<{ id: number; passwordHash: string } | undefined> {
  const row = await db
    .selectFrom('users')
    .select(['id', 'password_hash'])
    .where('email_key', '=', emailKey(email))
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row?.password_hash ? { id: row.id, passwordHash: row.password_hash } : undefined;
}

export async function updatePasswordHash(db: Queryable, userId: number, passwordHash: string): Promise<void> {
  await db.updateTable('users').set({ password_hash: passwordHash }).where('id', '=', userId).execute();
}

/** One statement: the user with a row per role. */
export async function findUser(db: Queryable, userId: number): Promise<UserRecord | undefined> {
  const rows = await db
    .selectFrom('users')
    .leftJoin('user_roles', 'user_roles.user_id', 'users.id')
    .select(['users.id', 'users.name', 'users.email', 'user_roles.role', 'user_roles.object_id'])
    .where('users.id', '=', userId)
    .where('users.deleted_at', 'is', null)
    .orderBy('user_roles.role')
    .orderBy('user_roles.object_id')
    .execute();
  const [first] = rows;
  if (!first) return undefined;
  return { id: first.id, name: first.name, email: first.email ?? '', roles: rolesOf(rows) };
}
