import { cancelOrder, quoteOrder, retryOrder, setChaos } from '#contract/order-changes.ts';
import { listOrders, placeOrder, readOrder, verifyPizza } from '#contract/orders.ts';
import { listPizzaKeys } from '#contract/pizza-keys.ts';
import { Refusal } from '../../errors.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { SimulatorClient } from '../fulfillment/factories/simulator.client.ts';
import type { PizzaVerifier } from '../fulfillment/pizzas/verify-pizza.ts';
import { readerOf } from './orders.policy.ts';
import { presentAttempt, presentOrder, presentWhole } from './orders.presenter.ts';
import type { Orders } from './orders.service.ts';
import { readPreference } from './prefer-header.ts';

interface OrderRouteDeps {
  orders: Orders;
  pizzas: PizzaVerifier;
  /** Only where the factory is simulated. */
  simulator: SimulatorClient | undefined;
}

export function createOrderRoutes({ orders, pizzas, simulator }: OrderRouteDeps): Route[] {
  return [
    route(placeOrder).handledBy(async ({ body, headers, user }) => {
      const preference = readPreference(headers.prefer);
      const placed = await orders.placeOrder({
        diner: { id: user.id, name: user.name, email: user.email },
        request: body,
        idempotencyKey: headers['idempotency-key'],
        preference,
      });
      const { order } = placed;
      const applied: Record<string, string> = preference.isAsync
        ? { 'Preference-Applied': 'respond-async' }
        : {};
      const accepted = { Location: `/api/order/${order.id}`, ...applied };
      if (!('reportLink' in placed)) return { status: 202, body: { order: placed.order }, headers: accepted };
      const { reportLink, isReplay } = placed;
      const replayed: Record<string, string> = isReplay ? { 'Idempotency-Replayed': 'true' } : {};
      const presented = presentOrder(placed.order);
      if (placed.order.state === 'making' || placed.order.state === 'waiting') {
        return { status: 202, body: { order: presented }, headers: { ...accepted, ...replayed } };
      }
      const pizza = placed.order.jwt === null ? {} : { jwt: placed.order.jwt };
      const report =
        reportLink === undefined
          ? {}
          : { reportSlowPizzaToFactoryUrl: reportLink, followLinkToEndChaos: reportLink };
      return { status: 200, body: { order: presented, ...pizza, ...report }, headers: replayed };
    }),

    route(listOrders).handledBy(async ({ query, user }) => {
      const { page, before } = query;
      const { orders: found, more } = await orders.listOrders({
        dinerId: user.id,
        page: page.number,
        before,
      });
      const last = found.at(-1);
      const next = more && last ? { next: `/api/order?page=${page.number + 1}&before=${last.id}` } : {};
      return {
        status: 200,
        body: { dinerId: user.id, orders: found.map(presentOrder), page: page.sent, more, ...next },
      };
    }),

    // Before the order of that id: `keys` is none.
    route(listPizzaKeys).handledBy(async () => ({
      status: 200,
      body: { keys: await pizzas.listKeys() },
    })),

    route(readOrder).handledBy(async ({ params, user }) => {
      const { order, history, attempts } = await orders.readOrder(readerOf(params.orderId, user));
      const seen = attempts && { attempts: attempts.map(presentAttempt) };
      return { status: 200, body: { ...presentWhole(order, history), ...seen } };
    }),

    route(cancelOrder).handledBy(async ({ params, user, requestId }) => {
      const actor = { userId: user.id, requestId };
      const order = await orders.cancelOrder(readerOf(params.orderId, user), actor);
      return { status: 200, body: { order: presentOrder(order) } };
    }),

    route(retryOrder).handledBy(async ({ params, user, requestId }) => {
      const actor = { userId: user.id, requestId };
      const order = await orders.retryOrder(readerOf(params.orderId, user), actor);
      return { status: 200, body: { order: presentOrder(order) } };
    }),

    route(quoteOrder).handledBy(async ({ body }) => ({ status: 200, body: await orders.quoteOrder(body) })),

    route(setChaos).handledBy(async ({ params }) => {
      const chaos = params.state === 'true';
      if (!simulator) throw new Refusal('unknown_endpoint', { message: 'unknown endpoint' });
      await simulator.setFault(chaos ? 'flaky' : 'none');
      return { status: 200, body: { chaos } };
    }),

    route(verifyPizza).handledBy(async ({ body }) => {
      const payload = await pizzas.verify(body.jwt);
      if (!payload) throw new Refusal('invalid_pizza', { message: 'invalid' });
      return { status: 200, body: { message: 'valid', payload } };
    }),
  ];
}
