import { fieldError } from '#contract/field-errors.ts';
import type { RoleAssignment } from '#contract/users.ts';
import { isDuplicate } from '../../database/database-errors.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Queryable } from '../../database/transaction.ts';
import { Refusal } from '../../errors.ts';
import * as repository from './users.repository.ts';

interface NewUser {
  name: string;
  email: string;
  passwordHash: string;
  roles: RoleAssignment[];
}

/** Throws `email_taken` when the unique index refused an address; anything else as it is. */
export function explainDuplicateEmail(error: unknown): never {
  if (!isDuplicate(error, 'users_by_email')) throw error;
  throw new Refusal('email_taken', {
    message: 'this e-mail address is taken',
    errors: [fieldError('email', 'taken')],
  });
}

/** What other features need of users; editing an account is in accounts.service.ts. */
export function createUsers(db: Database) {
  return {
    /** As part of a larger transaction. */
    insertUser: (transaction: Queryable, user: NewUser) => repository.insertUser(transaction, user),
    /** Stores a user whole or not at all. Throws `email_taken`. */
    createUser: (user: NewUser): Promise<repository.UserRecord> =>
      inTransaction(db, (transaction) => repository.insertUser(transaction, user)).catch(
        explainDuplicateEmail,
      ),
    /** As part of a larger transaction; false when there is no such user any more. */
    lockUser: (transaction: Queryable, id: number): Promise<boolean> => repository.lockUser(transaction, id),
    /** Whether there was never a user. */
    isEmpty: (queryable: Queryable = db): Promise<boolean> => repository.isEmpty(queryable),
    findUser: (id: number): Promise<repository.UserRecord | undefined> => repository.findUser(db, id),
    findCreationTime: (id: number): Promise<Date> => repository.findCreationTime(db, id),
    findCredentials: (email: string, queryable: Queryable = db) =>
      repository.findCredentials(queryable, email),
    /** Whether they still are what a log-in was checked against; nobody changes that before the transaction ends. */
    holdCredentials: async (transaction: Queryable, { id, passwordHash }: repository.Credentials) =>
      (await repository.lockUser(transaction, id)) &&
      (await repository.findPasswordHash(transaction, id)) === passwordHash,
    changePasswordHash: (transaction: Queryable, id: number, passwordHash: string) =>
      repository.updateUser(transaction, id, { passwordHash }),
    giveRole: (transaction: Queryable, id: number, assignment: RoleAssignment) =>
      repository.insertRole(transaction, id, assignment),
    takeFranchiseRoles: (transaction: Queryable, franchiseId: number) =>
      repository.deleteFranchiseRoles(transaction, franchiseId),
  };
}

export type Users = ReturnType<typeof createUsers>;
