import { addMenuItem, readMenu, reorderMenu, retireMenuItem, updateMenuItem } from '#contract/menu.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { presentMenuItem } from './menu.presenter.ts';
import type { MenuRecord } from './menu.repository.ts';
import type { Menu } from './menu.service.ts';
import type { MenuManagement } from './menu-management.service.ts';

const wholeMenu = (items: MenuRecord[]) => ({ status: 200, body: items.map(presentMenuItem) }) as const;

export function createMenuRoutes(menu: Menu, management: MenuManagement): Route[] {
  return [
    route(readMenu).handledBy(async ({ query }) => wholeMenu(await menu.readMenu(query.storeId))),

    route(addMenuItem).handledBy(async ({ body, user, requestId }) =>
      wholeMenu(await management.addItem(body, { userId: user.id, requestId })),
    ),

    // Before the item's own address, which would take `order` for an id.
    route(reorderMenu).handledBy(async ({ body, user, requestId }) =>
      wholeMenu(await management.reorder(body.menuIds, { userId: user.id, requestId })),
    ),

    route(updateMenuItem).handledBy(async ({ params, body, user, requestId }) =>
      wholeMenu(await management.updateItem(params.menuId, body, { userId: user.id, requestId })),
    ),

    route(retireMenuItem).handledBy(async ({ params, user, requestId }) =>
      wholeMenu(await management.retireItem(params.menuId, { userId: user.id, requestId })),
    ),
  ];
}
