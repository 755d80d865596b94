import { EventEmitter, on } from 'node:events';
import { createLooking } from '../../looking.ts';
import type { Logger } from '../../observability/logger.ts';
import type { SeenTransition } from './newest-transitions.repository.ts';

/** What is placed elsewhere is seen within two seconds; a busy franchise makes nobody read it more often than this. */
const LOOK_AGAIN_MS = 1_000;

interface LookoutParts {
  findNewest: () => Promise<SeenTransition[]>;
  log: Logger;
  lookAgainMs?: number;
}

/** Looks once a second, with one statement, whose orders have changed, for all franchises that somebody follows here. */
export function createFranchiseLookout({ findNewest, log, lookAgainMs = LOOK_AGAIN_MS }: LookoutParts) {
  const sights = new EventEmitter();
  sights.setMaxListeners(0);
  // By their ids and not by the largest of them: transitions may be seen in another order than they were numbered in.
  let seen: Set<number> | undefined;

  /** Franchises with a change that was not seen before; undefined when more happened than one look shows. */
  function changedIn(
    newest: readonly SeenTransition[],
    before: ReadonlySet<number>,
  ): Set<number> | undefined {
    const isOverrun = before.size > 0 && !newest.some(({ id }) => before.has(id));
    if (isOverrun) return undefined;
    return new Set(newest.filter(({ id }) => !before.has(id)).map(({ franchiseId }) => franchiseId));
  }

  function followedIds(): number[] {
    // Whoever waits for events listens for errors, too.
    return sights.eventNames().map(Number).filter(Number.isInteger);
  }

  const looking = createLooking({
    log,
    subject: 'the orders of franchises',
    everyMs: lookAgainMs,
    isFollowed: () => followedIds().length > 0,
    onRest: () => {
      seen = undefined;
    },
    async look() {
      const newest = await findNewest();
      const before = seen;
      seen = new Set(newest.map(({ id }) => id));
      const changed = before && changedIn(newest, before);
      for (const franchiseId of before ? followedIds() : []) {
        if (changed === undefined || changed.has(franchiseId)) sights.emit(String(franchiseId));
      }
    },
  });

  return {
    /** Once at first, and then whenever an order of the franchise changed; throws AbortError once the signal aborts. */
    async *follow(franchiseId: number, signal: AbortSignal): AsyncGenerator<void> {
      const changes = on(sights, String(franchiseId), { signal });
      await looking.begin();
      yield;
      for await (const _ of changes) yield;
    },
  };
}

export type FranchiseLookout = ReturnType<typeof createFranchiseLookout>;
