import { parseCookie } from 'cookie';
import type { Request } from 'express';
import type { RoleAssignment } from '#contract/users.ts';
import { Refusal } from '../errors.ts';
import type { Client } from './client.ts';

/** Who is asking: read from the database with every request, so that a changed role counts at once. */
export interface SessionUser {
  id: number;
  name: string;
  email: string;
  roles: RoleAssignment[];
  sessionId: string;
}

/** Answers the user of a live session, or undefined for a token that is forged, expired or logged out. */
export type FindSession = (token: string, client: Client) => Promise<SessionUser | undefined>;

interface PresentedToken {
  token: string;
  isCookie: boolean;
}

function presentedToken(request: Request, cookieName: string): PresentedToken | undefined {
  const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.get('authorization') ?? '');
  if (bearer?.[1]) return { token: bearer[1], isCookie: false };
  const token = parseCookie(request.get('cookie') ?? '')[cookieName];
  return token === undefined ? undefined : { token, isCookie: true };
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A cookie is sent by the browser on its own, also when another site makes it, so a write that relies on one must
 * come from our own pages (OWASP ASVS 5.0, 3.5.1). `Origin` is compared with the allow-list, never reflected.
 */
function assertOwnOrigin(request: Request, ownOrigins: readonly string[]): void {
  if (request.get('sec-fetch-site') === 'same-origin') return;
  const origin = request.get('origin');
  if (origin !== undefined && ownOrigins.includes(origin)) return;
  throw new Refusal('foreign_origin', { message: 'requests from other sites are refused' });
}

/** Answers who asks, or undefined without a session. Throws `foreign_origin` for a cookie write of another site. */
export function createAuthenticate(options: {
  findSession: FindSession;
  ownOrigins: readonly string[];
  cookieName: string;
}) {
  return async (request: Request, client: Client): Promise<SessionUser | undefined> => {
    const presented = presentedToken(request, options.cookieName);
    if (!presented) return undefined;
    const user = await options.findSession(presented.token, client);
    if (user && presented.isCookie && !SAFE_METHODS.has(request.method)) {
      assertOwnOrigin(request, options.ownOrigins);
    }
    return user;
  };
}
