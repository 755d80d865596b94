import type { User } from '#contract/users.ts';
import { readableEmail } from '../../http/readable-email.ts';
import type { UserRecord } from './users.repository.ts';

/** Every field of a user that leaves. */
export function presentUser(user: UserRecord): User {
  return { id: user.id, name: user.name, email: readableEmail(user.email), roles: user.roles };
}
