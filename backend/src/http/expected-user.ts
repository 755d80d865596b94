import type { Request } from 'express';
import { Refusal } from '../errors.ts';
import type { SessionUser } from './authenticate.ts';

/**
 * A browser has one session for all its tabs, so a page can outlive the log-in it was drawn for. A write that names its
 * user (`Expect-User`) is done for that user or not at all (S48). Without a session the usual 401 says enough.
 */
export function assertExpectedUser(request: Request, user: SessionUser | undefined): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const expected = request.get('expect-user');
  if (expected === undefined || !user || expected === String(user.id)) return;
  throw new Refusal('other_user', {
    message: 'you are logged in as another user than this request was made for; nothing was done',
  });
}
