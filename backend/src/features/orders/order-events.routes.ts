import type { EndpointEvent } from '#contract/endpoint.ts';
import { followOrder } from '#contract/order-events.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { eventIdOf, type OrderEvents } from './order-events.ts';
import { readerOf } from './orders.policy.ts';
import { presentOrder } from './orders.presenter.ts';
import type { OrderView } from './orders.service.ts';

async function* presentChanges(
  changes: AsyncIterable<OrderView>,
): AsyncGenerator<EndpointEvent<typeof followOrder>> {
  for await (const order of changes) {
    const pizza = order.jwt === null ? {} : { jwt: order.jwt };
    yield { event: 'status', id: eventIdOf(order), data: { order: presentOrder(order), ...pizza } };
  }
}

export function createOrderEventRoutes(events: OrderEvents): Route[] {
  return [
    route(followOrder).handledBy(async ({ params, headers, user }) => {
      const changes = await events.follow(readerOf(params.orderId, user), headers['last-event-id']);
      if (!changes) return { status: 204 };
      return { status: 200, events: (signal) => presentChanges(changes(signal)) };
    }),
  ];
}
