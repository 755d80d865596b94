import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from './observability/logger.ts';

interface LookingParts {
  /** One look for everybody who follows. */
  look: () => Promise<void>;
  /** Whether anybody does. */
  isFollowed: () => boolean;
  everyMs: number;
  /** Nobody follows any more: what the looks remember is old by the time somebody does again. */
  onRest?: () => void;
  log: Logger;
  /** What is looked at, for the log. */
  subject: string;
}

/** Looks at something again and again for as long as it is followed, and not at all when it is not. */
export function createLooking({ look, isFollowed, everyMs, onRest, log, subject }: LookingParts) {
  let firstLook: Promise<void> | undefined;
  let isBlind = false;
  // The looks after the first are for everybody, so they must not go on in the trace of the request that began them.
  const outsideOfRequests = AsyncLocalStorage.snapshot();

  async function attempt(oneLook: () => Promise<void>): Promise<void> {
    try {
      await oneLook();
      isBlind = false;
    } catch (error) {
      // Who follows stays: the next look may succeed. Told once, because looks are many.
      if (!isBlind) log.warn({ cause: String(error) }, `${subject} cannot be looked at`);
      isBlind = true;
    }
  }

  async function goOn(): Promise<void> {
    for (;;) {
      // Nobody waits for the next look: it must not keep a process alive that has nothing else to do.
      await new Promise((resolve) => setTimeout(resolve, everyMs).unref());
      if (!isFollowed()) break;
      await attempt(look);
    }
    firstLook = undefined;
    onRest?.();
  }

  return {
    /** Somebody follows from now on. Answers once a look was taken, so that what is read then is younger than it. */
    begin(): Promise<void> {
      firstLook ??= attempt(look).finally(() => void outsideOfRequests(goOn));
      return firstLook;
    },
    /** A look of its own kind, between two others. */
    lookOutOfTurn: attempt,
  };
}
