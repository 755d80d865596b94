import { EventEmitter, on } from 'node:events';
import type { Logger } from '../../observability/logger.ts';

/** What is placed elsewhere is seen within two seconds; a busy franchise makes nobody read it more often than this. */
const LOOK_AGAIN_MS = 1_000;

interface LookoutParts {
  findMarks: () => Promise<Map<number, string>>;
  log: Logger;
}

/** Looks once a second, with one statement, whose orders have changed, for all franchises that somebody follows here. */
export function createFranchiseLookout({ findMarks, log }: LookoutParts) {
  const sights = new EventEmitter();
  sights.setMaxListeners(0);
  let isLooking = false;
  let isBlind = false;
  let last: Map<number, string> | undefined;

  async function look(): Promise<void> {
    try {
      const now = await findMarks();
      const before = last ?? now;
      last = now;
      isBlind = false;
      for (const [franchiseId, mark] of now) {
        if (before.get(franchiseId) !== mark) sights.emit(String(franchiseId));
      }
    } catch (error) {
      // Who follows stays: the next look may succeed. Told once, because looks are many.
      if (!isBlind) log.warn({ cause: String(error) }, 'the orders of franchises cannot be looked at');
      isBlind = true;
    }
  }

  async function keepLooking(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    while (sights.eventNames().some((name) => sights.listenerCount(name) > 0)) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      await look();
    }
    last = undefined;
    isLooking = false;
  }

  return {
    /** Once at first, and then whenever an order of the franchise changed; throws AbortError once the signal aborts. */
    async *follow(franchiseId: number, signal: AbortSignal): AsyncGenerator<void> {
      const changes = on(sights, String(franchiseId), { signal });
      // What is read because of the first event is younger than this look, so no change falls between the two.
      if (!last) await look();
      void keepLooking();
      yield;
      for await (const _ of changes) yield;
    },
  };
}

export type FranchiseLookout = ReturnType<typeof createFranchiseLookout>;
