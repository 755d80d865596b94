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

export function createUsers(db: Database) {
  return {
    /** As part of a larger transaction. */
    insertUser: (transaction: Queryable, user: NewUser) => repository.insertUser(transaction, user),
    /** Stores a user whole or not at all. Throws `email_taken`. */
    async createUser(user: NewUser): Promise<repository.UserRecord> {
      try {
        return await inTransaction(db, (transaction) => repository.insertUser(transaction, user));
      } catch (error) {
        if (!isDuplicate(error, 'users_by_email')) throw error;
        throw new Refusal('email_taken', {
          message: 'this e-mail address is taken',
          errors: [{ path: 'email', message: 'is taken' }],
        });
      }
    },
    findUser: (id: number): Promise<repository.UserRecord | undefined> => repository.findUser(db, id),
    findCredentials: (email: string) => repository.findCredentials(db, email),
    changePasswordHash: (id: number, passwordHash: string) =>
      repository.updatePasswordHash(db, id, passwordHash),
    giveRole: (id: number, assignment: RoleAssignment) => repository.insertRole(db, id, assignment),
  };
}

export type Users = ReturnType<typeof createUsers>;
