import { EventEmitter, on } from 'node:events';
import { KITCHEN_PARTS } from '#contract/kitchen-events.ts';
import type { Logger } from '../../observability/logger.ts';
import type { KitchenMarks } from './kitchen-marks.repository.ts';

export type KitchenPart = (typeof KITCHEN_PARTS)[number];

/** What is placed elsewhere is seen within two seconds; a busy kitchen makes nobody read it more often than this. */
const LOOK_AGAIN_MS = 1_000;

/** Which marks each part is read from. */
const SOURCES: Record<KitchenPart, (keyof KitchenMarks)[]> = {
  factory: ['factories', 'attempts', 'incidents'],
  line: ['transitions'],
  figures: ['transitions', 'attempts', 'minute'],
  incidents: ['incidents'],
  drill: ['drills', 'incidents'],
};

function changedParts(before: KitchenMarks, now: KitchenMarks): KitchenPart[] {
  return KITCHEN_PARTS.filter((part) => SOURCES[part].some((mark) => before[mark] !== now[mark]));
}

interface LookoutParts {
  findMarks: () => Promise<KitchenMarks>;
  log: Logger;
}

/** Looks at the kitchen once a second with one statement, however many follow it, and not at all when nobody does. */
export function createKitchenLookout({ findMarks, log }: LookoutParts) {
  const sights = new EventEmitter();
  sights.setMaxListeners(0);
  let isLooking = false;
  let last: KitchenMarks | undefined;
  let isBlind = false;

  async function look(): Promise<void> {
    try {
      const now = await findMarks();
      const parts = last ? changedParts(last, now) : [];
      last = now;
      isBlind = false;
      if (parts.length > 0) sights.emit('changed', parts);
    } catch (error) {
      // Who follows stays: the next look may succeed. Told once, because looks are many.
      if (!isBlind) log.warn({ cause: String(error) }, 'the kitchen cannot be looked at');
      isBlind = true;
    }
  }

  async function keepLooking(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    while (sights.listenerCount('changed') > 0) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      await look();
    }
    last = undefined;
    isLooking = false;
  }

  return {
    /** All parts at once, and then those that changed, as they do; throws AbortError once the signal aborts. */
    async *follow(signal: AbortSignal): AsyncGenerator<KitchenPart[]> {
      const changes = on(sights, 'changed', { signal }) as AsyncIterable<[KitchenPart[]]>;
      // What is read because of the first event is younger than this look, so no change falls between the two.
      if (!last) await look();
      void keepLooking();
      yield [...KITCHEN_PARTS];
      for await (const [parts] of changes) yield parts;
    },
  };
}

export type KitchenLookout = ReturnType<typeof createKitchenLookout>;
