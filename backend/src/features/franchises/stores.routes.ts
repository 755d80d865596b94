import { listStores } from '#contract/franchise-dashboard.ts';
import { createStore, deleteStore, setSoldOut, updateStore } from '#contract/stores.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { Stores } from './stores.service.ts';

export function createStoreRoutes(stores: Stores): Route[] {
  return [
    route(listStores).handledBy(async ({ params }) => {
      const found = await stores.listStores(params.franchiseId);
      const body = {
        franchise: found.franchise,
        stores: found.stores.map(({ pausedUntil, archivedAt, ...store }) => ({
          ...store,
          pausedUntil: pausedUntil?.toISOString() ?? null,
          archivedAt: archivedAt?.toISOString() ?? null,
        })),
      };
      return { status: 200, body };
    }),

    route(createStore).handledBy(async ({ params, body, user, requestId }) => {
      const { franchiseId } = params;
      const id = await stores.createStore(franchiseId, body.name, { userId: user.id, requestId });
      return { status: 200, body: { id, franchiseId, name: body.name, totalRevenue: 0 } };
    }),

    route(updateStore).handledBy(async ({ params, body, user, requestId }) => {
      const store = await stores.updateStore(params, body, { userId: user.id, requestId });
      return { status: 200, body: { ...store, pausedUntil: store.pausedUntil?.toISOString() ?? null } };
    }),

    route(deleteStore).handledBy(async ({ params, user, requestId }) => {
      await stores.deleteStore(params, { userId: user.id, requestId });
      return { status: 200, body: { message: 'store deleted' } };
    }),

    route(setSoldOut).handledBy(async ({ params, body, user, requestId }) => {
      const { storeId, menuId } = params;
      await stores.setSoldOut({ ...params, isSoldOut: body.soldOut }, { userId: user.id, requestId });
      return { status: 200, body: { storeId, menuId, soldOut: body.soldOut } };
    }),
  ];
}
