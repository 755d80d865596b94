import { EventEmitter, on } from 'node:events';
import { KITCHEN_PARTS } from '#contract/kitchen-events.ts';
import { createLooking } from '../../looking.ts';
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
  let last: KitchenMarks | undefined;
  const looking = createLooking({
    log,
    subject: 'the kitchen',
    everyMs: LOOK_AGAIN_MS,
    isFollowed: () => sights.listenerCount('changed') > 0,
    onRest: () => {
      last = undefined;
    },
    async look() {
      const now = await findMarks();
      const parts = last ? changedParts(last, now) : [];
      last = now;
      if (parts.length > 0) sights.emit('changed', parts);
    },
  });

  return {
    /** All parts at once, and then those that changed, as they do; throws AbortError once the signal aborts. */
    async *follow(signal: AbortSignal): AsyncGenerator<KitchenPart[]> {
      const changes = on(sights, 'changed', { signal }) as AsyncIterable<[KitchenPart[]]>;
      await looking.begin();
      yield [...KITCHEN_PARTS];
      for await (const [parts] of changes) yield parts;
    },
  };
}

export type KitchenLookout = ReturnType<typeof createKitchenLookout>;
