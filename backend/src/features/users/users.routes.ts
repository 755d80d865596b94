import type { AnswerHeaders } from '#contract/endpoint.ts';
import { deleteUser, listUsers, readOwnUser, updateUser } from '#contract/users.ts';
import { isAdmin } from '../../http/authorize.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { SessionCookie } from '../../http/session-cookie.ts';
import type { Accounts } from './accounts.service.ts';
import { presentUser } from './users.presenter.ts';

export function createUserRoutes(accounts: Accounts, cookie: SessionCookie): Route[] {
  return [
    route(readOwnUser).handledBy(({ user }) => ({ status: 200, body: presentUser(user) })),

    route(updateUser).handledBy(async ({ params, body, user, requestId, client, log }) => {
      const editor = {
        userId: user.id,
        sessionId: user.sessionId,
        isAdmin: isAdmin(user),
        requestId,
        client,
      };
      const {
        user: updated,
        session,
        device,
        isSensitive,
      } = await accounts.updateAccount(params.userId, body, editor);
      if (isSensitive)
        log.info({ securityEvent: 'credentials-changed', userId: updated.id }, 'credentials changed');
      if (!session) return { status: 200, body: { user: presentUser(updated) } };
      const headers = { 'Set-Cookie': cookie.set(session.browser, device) };
      return { status: 200, body: { user: presentUser(updated), token: session.bearer.token }, headers };
    }),

    route(listUsers).handledBy(async ({ query }) => {
      const { users, more } = await accounts.listUsers(query);
      return { status: 200, body: { users: users.map(presentUser), more } };
    }),

    route(deleteUser).handledBy(async ({ params, body, user, requestId, client }) => {
      const editor = {
        userId: user.id,
        sessionId: user.sessionId,
        isAdmin: isAdmin(user),
        requestId,
        client,
      };
      const { isErased } = await accounts.deleteAccount(params.userId, editor, body.currentPassword);
      const headers: AnswerHeaders = params.userId === user.id ? { 'Set-Cookie': cookie.clearAll() } : {};
      if (isErased) return { status: 200, body: { message: 'user deleted' }, headers };
      return { status: 202, body: { message: 'user deleted; past orders are still being erased' }, headers };
    }),
  ];
}
