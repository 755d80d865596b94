import {
  createFranchise,
  deleteFranchise,
  listFranchises,
  listFranchisesOfUser,
  updateFranchise,
} from '#contract/franchises.ts';
import { isAdmin } from '../../http/authorize.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { readExpectedVersion } from '../../http/expected-version.ts';
import type { FranchiseManagement } from './franchise-management.service.ts';
import { presentFranchise } from './franchises.presenter.ts';
import type { Franchises } from './franchises.service.ts';

export function createFranchiseRoutes(franchises: Franchises, management: FranchiseManagement): Route[] {
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

    route(createFranchise).handledBy(async ({ body, user, requestId }) => {
      const created = await management.createFranchise(body, { userId: user.id, requestId });
      return { status: 200, body: presentFranchise(created) };
    }),

    route(updateFranchise).handledBy(async ({ params, headers, body, user, requestId }) => {
      const { franchiseId } = params;
      const { name, admins } = body;
      const isExpected = readExpectedVersion(headers, body);
      const updated = await management.updateFranchise(
        { franchiseId, name, admins, isExpected },
        { userId: user.id, requestId },
      );
      return { status: 200, body: presentFranchise(updated) };
    }),

    route(deleteFranchise).handledBy(async ({ params, user, requestId }) => {
      await management.closeFranchise(params.franchiseId, { userId: user.id, requestId });
      return { status: 200, body: { message: 'franchise deleted' } };
    }),
  ];
}
