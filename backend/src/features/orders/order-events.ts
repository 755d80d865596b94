import type { OrderLookout } from './order-lookout.ts';
import type { OrderMark } from './order-marks.repository.ts';
import { isFinal, type Orders, type OrderView, type Reader } from './orders.service.ts';

/** Names what was seen of an order, for a client that comes back and says so. */
export function eventIdOf({ fence, placeInLine }: Pick<OrderMark, 'fence' | 'placeInLine'>): string {
  return `${fence}-${placeInLine ?? 0}`;
}

interface OrderEventParts {
  orders: Orders;
  lookout: OrderLookout;
}

export function createOrderEvents({ orders, lookout }: OrderEventParts) {
  async function* changesAfter(
    first: { order: OrderView; isSeen: boolean; reader: Reader },
    signal: AbortSignal,
  ): AsyncGenerator<OrderView> {
    const { reader, isSeen } = first;
    let { order } = first;
    if (isFinal(order)) {
      yield order;
      return;
    }
    // Listening begins before the first event leaves, so that what it makes somebody do is not missed.
    const marks = lookout.follow(order.id, signal);
    if (!isSeen) yield order;
    for await (const [mark] of marks) {
      // A look that took long may end after one that began later.
      if (mark.fence < order.fence || eventIdOf(mark) === eventIdOf(order)) continue;
      const isMovedOnly = mark.fence === order.fence;
      order = isMovedOnly ? { ...order, placeInLine: mark.placeInLine } : await orders.viewOrder(reader);
      yield order;
      if (isFinal(order)) return;
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
      if (isSeen && isFinal(order)) return undefined;
      return (signal) => changesAfter({ order, isSeen, reader }, signal);
    },
  };
}

export type OrderEvents = ReturnType<typeof createOrderEvents>;
