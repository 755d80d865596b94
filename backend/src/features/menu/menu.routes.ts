import { readMenu } from '#contract/menu.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { presentMenuItem } from './menu.presenter.ts';
import type { Menu } from './menu.service.ts';

export function createMenuRoutes(menu: Menu): Route[] {
  return [
    route(readMenu).handledBy(async () => ({
      status: 200,
      body: (await menu.readMenu()).map((item) => presentMenuItem(item)),
    })),
  ];
}
