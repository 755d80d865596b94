import { createChangeFeed } from '../../change-feed.ts';
import type { Logger } from '../../observability/logger.ts';
import type { OrderVersion } from './order-versions.repository.ts';
import { LOOK_AGAIN_MS, type OrderWatch } from './order-watch.ts';

interface OrderChangeFeedDeps {
  findVersions: (orderIds: number[]) => Promise<OrderVersion[]>;
  watch: OrderWatch;
  log: Logger;
}

/**
 * Looks at all the orders that somebody follows: at once when this node changed one, and every half second for what
 * other nodes do and for the queue, which moves when others leave it.
 */
export function createOrderChangeFeed({ findVersions, watch, log }: OrderChangeFeedDeps) {
  const feed = createChangeFeed<OrderVersion[], OrderVersion>({
    log,
    subject: 'the orders that are followed',
    everyMs: LOOK_AGAIN_MS,
    read: (orderIds) => findVersions(orderIds.map(Number)),
    // Each follower compares with the order that it read itself, which may be older or younger than our last look.
    findChanges: ({ now }) => now.map((version) => [String(version.orderId), version]),
  });
  watch.onChange((orderId) => feed.lookNow(String(orderId)));

  return {
    /** The order's version at each look from now on, changed or not; throws AbortError once the signal aborts. */
    follow: (orderId: number, signal: AbortSignal) => feed.follow(String(orderId), signal),
  };
}

export type OrderChangeFeed = ReturnType<typeof createOrderChangeFeed>;
