import { type FieldError, fieldError } from '#contract/field-errors.ts';
import type { RoleAssignment } from '#contract/users.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Queryable, type Transaction } from '../../database/transaction.ts';
import { invalidInput, notFound, Refusal } from '../../errors.ts';
import type { Client } from '../../http/client.ts';
import type { Actor } from '../audit/audit.repository.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { HeldSession } from '../auth/auth.service.ts';
import type { DeviceToken } from '../auth/device-token.ts';
import type { CountedTry, LogInTry } from '../auth/log-in-throttle.ts';
import type { AccountErasure } from './account-erasure.ts';
import * as repository from './users.repository.ts';
import { explainDuplicateEmail } from './users.service.ts';

/** What editing and deleting accounts need of passwords and sessions; the errors are those of features/auth. */
interface AccountSecurity {
  countTry: (logInTry: LogInTry) => Promise<CountedTry>;
  rememberPlace: (userId: number, client: Client) => Promise<DeviceToken>;
  passwordMatches: (password: string, passwordHash: string | undefined) => Promise<boolean>;
  hashNewPassword: (password: string) => Promise<string>;
  endSessions: (transaction: Queryable, userId: number, exceptId?: string) => Promise<void>;
  /** Whether the session was opened with the password so lately that nobody need be asked for it again. */
  isFreshlyLoggedIn: (sessionId: string) => Promise<boolean>;
  reissue: (sessionId: string, userId: number) => Promise<HeldSession>;
}

interface AccountDeps {
  db: Database;
  auth: AccountSecurity;
  audit: Audit;
  /** Whether there is an open franchise of this id. */
  isFranchise: (transaction: Queryable, franchiseId: number) => Promise<boolean>;
  erasure: AccountErasure;
}

export interface AccountChanges {
  name?: string | undefined;
  email?: string | undefined;
  password?: string | undefined;
  currentPassword?: string | undefined;
  roles?: RoleAssignment[] | undefined;
}

/** Who edits: oneself, with the session that stays; or an admin. */
interface Editor extends Actor {
  sessionId: string;
  isAdmin: boolean;
  client: Client;
}

export function createAccounts({ db, auth, audit, isFranchise, erasure }: AccountDeps) {
  /** Keeps what really differs: an address or password equal to the present one is no change. */
  async function findChanges(user: repository.UserRecord, changes: AccountChanges) {
    const { name, email, password } = changes;
    const isNewPassword = password !== undefined && !(await isCurrentPassword(user, password));
    return {
      ...(name !== undefined && name !== user.name && { name }),
      ...(email !== undefined && email !== user.email && { email }),
      ...(isNewPassword && { password }),
    };
  }

  async function isCurrentPassword(user: repository.UserRecord, password: string): Promise<boolean> {
    return auth.passwordMatches(password, await repository.findPasswordHash(db, user.id));
  }

  /** The password, or a log-in with it just now (S14). A wrong one is refused whenever it is given. */
  async function assertProof(
    user: repository.UserRecord,
    { currentPassword, sessionId }: { currentPassword: string | undefined; sessionId: string },
  ): Promise<void> {
    const isProven =
      currentPassword === undefined
        ? await auth.isFreshlyLoggedIn(sessionId)
        : await isCurrentPassword(user, currentPassword);
    if (isProven) return;
    const isAsked = currentPassword === undefined;
    throw new Refusal(isAsked ? 'reauthentication_required' : 'wrong_password', {
      message: 'the current password is needed for this change',
      errors: [fieldError('currentPassword', isAsked ? 'required' : 'wrong')],
    });
  }

  /** As `assertProof`, where nothing else could be a guess at the password; it counts like a log-in (S12). */
  async function proveSelf(editor: Editor, currentPassword: string | undefined): Promise<void> {
    const { userId, sessionId, client } = editor;
    const user = await repository.findUser(db, userId);
    if (!user) throw notFound('user');
    const isGuess = currentPassword !== undefined;
    const counted = isGuess ? await auth.countTry({ email: user.email, userId, client }) : undefined;
    await assertProof(user, { currentPassword, sessionId });
    await counted?.clear();
  }

  async function replaceRoles(
    transaction: Transaction,
    userId: number,
    roles: RoleAssignment[],
  ): Promise<void> {
    await assertNotLastAdmin(transaction, userId, roles);
    await assertFranchisesExist(transaction, roles);
    await repository.deleteRoles(transaction, userId);
    for (const assignment of roles) await repository.insertRole(transaction, userId, assignment);
  }

  /** A role for a franchise that is not there would come true when one gets that id. */
  async function assertFranchisesExist(transaction: Transaction, roles: RoleAssignment[]): Promise<void> {
    const errors: FieldError[] = [];
    for (const [index, { objectId }] of roles.entries()) {
      if (objectId !== undefined && !(await isFranchise(transaction, objectId))) {
        errors.push(fieldError(`roles.${index}.objectId`, 'no_franchise'));
      }
    }
    if (errors.length > 0) throw invalidInput(errors);
  }

  return {
    /**
     * Edits oneself or, as an admin, anybody. A new address or password of oneself needs the current password, or a
     * log-in with it a little ago (S14), and ends the other sessions; of another, all of theirs. Answers a token only
     * for oneself (S21). Throws `not_found`, `wrong_password`, `reauthentication_required`, `too_many_requests`, `email_taken`, `state_conflict` for the last admin,
     * `invalid_input`.
     */
    async updateAccount(userId: number, changes: AccountChanges, editor: Editor) {
      const isSelf = userId === editor.userId;
      const user = await repository.findUser(db, userId);
      if (!user) throw notFound('user');
      // Both fields let whoever holds the session guess at the password, so both meet the limit of the log-in (S12).
      const mayGuess = isSelf && (changes.password !== undefined || changes.currentPassword !== undefined);
      const counted = mayGuess
        ? await auth.countTry({ email: user.email, userId, client: editor.client })
        : undefined;
      const { password, ...rest } = await findChanges(user, changes);
      const isSensitive = password !== undefined || rest.email !== undefined;
      const { currentPassword } = changes;
      if (isSelf && isSensitive) {
        await assertProof(user, { currentPassword, sessionId: editor.sessionId });
      }
      // A log-in a little ago proves that it is them, and nothing about a password that was not given.
      const isProven =
        (isSensitive && currentPassword !== undefined) ||
        (changes.password !== undefined && password === undefined);
      if (isProven) await counted?.clear();
      const passwordHash = password === undefined ? undefined : await auth.hashNewPassword(password);
      const roles = editor.isAdmin ? changes.roles : undefined;
      await inTransaction(db, async (transaction) => {
        if (!(await repository.lockUser(transaction, userId))) throw notFound('user');
        await repository.updateUser(transaction, userId, { ...rest, ...(passwordHash && { passwordHash }) });
        if (roles) await replaceRoles(transaction, userId, roles);
        if (isSensitive) await auth.endSessions(transaction, userId, isSelf ? editor.sessionId : undefined);
        if (isSelf && !roles) return;
        const fields = [...Object.keys(rest), ...(passwordHash ? ['password'] : [])];
        const details = { fields, ...(roles && { roles }) };
        await audit.record(transaction, {
          actor: editor,
          action: 'user.updated',
          subject: { type: 'user', id: userId },
          details,
        });
      }).catch(explainDuplicateEmail);
      const updated = await repository.findUser(db, userId);
      if (!updated) throw notFound('user');
      if (!isSelf) return { user: updated, isSensitive };
      const session = await auth.reissue(editor.sessionId, userId);
      // Every place was forgotten; this one is where the change came from.
      const device = isSensitive ? await auth.rememberPlace(userId, editor.client) : undefined;
      return { user: updated, isSensitive, session, device };
    },

    async listUsers(query: { name: string; page: number; limit: number }) {
      const { name, page, limit } = query;
      const found = await repository.findUsers(db, { name, offset: (page - 1) * limit, limit });
      return { users: found.slice(0, limit), more: found.length > limit };
    },

    /**
     * Closes an account in one transaction, which cancels its open orders, and erases what is left of it. Orders stay
     * without a name. Deleting oneself needs the proof that a new password needs (S14). Answers whether all is erased; if
     * not, that follows without anybody's doing, and an admin may ask again. Throws `not_found`, `wrong_password`,
     * `reauthentication_required`, `too_many_requests`, `state_conflict`.
     */
    async deleteAccount(
      userId: number,
      editor: Editor,
      currentPassword: string | undefined,
    ): Promise<{ isErased: boolean }> {
      if (userId === editor.userId) await proveSelf(editor, currentPassword);
      const tell = await inTransaction(db, async (transaction) => {
        await assertNotLastAdmin(transaction, userId, []);
        if (!(await repository.lockUser(transaction, userId))) {
          if (!(await erasure.isUnfinished(transaction, userId))) throw notFound('user');
          return undefined;
        }
        const tellCancelled = await erasure.close(transaction, userId);
        await audit.record(transaction, {
          actor: editor,
          action: 'user.deleted',
          subject: { type: 'user', id: userId },
          details: {},
        });
        return tellCancelled;
      });
      tell?.();
      return { isErased: await erasure.finish(userId) };
    },
  };
}

/** Somebody must be left who can make others admins. */
async function assertNotLastAdmin(
  transaction: Transaction,
  userId: number,
  roles: RoleAssignment[],
): Promise<void> {
  if (roles.some(({ role }) => role === 'admin')) return;
  const admins = await repository.lockAdmins(transaction);
  if (admins.length === 1 && admins[0] === userId) {
    throw new Refusal('state_conflict', { message: 'the last admin cannot lose that role' });
  }
}

export type Accounts = ReturnType<typeof createAccounts>;
