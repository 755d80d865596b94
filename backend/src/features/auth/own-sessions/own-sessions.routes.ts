import type { AnswerHeaders } from '#contract/endpoint.ts';
import { endOtherSessions, endSession, listSessions } from '#contract/sessions.ts';
import { type Route, route } from '../../../http/endpoint-router.ts';
import type { SessionCookie } from '../../../http/session-cookie.ts';
import type { Auth } from '../auth.service.ts';
import { presentSession } from './own-sessions.presenter.ts';

export function createOwnSessionRoutes(auth: Auth, cookie: SessionCookie): Route[] {
  return [
    route(listSessions).handledBy(async ({ user }) => {
      const found = await auth.listSessions(user.id);
      return {
        status: 200,
        body: { sessions: found.map((session) => presentSession(session, user.sessionId)) },
      };
    }),

    route(endSession).handledBy(async ({ params, user, log }) => {
      await auth.endSession({ id: params.sessionId, userId: user.id });
      log.info({ securityEvent: 'session-ended', userId: user.id }, 'session ended');
      const isOwn = params.sessionId === user.sessionId;
      const headers: AnswerHeaders = isOwn ? { 'Set-Cookie': cookie.clear() } : {};
      return { status: 200, body: { message: 'session ended' }, headers };
    }),

    route(endOtherSessions).handledBy(async ({ user, log }) => {
      await auth.endOtherSessions({ id: user.sessionId, userId: user.id });
      log.info({ securityEvent: 'other-sessions-ended', userId: user.id }, 'other sessions ended');
      return { status: 200, body: { message: 'other sessions ended' } };
    }),
  ];
}
