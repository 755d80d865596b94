import { listFranchises, listFranchisesOfUser } from '#contract/franchises.ts';
import { isAdmin } from '../../http/authorize.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { presentFranchise } from './franchises.presenter.ts';
import type { Franchises } from './franchises.service.ts';

export function createFranchiseRoutes(franchises: Franchises): Route[] {
  return [
    route(listFranchises).handledBy(async ({ query, user }) => {
      const withFigures = user !== undefined && isAdmin(user);
      const { franchises: found, more } = await franchises.listFranchises({ ...query, withFigures });
      return { status: 200, body: { franchises: found.map(presentFranchise), more } };
    }),
    route(listFranchisesOfUser).handledBy(async ({ params, user }) => {
      const mayRead = params.userId === user.id || isAdmin(user);
      const found = mayRead ? await franchises.listFranchisesOfUser(params.userId) : [];
      return { status: 200, body: found.map(presentFranchise) };
    }),
  ];
}
