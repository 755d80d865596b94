import type { Access } from '#contract/endpoint.ts';
import { forbidden, notFound, unauthorized } from '../errors.ts';
import type { SessionUser } from './authenticate.ts';

function franchisesOf(user: SessionUser): (number | undefined)[] {
  return user.roles.filter(({ role }) => role === 'franchisee').map(({ objectId }) => objectId);
}

export function isAdmin(user: SessionUser): boolean {
  return user.roles.some(({ role }) => role === 'admin');
}

/** What can be said before looking at the request: no session is 401, what the role may not do is 403. */
export function authorizeRole(access: Access, user: SessionUser | undefined): void {
  if (access.who === 'everyone') return;
  if (!user) throw unauthorized();
  if (isAdmin(user)) return;
  if (access.who === 'admin') throw forbidden(access.refusal);
  if (access.who === 'franchisee-or-admin' && franchisesOf(user).length === 0)
    throw forbidden(access.refusal);
}

/** What belongs to somebody else is answered 404, or 403 whatever the id: neither tells whether it exists. */
export function authorizeOwner(
  access: Access,
  user: SessionUser | undefined,
  params: Record<string, unknown>,
): void {
  if (!user || isAdmin(user)) return;
  if (access.who === 'self-or-admin' && params[access.param] !== user.id) throw forbidden();
  if (access.who === 'franchisee-or-admin' && !franchisesOf(user).includes(params[access.param] as number)) {
    throw access.foreign === 'forbidden' ? forbidden(access.refusal) : notFound('franchise');
  }
}
