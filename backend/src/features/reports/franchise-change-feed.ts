import { createChangeFeed } from '../../change-feed.ts';
import type { Logger } from '../../observability/logger.ts';
import type { SeenTransition } from './newest-transitions.repository.ts';

/** What is placed elsewhere is seen within two seconds; a busy franchise makes nobody read it more often than this. */
const LOOK_AGAIN_MS = 1_000;

interface FranchiseChangeFeedDeps {
  findNewest: () => Promise<SeenTransition[]>;
  log: Logger;
  lookAgainMs?: number;
}

/** Franchises with a change that was not seen before; undefined when more happened than one look shows. */
function changedFranchises(
  before: readonly SeenTransition[],
  now: readonly SeenTransition[],
): Set<number> | undefined {
  // By their ids and not by the largest of them: transitions may be seen in another order than they were numbered in.
  const seenIds = new Set(before.map(({ id }) => id));
  const isOverrun = seenIds.size > 0 && !now.some(({ id }) => seenIds.has(id));
  if (isOverrun) return undefined;
  return new Set(now.filter(({ id }) => !seenIds.has(id)).map(({ franchiseId }) => franchiseId));
}

/** Looks once a second whose orders have changed, for all franchises that somebody follows here. */
export function createFranchiseChangeFeed(deps: FranchiseChangeFeedDeps) {
  const { findNewest, log, lookAgainMs = LOOK_AGAIN_MS } = deps;
  const feed = createChangeFeed<SeenTransition[], void>({
    log,
    subject: 'the orders of franchises',
    everyMs: lookAgainMs,
    read: findNewest,
    findChanges({ before, now, followedTopics }) {
      if (!before) return [];
      const changed = changedFranchises(before, now);
      const topics = changed ? [...changed].map(String) : followedTopics;
      return topics.map((topic) => [topic, undefined]);
    },
  });

  return {
    /** Once at first, and then whenever an order of the franchise changed; throws AbortError once the signal aborts. */
    follow: (franchiseId: number, signal: AbortSignal) =>
      feed.followFrom({ topic: String(franchiseId), first: undefined, signal }),
  };
}

export type FranchiseChangeFeed = ReturnType<typeof createFranchiseChangeFeed>;
