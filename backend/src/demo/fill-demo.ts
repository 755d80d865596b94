import { isDuplicate } from '../database/database-errors.ts';
import type { Database } from '../database/pool.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Passwords } from '../features/auth/passwords.ts';
import type { Users } from '../features/users/users.service.ts';
import { insertDemoFranchises, insertDemoMenu } from './demo.repository.ts';
import { DEMO_USERS } from './demo-data.ts';

interface DemoDeps {
  db: Database;
  users: Users;
  passwords: Passwords;
}

/** Fills an empty database with the demo's accounts, menu and franchises; a database with users is left alone. */
export async function fillEmptyDemo({ db, users, passwords }: DemoDeps): Promise<void> {
  if (!(await users.isEmpty())) return;
  const hashes = await Promise.all(DEMO_USERS.map(({ password }) => passwords.hash(password)));
  const fill = inTransaction(db, async (transaction) => {
    // Another process may have filled it meanwhile, the one that made this transaction begin anew, too.
    if (!(await users.isEmpty(transaction))) return;
    await insertDemoMenu(transaction);
    const [firstFranchise = 0] = await insertDemoFranchises(transaction);
    for (const [index, { name, email, role }] of DEMO_USERS.entries()) {
      const roles = [role === 'franchisee' ? { role, objectId: firstFranchise } : { role }];
      await users.insertUser(transaction, { name, email, passwordHash: hashes[index] ?? '', roles });
    }
  });
  await fill.catch((error: unknown) => {
    // The unique names let one of several win, which has filled it for all.
    if (!isDuplicate(error)) throw error;
  });
}
