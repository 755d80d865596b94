import { logIn, logOut, register } from '#contract/auth.ts';
import { Refusal } from '../../errors.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { readableEmail } from '../../http/readable-email.ts';
import type { SessionCookie } from '../../http/session-cookie.ts';
import type { Auth, OpenedSession } from './auth.service.ts';

export function createAuthRoutes(auth: Auth, cookie: SessionCookie): Route[] {
  const answer = ({ user, token, expiresAt }: OpenedSession) =>
    ({
      status: 200,
      body: { user: { ...user, email: readableEmail(user.email) }, token },
      headers: { 'Set-Cookie': cookie.set(token, expiresAt) },
    }) as const;
  return [
    route(register).handledBy(async ({ body, log, address }) => {
      const session = await auth.register({ ...body, address });
      log.info({ securityEvent: 'registered', userId: session.user.id }, 'registered');
      return answer(session);
    }),
    route(logIn).handledBy(async ({ body, log, address }) => {
      try {
        const session = await auth.logIn({ ...body, address });
        log.info({ securityEvent: 'log-in', result: 'success', userId: session.user.id }, 'logged in');
        return answer(session);
      } catch (error) {
        const reason = error instanceof Refusal ? error.code : 'fault';
        log.info({ securityEvent: 'log-in', result: 'failure', reason, address }, 'log-in refused');
        throw error;
      }
    }),
    route(logOut).handledBy(async ({ user, log }) => {
      await auth.logOut(user.sessionId);
      log.info({ securityEvent: 'log-out', userId: user.id }, 'logged out');
      return {
        status: 200,
        body: { message: 'logout successful' },
        headers: { 'Set-Cookie': cookie.clear() },
      };
    }),
  ];
}
