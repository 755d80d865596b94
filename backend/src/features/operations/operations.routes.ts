import { readFactory, readQueue } from '#contract/factory-and-queue.ts';
import { listFailedOrders } from '#contract/operator-actions.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { presentFactory, presentFailedOrder, presentOpenOrder } from './operations.presenter.ts';
import type { Operations } from './operations.service.ts';

export function createOperationsRoutes(operations: Operations): Route[] {
  const { recovery } = operations;
  return [
    route(readFactory).handledBy(async () => {
      const found = await operations.readFactories();
      const factories = found.map(({ factory, attempts }) => presentFactory(factory, attempts));
      return { status: 200, body: { recovery, slots: operations.slots(), factories } };
    }),

    route(readQueue).handledBy(async ({ query }) => {
      const { making, waiting, oldestPlacedAt, orders, more } = await operations.readLine(query);
      const body = {
        making,
        waiting,
        oldestPlacedAt: oldestPlacedAt?.toISOString() ?? null,
        orders: orders.map(presentOpenOrder),
        more,
      };
      return { status: 200, body };
    }),

    route(listFailedOrders).handledBy(async ({ query }) => {
      const { orders, more } = await operations.listFailedOrders(query);
      return { status: 200, body: { orders: orders.map(presentFailedOrder), more } };
    }),
  ];
}
