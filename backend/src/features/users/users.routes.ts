import type { AnswerHeaders } from '#contract/endpoint.ts';
import { deleteUser, listUsers, readOwnUser, updateUser } from '#contract/users.ts';
import type { SessionUser } from '../../http/authenticate.ts';
import { isAdmin } from '../../http/authorize.ts';
import type { Client } from '../../http/client.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { SessionCookie } from '../../http/session-cookie.ts';
import type { Accounts } from './accounts.service.ts';
import { presentUser } from './users.presenter.ts';

interface Caller {
  user: SessionUser;
  requestId: string;
  client: Client;
}

const editorOf = ({ user, requestId, client }: Caller) => ({
  userId: user.id,
  sessionId: user.sessionId,
  isAdmin: isAdmin(user),
  requestId,
  client,
});

export function createUserRoutes(accounts: Accounts, cookie: SessionCookie): Route[] {
  return [
    route(readOwnUser).handledBy(({ user }) => ({ status: 200, body: presentUser(user) })),

    route(updateUser).handledBy(async (request) => {
      const { params, body, log } = request;
      const {
        user: updated,
        session,
        device,
        isSensitive,
      } = await accounts.updateAccount(params.userId, body, editorOf(request));
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

    route(deleteUser).handledBy(async (request) => {
      const { params, body, user } = request;
      const { isErased } = await accounts.deleteAccount(
        params.userId,
        editorOf(request),
        body.currentPassword,
      );
      const headers: AnswerHeaders = params.userId === user.id ? { 'Set-Cookie': cookie.clearAll() } : {};
      if (isErased) return { status: 200, body: { message: 'user deleted' }, headers };
      return { status: 202, body: { message: 'user deleted; past orders are still being erased' }, headers };
    }),
  ];
}
