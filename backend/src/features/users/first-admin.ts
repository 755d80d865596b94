import { Refusal } from '../../errors.ts';
import type { Users } from './users.service.ts';

const NAME = 'Admin';

/** Makes an admin of an address nobody has yet. Throws `email_taken`, and `invalid_input` for a poor password. */
export async function createAdmin(
  parts: { users: Users; auth: { hashNewPassword: (password: string) => Promise<string> } },
  account: { email: string; password: string },
): Promise<void> {
  const passwordHash = await parts.auth.hashNewPassword(account.password);
  await parts.users.createUser({
    name: NAME,
    email: account.email,
    passwordHash,
    roles: [{ role: 'admin' }],
  });
}

/** The first admin of a new production (S20): from the settings, and only while that address has no account. */
export async function ensureFirstAdmin(
  parts: { users: Users; auth: { hashNewPassword: (password: string) => Promise<string> } },
  account: { email: string; password: string } | undefined,
): Promise<void> {
  if (!account || (await parts.users.findCredentials(account.email))) return;
  await createAdmin(parts, account).catch((error: unknown) => {
    // Another process that was started at the same moment has made it.
    if (!(error instanceof Refusal) || error.code !== 'email_taken') throw error;
  });
}
