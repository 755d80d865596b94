import type { Passwords } from '../features/auth/passwords.ts';
import type { Users } from '../features/users/users.service.ts';
import { DEMO_USERS } from './demo-data.ts';

/** Answers the accounts of the demo that still have the password everybody knows: outside the demo there must be none (S20). */
export async function findPublishedAccounts(parts: {
  users: Users;
  passwords: Passwords;
}): Promise<string[]> {
  const published: string[] = [];
  for (const { email, password } of DEMO_USERS) {
    const known = await parts.users.findCredentials(email);
    if (known && (await parts.passwords.matches(password, known.passwordHash))) published.push(email);
  }
  return published;
}
