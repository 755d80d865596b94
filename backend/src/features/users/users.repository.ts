import { normalizeEmail, toAsciiDomain } from '#contract/email-address.ts';
import type { RoleAssignment } from '#contract/users.ts';
import { fitsFilter } from '../../database/like-pattern.ts';
import { rolesOf } from '../../database/role-rows.ts';
import type { Queryable } from '../../database/transaction.ts';

export interface UserRecord {
  id: number;
  name: string;
  email: string;
  roles: RoleAssignment[];
}

/** One account an address: letters count alike in either case (S13), and so do the spellings of a domain. */
export function emailKey(email: string): string {
  return (normalizeEmail(email) ?? email).normalize('NFC').toLowerCase();
}

/** Domains are stored as punycode; whoever looks for one writes it as people read it. */
function emailFilter(filter: string): string {
  const parts = filter.split(/([.@*])/);
  return parts.map((part) => (part === '' ? part : (toAsciiDomain(part) ?? part))).join('');
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

export async function deleteRoles(db: Queryable, userId: number): Promise<void> {
  await db.deleteFrom('user_roles').where('user_id', '=', userId).execute();
}

/** Takes a franchise's role from everybody who has it. */
export async function deleteFranchiseRoles(db: Queryable, franchiseId: number): Promise<void> {
  await db
    .deleteFrom('user_roles')
    .where('role', '=', 'franchisee')
    .where('object_id', '=', franchiseId)
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

export async function findPasswordHash(db: Queryable, userId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', userId)
    .executeTakeFirst();
  return row?.password_hash ?? undefined;
}

export interface UserChanges {
  name?: string;
  email?: string;
  passwordHash?: string;
}

export async function updateUser(db: Queryable, userId: number, changes: UserChanges): Promise<void> {
  const { name, email, passwordHash } = changes;
  const columns = {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email, email_key: emailKey(email) }),
    ...(passwordHash !== undefined && { password_hash: passwordHash }),
  };
  if (Object.keys(columns).length === 0) return;
  await db.updateTable('users').set(columns).where('id', '=', userId).execute();
}

/** Stores the same password hashed anew, unless another one was set, or the account deleted, while that was computed. */
export async function replacePasswordHash(
  db: Queryable,
  { userId, from, to }: { userId: number; from: string; to: string },
): Promise<void> {
  await db
    .updateTable('users')
    .set({ password_hash: to })
    .where('id', '=', userId)
    .where('password_hash', '=', from)
    .execute();
}

const NAME_OF_DELETED = 'deleted user';

/** Forgets who it was; the row stays because orders and audit entries point at it. */
export async function anonymizeUser(db: Queryable, userId: number, now: Date): Promise<void> {
  await db
    .updateTable('users')
    .set({ name: NAME_OF_DELETED, email: null, email_key: null, password_hash: null, deleted_at: now })
    .where('id', '=', userId)
    .execute();
}

/** Locks a user's row, so that what is decided about them is decided one at a time. */
export async function lockUser(db: Queryable, userId: number): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Ids of all admins, locked: the last one must not be lost by two requests at once. */
export async function lockAdmins(db: Queryable): Promise<number[]> {
  const rows = await db
    .selectFrom('user_roles')
    .select('user_id')
    .where('role', '=', 'admin')
    .forUpdate()
    .execute();
  return rows.map(({ user_id }) => user_id);
}

const userColumns = [
  'users.id',
  'users.name',
  'users.email',
  'user_roles.role',
  'user_roles.object_id',
] as const;

/** One statement: the user with a row per role. */
export async function findUser(db: Queryable, userId: number): Promise<UserRecord | undefined> {
  const rows = await db
    .selectFrom('users')
    .leftJoin('user_roles', 'user_roles.user_id', 'users.id')
    .select(userColumns)
    .where('users.id', '=', userId)
    .where('users.deleted_at', 'is', null)
    .orderBy('user_roles.role')
    .orderBy('user_roles.object_id')
    .execute();
  const [first] = rows;
  if (!first) return undefined;
  return { id: first.id, name: first.name, email: first.email ?? '', roles: rolesOf(rows) };
}

/** One page of users by id whose name or address matches, with one more than asked for. */
export async function findUsers(
  db: Queryable,
  query: { name: string; offset: number; limit: number },
): Promise<UserRecord[]> {
  const matching = db
    .selectFrom('users')
    .select(['id', 'name', 'email'])
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .offset(query.offset)
    .limit(query.limit + 1);
  // Without a filter no text is compared at all.
  const page =
    query.name === '*'
      ? matching
      : matching.where((eb) =>
          eb.or([fitsFilter('name', query.name), fitsFilter('email', emailFilter(query.name))]),
        );
  const users = await page.execute();
  if (users.length === 0) return [];
  const roles = await db
    .selectFrom('user_roles')
    .select(['user_id', 'role', 'object_id'])
    .where(
      'user_id',
      'in',
      users.map(({ id }) => id),
    )
    .orderBy('role')
    .orderBy('object_id')
    .execute();
  return users.map(({ id, name, email }) => ({
    id,
    name,
    email: email ?? '',
    roles: rolesOf(roles.filter(({ user_id }) => user_id === id)),
  }));
}
