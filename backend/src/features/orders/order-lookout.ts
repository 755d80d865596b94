import { EventEmitter, on } from 'node:events';
import { createLooking } from '../../looking.ts';
import type { Logger } from '../../observability/logger.ts';
import type { OrderMark } from './order-marks.repository.ts';
import { LOOK_AGAIN_MS, type OrderWatch } from './order-watch.ts';

interface LookoutParts {
  findMarks: (orderIds: number[]) => Promise<OrderMark[]>;
  watch: OrderWatch;
  log: Logger;
}

/**
 * Looks at all the orders that somebody follows, with one statement however many they are: at once when this node
 * changed one, and every half second for what other nodes do and for the line, which moves when others leave it.
 */
export function createOrderLookout({ findMarks, watch, log }: LookoutParts) {
  const sights = new EventEmitter();
  // One order may be followed from any number of pages.
  sights.setMaxListeners(0);

  function followedIds(): number[] {
    return sights
      .eventNames()
      .map(Number)
      .filter((orderId) => !Number.isNaN(orderId));
  }

  async function look(orderIds: number[]): Promise<void> {
    for (const mark of await findMarks(orderIds)) sights.emit(String(mark.orderId), mark);
  }

  const looking = createLooking({
    log,
    subject: 'the orders that are followed',
    everyMs: LOOK_AGAIN_MS,
    isFollowed: () => followedIds().length > 0,
    look: () => look(followedIds()),
  });

  watch.onChange((orderId) => {
    if (sights.listenerCount(String(orderId)) > 0) void looking.lookOutOfTurn(() => look([orderId]));
  });

  return {
    /** The order's mark at each look from now on, changed or not; throws AbortError once the signal aborts. */
    follow(orderId: number, signal: AbortSignal): AsyncIterable<[OrderMark]> {
      const marks = on(sights, String(orderId), { signal }) as AsyncIterable<[OrderMark]>;
      void looking.begin();
      return marks;
    },
  };
}

export type OrderLookout = ReturnType<typeof createOrderLookout>;
