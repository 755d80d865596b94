import * as auth from './auth.ts';
import type { EndpointDeclaration } from './endpoint.ts';
import * as franchises from './franchises.ts';
import * as menu from './menu.ts';
import * as orders from './orders.ts';
import * as platform from './platform.ts';
import * as users from './users.ts';

/** The whole API. Documents, tests and the typed client are made from this table and nothing else. */
export const endpoints = {
  register: auth.register,
  logIn: auth.logIn,
  logOut: auth.logOut,
  readOwnUser: users.readOwnUser,
  readMenu: menu.readMenu,
  listOrders: orders.listOrders,
  placeOrder: orders.placeOrder,
  verifyPizza: orders.verifyPizza,
  readOrder: orders.readOrder,
  listFranchises: franchises.listFranchises,
  listFranchisesOfUser: franchises.listFranchisesOfUser,
  welcome: platform.welcome,
  readDocs: platform.readDocs,
  readStatus: platform.readStatus,
  readLiveness: platform.readLiveness,
  readReadiness: platform.readReadiness,
} as const satisfies Record<string, EndpointDeclaration>;

type Endpoints = typeof endpoints;
type EndpointName = keyof Endpoints;

/** `'POST /api/order'` and so on: what a client names an endpoint by. */
export type EndpointKey = {
  [N in EndpointName]: `${Endpoints[N]['method']} ${Endpoints[N]['path']}`;
}[EndpointName];

/** The declaration behind a key. */
export type EndpointOf<K extends EndpointKey> = {
  [N in EndpointName]: K extends `${Endpoints[N]['method']} ${Endpoints[N]['path']}` ? Endpoints[N] : never;
}[EndpointName];
