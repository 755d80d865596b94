import { addMenuItem, readMenu, reorderMenu, retireMenuItem, updateMenuItem } from '#contract/menu.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { readExpectedVersion } from '../../http/expected-version.ts';
import { presentMenuItem } from './menu.presenter.ts';
import type { MenuRecord } from './menu.repository.ts';
import type { Menu } from './menu.service.ts';
import type { MenuManagement } from './menu-management.service.ts';

interface MenuRouteDeps {
  menu: Menu;
  management: MenuManagement;
  publicUrl: string;
}

export function createMenuRoutes({ menu, management, publicUrl }: MenuRouteDeps): Route[] {
  /** A page of another site would look for a relative picture on its own host. */
  const wholeMenu = (items: MenuRecord[], { isFromOtherSite }: { isFromOtherSite: boolean }) =>
    ({
      status: 200,
      body: items.map((item) => presentMenuItem(item, isFromOtherSite ? publicUrl : undefined)),
    }) as const;

  return [
    route(readMenu).handledBy(async (request) =>
      wholeMenu(await menu.readMenu(request.query.storeId), request),
    ),

    route(addMenuItem).handledBy(async (request) => {
      const { body, user, requestId } = request;
      return wholeMenu(await management.addItem(body, { userId: user.id, requestId }), request);
    }),

    // Before the item's own address, which would take `order` for an id.
    route(reorderMenu).handledBy(async (request) => {
      const { body, user, requestId } = request;
      return wholeMenu(await management.reorder(body.menuIds, { userId: user.id, requestId }), request);
    }),

    route(updateMenuItem).handledBy(async (request) => {
      const { params, headers, body, user, requestId } = request;
      const { version: _, ...changes } = body;
      const update = { id: params.menuId, changes, isExpected: readExpectedVersion(headers, body) };
      return wholeMenu(await management.updateItem(update, { userId: user.id, requestId }), request);
    }),

    route(retireMenuItem).handledBy(async (request) => {
      const { params, user, requestId } = request;
      return wholeMenu(await management.retireItem(params.menuId, { userId: user.id, requestId }), request);
    }),
  ];
}
