import { listOrders, placeOrder, readOrder, verifyPizza } from '#contract/orders.ts';
import { Refusal } from '../../errors.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { Fulfillment } from '../fulfillment/fulfillment.service.ts';
import { presentOrder } from './orders.presenter.ts';
import type { Orders } from './orders.service.ts';
import { readPreference } from './prefer-header.ts';

export function createOrderRoutes(orders: Orders, fulfillment: Fulfillment): Route[] {
  return [
    route(placeOrder).handledBy(async ({ body, headers, user }) => {
      const preference = readPreference(headers.prefer);
      const { order, isReplay } = await orders.placeOrder({
        dinerId: user.id,
        request: body,
        idempotencyKey: headers['idempotency-key'],
        preference,
      });
      const replayed: Record<string, string> = isReplay ? { 'Idempotency-Replayed': 'true' } : {};
      const presented = presentOrder(order);
      if (order.state === 'making' || order.state === 'waiting') {
        const applied: Record<string, string> = preference.isAsync
          ? { 'Preference-Applied': 'respond-async' }
          : {};
        const accepted = { Location: `/api/order/${order.id}`, ...applied, ...replayed };
        return { status: 202, body: { order: presented }, headers: accepted };
      }
      const pizza = order.jwt === null ? {} : { jwt: order.jwt };
      return { status: 200, body: { order: presented, ...pizza }, headers: replayed };
    }),

    route(listOrders).handledBy(async ({ query, user }) => {
      const { orders: found, more } = await orders.listOrders({ dinerId: user.id, page: query.page });
      return {
        status: 200,
        body: { dinerId: user.id, orders: found.map(presentOrder), page: query.page, more },
      };
    }),

    route(readOrder).handledBy(async ({ params, user }) => {
      const { order, history } = await orders.readOrder({ orderId: params.orderId, dinerId: user.id });
      const pizza = order.jwt === null ? {} : { jwt: order.jwt };
      const steps = history.map(({ state, at, cause }) => ({ status: state, at: at.toISOString(), cause }));
      return { status: 200, body: { order: presentOrder(order), ...pizza, history: steps } };
    }),

    route(verifyPizza).handledBy(async ({ body }) => {
      const payload = await fulfillment.verifyPizza(body.jwt);
      if (!payload) throw new Refusal('invalid_pizza', { message: 'invalid' });
      return { status: 200, body: { message: 'valid', payload } };
    }),
  ];
}
