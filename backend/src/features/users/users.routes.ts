import { readOwnUser } from '#contract/users.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { presentUser } from './users.presenter.ts';

export function createUserRoutes(): Route[] {
  return [route(readOwnUser).handledBy(({ user }) => ({ status: 200, body: presentUser(user) }))];
}
