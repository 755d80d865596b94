import { isSettled } from '#contract/order-lifecycle.ts';
import type { OrderChangeFeed } from './order-change-feed.ts';
import type { OrderVersion } from './order-versions.repository.ts';
import type { Orders, OrderView, Reader } from './orders.service.ts';

/** Names what was seen of an order, for a client that comes back and says so. */
export function eventIdOf({ fence, placeInLine }: Pick<OrderVersion, 'fence' | 'placeInLine'>): string {
  return `${fence}-${placeInLine ?? 0}`;
}

interface OrderEventsDeps {
  orders: Orders;
  changeFeed: OrderChangeFeed;
}

export function createOrderEvents({ orders, changeFeed }: OrderEventsDeps) {
  async function* changesAfter(
    first: { order: OrderView; isSeen: boolean; reader: Reader },
    signal: AbortSignal,
  ): AsyncGenerator<OrderView> {
    const { reader, isSeen } = first;
    let { order } = first;
    if (isSettled(order.state)) {
      yield order;
      return;
    }
    // Listening begins before the first event leaves, so that what it makes somebody do is not missed.
    const versions = changeFeed.follow(order.id, signal);
    if (!isSeen) yield order;
    for await (const version of versions) {
      // A look that took long may end after one that began later.
      if (version.fence < order.fence || eventIdOf(version) === eventIdOf(order)) continue;
      const isMovedOnly = version.fence === order.fence;
      order = isMovedOnly ? { ...order, placeInLine: version.placeInLine } : await orders.viewOrder(reader);
      yield order;
      if (isSettled(order.state)) return;
    }
  }

  return {
    /**
     * Answers the order as it is now, unless that was seen, and then after every change of state, reason or place,
     * until it is final; undefined when nothing more will come. Throws `not_found` for an unknown order, or a foreign
     * one to a diner.
     */
    async follow(
      reader: Reader,
      lastSeenId: string | undefined,
    ): Promise<((signal: AbortSignal) => AsyncIterable<OrderView>) | undefined> {
      const order = await orders.viewOrder(reader);
      const isSeen = eventIdOf(order) === lastSeenId;
      if (isSeen && isSettled(order.state)) return undefined;
      return (signal) => changesAfter({ order, isSeen, reader }, signal);
    },
  };
}

export type OrderEvents = ReturnType<typeof createOrderEvents>;
