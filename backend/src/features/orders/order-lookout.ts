import { EventEmitter, on } from 'node:events';
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
  let isLooking = false;
  let isBlind = false;

  function followedIds(): number[] {
    return sights
      .eventNames()
      .map(Number)
      .filter((orderId) => !Number.isNaN(orderId));
  }

  async function look(orderIds: number[]): Promise<void> {
    try {
      for (const mark of await findMarks(orderIds)) sights.emit(String(mark.orderId), mark);
      isBlind = false;
    } catch (error) {
      // Who follows stays: the next look may succeed. Told once, because looks are many.
      if (!isBlind) log.warn({ cause: String(error) }, 'the orders that are followed cannot be looked at');
      isBlind = true;
    }
  }

  async function keepLooking(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    for (let orderIds = followedIds(); orderIds.length > 0; orderIds = followedIds()) {
      await look(orderIds);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
    isLooking = false;
  }

  watch.onChange((orderId) => {
    if (sights.listenerCount(String(orderId)) > 0) void look([orderId]);
  });

  return {
    /** The order's mark at each look from now on, changed or not; throws AbortError once the signal aborts. */
    follow(orderId: number, signal: AbortSignal): AsyncIterable<[OrderMark]> {
      const marks = on(sights, String(orderId), { signal }) as AsyncIterable<[OrderMark]>;
      void keepLooking();
      return marks;
    },
  };
}

export type OrderLookout = ReturnType<typeof createOrderLookout>;
