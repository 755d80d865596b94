import type { Database } from '../../database/pool.ts';
import { inTransaction } from '../../database/transaction.ts';
import { Refusal } from '../../errors.ts';
import type { Logger } from '../../observability/logger.ts';
import type { Audit } from '../audit/audit.service.ts';
import { hasAdmin } from './users.repository.ts';
import { explainDuplicateEmail, type Users } from './users.service.ts';

const NAME = 'Admin';

interface AdminDeps {
  db: Database;
  users: Users;
  auth: { hashNewPassword: (password: string) => Promise<string> };
  audit: Audit;
}

interface NewAdmin {
  email: string;
  password: string;
  /** Whoever runs the service has no account, so the audit log names the new admin and says how it came about. */
  by: 'settings' | 'command';
}

/** Makes an admin of an address nobody has yet, and audits it. Throws `email_taken`, and `invalid_input` for a poor password. */
export async function createAdmin(
  { db, users, auth, audit }: AdminDeps,
  { email, password, by }: NewAdmin,
): Promise<void> {
  const passwordHash = await auth.hashNewPassword(password);
  await inTransaction(db, async (transaction) => {
    const { id } = await users.insertUser(transaction, {
      name: NAME,
      email,
      passwordHash,
      roles: [{ role: 'admin' }],
    });
    await audit.record(transaction, {
      actor: { userId: id, requestId: by },
      action: 'user.made-admin',
      subject: { type: 'user', id },
      details: { by },
    });
  }).catch(explainDuplicateEmail);
}

/**
 * The first admin of a new production (S20), from the settings: only while the database has no users, and deleted ones
 * are users (S44). Whoever could write to the settings later is no admin by that.
 */
export async function ensureFirstAdmin(
  deps: AdminDeps & { log: Logger },
  account: { email: string; password: string } | undefined,
): Promise<void> {
  if (!account) return;
  if (!(await deps.users.isEmpty())) {
    if (!(await hasAdmin(deps.db)))
      deps.log.warn('ADMIN_EMAIL made no admin, because there are users: npm run create-admin makes one');
    return;
  }
  await createAdmin(deps, { ...account, by: 'settings' }).catch((error: unknown) => {
    // Another process that was started at the same moment has made it.
    if (!(error instanceof Refusal) || error.code !== 'email_taken') throw error;
  });
}
