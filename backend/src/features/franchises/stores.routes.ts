import { listStores } from '#contract/franchise-dashboard.ts';
import { createStore, deleteStore, setSoldOut, updateStore } from '#contract/stores.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { readExpectedVersion } from '../../http/expected-version.ts';
import { presentStore, presentStoreSettings } from './stores.presenter.ts';
import type { Stores } from './stores.service.ts';

export function createStoreRoutes(stores: Stores): Route[] {
  return [
    route(listStores).handledBy(async ({ params }) => {
      const found = await stores.listStores(params.franchiseId);
      const body = {
        franchise: { id: found.franchise.id, name: found.franchise.name },
        stores: found.stores.map(presentStoreSettings),
      };
      return { status: 200, body };
    }),

    route(createStore).handledBy(async ({ params, body, user, requestId }) => {
      const { franchiseId } = params;
      const id = await stores.createStore(franchiseId, body.name, { userId: user.id, requestId });
      return { status: 200, body: { id, franchiseId, name: body.name, totalRevenue: 0 } };
    }),

    route(updateStore).handledBy(async ({ params, headers, body, user, requestId }) => {
      const { version: _, ...update } = body;
      const change = { key: params, update, isExpected: readExpectedVersion(headers, body) };
      const store = await stores.updateStore(change, { userId: user.id, requestId });
      return { status: 200, body: presentStore(store) };
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
