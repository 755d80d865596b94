import { logIn, logOut, register } from '#contract/auth.ts';
import { Refusal } from '../../errors.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { readableEmail } from '../../http/readable-email.ts';
import type { SessionCookie } from '../../http/session-cookie.ts';
import type { Auth, OpenedSession } from './auth.service.ts';
import { createOwnSessionRoutes } from './own-sessions/own-sessions.routes.ts';

export function createAuthRoutes(auth: Auth, cookie: SessionCookie): Route[] {
  const answer = ({ user, bearer, browser, device }: OpenedSession) =>
    ({
      status: 200,
      body: { user: { ...user, email: readableEmail(user.email) }, token: bearer.token },
      headers: { 'Set-Cookie': cookie.set(browser, device) },
    }) as const;
  return [
    route(register).handledBy(async ({ body, log, client }) => {
      const session = await auth.register(body, client);
      log.info({ securityEvent: 'registered', userId: session.user.id }, 'registered');
      return answer(session);
    }),
    route(logIn).handledBy(async ({ body, log, client }) => {
      try {
        const session = await auth.logIn(body, client);
        log.info({ securityEvent: 'log-in', result: 'success', userId: session.user.id }, 'logged in');
        return answer(session);
      } catch (error) {
        const reason = error instanceof Refusal ? error.code : 'fault';
        const { address } = client;
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
    ...createOwnSessionRoutes(auth, cookie),
  ];
}
