import * as auth from './auth.ts';
import * as drill from './drill.ts';
import type { EndpointDeclaration } from './endpoint.ts';
import * as factoryAndQueue from './factory-and-queue.ts';
import * as franchiseDashboard from './franchise-dashboard.ts';
import * as franchises from './franchises.ts';
import * as incidentReports from './incident-reports.ts';
import * as incidents from './incidents.ts';
import * as menu from './menu.ts';
import * as metrics from './metrics.ts';
import * as operations from './operations.ts';
import * as operationsEvents from './operations-events.ts';
import * as operationsFigures from './operations-figures.ts';
import * as operatorActions from './operator-actions.ts';
import * as orderChanges from './order-changes.ts';
import * as orderEvents from './order-events.ts';
import * as orderReports from './order-reports.ts';
import * as orders from './orders.ts';
import * as ownData from './own-data.ts';
import * as pizzaKeys from './pizza-keys.ts';
import * as platform from './platform.ts';
import * as recompute from './recompute.ts';
import * as reports from './reports.ts';
import * as sessions from './sessions.ts';
import * as stores from './stores.ts';
import * as users from './users.ts';

/** The whole API. Documents, tests and the typed client are made from this table and nothing else. */
export const endpoints = {
  register: auth.register,
  logIn: auth.logIn,
  logOut: auth.logOut,
  listSessions: sessions.listSessions,
  endSession: sessions.endSession,
  endOtherSessions: sessions.endOtherSessions,
  readOwnUser: users.readOwnUser,
  readOwnData: ownData.readOwnData,
  updateUser: users.updateUser,
  listUsers: users.listUsers,
  deleteUser: users.deleteUser,
  readMenu: menu.readMenu,
  addMenuItem: menu.addMenuItem,
  reorderMenu: menu.reorderMenu,
  updateMenuItem: menu.updateMenuItem,
  retireMenuItem: menu.retireMenuItem,
  listOrders: orders.listOrders,
  placeOrder: orders.placeOrder,
  quoteOrder: orderChanges.quoteOrder,
  verifyPizza: orders.verifyPizza,
  listPizzaKeys: pizzaKeys.listPizzaKeys,
  setChaos: orderChanges.setChaos,
  readOrder: orders.readOrder,
  followOrder: orderEvents.followOrder,
  cancelOrder: orderChanges.cancelOrder,
  retryOrder: orderChanges.retryOrder,
  readReportLink: orderReports.readReportLink,
  followReportLink: orderReports.followReportLink,
  listFranchises: franchises.listFranchises,
  createFranchise: franchises.createFranchise,
  listFranchisesOfUser: franchises.listFranchisesOfUser,
  updateFranchise: franchises.updateFranchise,
  deleteFranchise: franchises.deleteFranchise,
  listStores: franchiseDashboard.listStores,
  createStore: stores.createStore,
  updateStore: stores.updateStore,
  deleteStore: stores.deleteStore,
  setSoldOut: stores.setSoldOut,
  followFranchise: franchiseDashboard.followFranchise,
  exportFranchiseOrders: franchiseDashboard.exportFranchiseOrders,
  listFranchiseOrders: reports.listFranchiseOrders,
  readFranchiseReport: reports.readFranchiseReport,
  readFactory: factoryAndQueue.readFactory,
  readQueue: factoryAndQueue.readQueue,
  listFailedOrders: operatorActions.listFailedOrders,
  readKitchenFigures: operationsFigures.readKitchenFigures,
  followKitchen: operationsEvents.followKitchen,
  probeFactories: operatorActions.probeFactories,
  holdFactories: operatorActions.holdFactories,
  resumeFactories: operatorActions.resumeFactories,
  listIncidents: incidents.listIncidents,
  readIncident: incidents.readIncident,
  readIncidentReport: incidentReports.readIncidentReport,
  reportIncident: operatorActions.reportIncident,
  readDrill: drill.readDrill,
  startDrill: drill.startDrill,
  stopDrill: drill.stopDrill,
  listAuditEntries: operations.listAuditEntries,
  listRecomputeStores: recompute.listRecomputeStores,
  recomputeStore: recompute.recomputeStore,
  endRecompute: recompute.endRecompute,
  welcome: platform.welcome,
  readDocs: platform.readDocs,
  readOpenApi: platform.readOpenApi,
  readStatus: platform.readStatus,
  readLiveness: platform.readLiveness,
  readReadiness: platform.readReadiness,
  readMetrics: metrics.readMetrics,
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
