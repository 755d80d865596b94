import { fieldError } from '#contract/field-errors.ts';
import type { Clock } from '../../clock.ts';
import { isDuplicate } from '../../database/database-errors.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Transaction } from '../../database/transaction.ts';
import { changedMeanwhile, notFound, Refusal } from '../../errors.ts';
import type { ExpectedVersion } from '../../http/expected-version.ts';
import { readableEmail } from '../../http/readable-email.ts';
import type { Actor } from '../audit/audit.repository.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Users } from '../users/users.service.ts';
import { presentFranchise } from './franchises.presenter.ts';
import * as repository from './franchises.repository.ts';
import type { Franchises, FranchiseView } from './franchises.service.ts';

interface ManagementDeps {
  db: Database;
  franchises: Franchises;
  users: Users;
  audit: Audit;
  clock: Clock;
}

interface FranchiseUpdate {
  franchiseId: number;
  name?: string | undefined;
  admins?: { email: string }[] | undefined;
  isExpected: ExpectedVersion;
}

function explainTakenName(error: unknown): never {
  if (!isDuplicate(error, 'franchises_by_open_name')) throw error;
  throw new Refusal('name_taken', {
    message: 'this franchise name is taken',
    errors: [fieldError('name', 'taken')],
  });
}

/** What admins do with franchises. Every change is audited in its own transaction. */
export function createFranchiseManagement({ db, franchises, users, audit, clock }: ManagementDeps) {
  async function findUserIds(
    transaction: Transaction,
    admins: readonly { email: string }[],
  ): Promise<number[]> {
    const ids: number[] = [];
    for (const [index, { email }] of admins.entries()) {
      const user = await users.findCredentials(email, transaction);
      if (!user) {
        throw new Refusal('unknown_user', {
          message: `unknown user for franchise admin ${readableEmail(email)} provided`,
          errors: [fieldError(`admins.${index}.email`, 'no_account')],
        });
      }
      ids.push(user.id);
    }
    return ids;
  }

  async function giveRoles(
    transaction: Transaction,
    franchiseId: number,
    userIds: readonly number[],
  ): Promise<void> {
    for (const userId of userIds)
      await users.giveRole(transaction, userId, { role: 'franchisee', objectId: franchiseId });
  }

  return {
    /** Throws `unknown_user` for an admin without an account, `name_taken`. */
    async createFranchise(
      franchise: { name: string; admins: { email: string }[] },
      actor: Actor,
    ): Promise<FranchiseView> {
      const { name, admins } = franchise;
      const id = await inTransaction(db, async (transaction) => {
        const userIds = await findUserIds(transaction, admins);
        const franchiseId = await repository.insertFranchise(transaction, name);
        await giveRoles(transaction, franchiseId, userIds);
        const subject = { type: 'franchise' as const, id: franchiseId };
        await audit.record(transaction, {
          actor,
          action: 'franchise.created',
          subject,
          details: { name, userIds },
        });
        return franchiseId;
      }).catch(explainTakenName);
      return franchises.readFranchise(id);
    },

    /** Changes what is given and nothing else. Throws `not_found`, `unknown_user`, `name_taken`, `version_conflict`. */
    async updateFranchise(update: FranchiseUpdate, actor: Actor): Promise<FranchiseView> {
      const { franchiseId, name, admins, isExpected } = update;
      const isChanged = await inTransaction(db, async (transaction) => {
        const version = await repository.lockFranchise(transaction, franchiseId);
        if (version === undefined) throw notFound('franchise');
        if (!isExpected(version)) return false;
        if (name !== undefined || admins) {
          await repository.changeFranchise(transaction, franchiseId, { name });
        }
        const userIds = admins && (await findUserIds(transaction, admins));
        if (userIds) {
          await users.takeFranchiseRoles(transaction, franchiseId);
          await giveRoles(transaction, franchiseId, userIds);
        }
        const details = { ...(name !== undefined && { name }), ...(userIds && { userIds }) };
        const subject = { type: 'franchise' as const, id: franchiseId };
        await audit.record(transaction, { actor, action: 'franchise.updated', subject, details });
        return true;
      }).catch(explainTakenName);
      const present = await franchises.readFranchise(franchiseId);
      if (!isChanged) throw changedMeanwhile(presentFranchise(present));
      return present;
    },

    /** Its stores take no more orders, its franchisees lose the role, its history stays. Throws `not_found`. */
    closeFranchise: (franchiseId: number, actor: Actor): Promise<void> =>
      inTransaction(db, async (transaction) => {
        if (!(await repository.closeFranchise(transaction, franchiseId, clock())))
          throw notFound('franchise');
        await users.takeFranchiseRoles(transaction, franchiseId);
        const subject = { type: 'franchise' as const, id: franchiseId };
        await audit.record(transaction, { actor, action: 'franchise.closed', subject, details: {} });
      }),
  };
}

export type FranchiseManagement = ReturnType<typeof createFranchiseManagement>;
