import { OPERATIONS_PARTS } from '#contract/operations-events.ts';
import { createChangeFeed } from '../../change-feed.ts';
import type { Logger } from '../../observability/logger.ts';
import type { OperationsVersions } from './operations-versions.repository.ts';

export type OperationsPart = (typeof OPERATIONS_PARTS)[number];

/** What is placed elsewhere is seen within two seconds; however busy it is, nobody reads it more often than this. */
const LOOK_AGAIN_MS = 1_000;
/** Everybody follows all parts. */
const TOPIC = 'operations';

/** Of which versions each part is made. */
const SOURCES: Record<OperationsPart, (keyof OperationsVersions)[]> = {
  factory: ['factories', 'attempts', 'incidents'],
  line: ['transitions'],
  figures: ['transitions', 'attempts', 'minute'],
  incidents: ['incidents'],
  drill: ['drills', 'incidents'],
};

function changedViews(before: OperationsVersions, now: OperationsVersions): OperationsPart[] {
  return OPERATIONS_PARTS.filter((part) => SOURCES[part].some((source) => before[source] !== now[source]));
}

interface OperationsChangeFeedDeps {
  findVersions: () => Promise<OperationsVersions>;
  log: Logger;
}

/** Looks once a second which parts changed of what operators see. */
export function createOperationsChangeFeed({ findVersions, log }: OperationsChangeFeedDeps) {
  const feed = createChangeFeed<OperationsVersions, OperationsPart[]>({
    log,
    subject: 'what operators see',
    everyMs: LOOK_AGAIN_MS,
    read: findVersions,
    findChanges({ before, now }) {
      const parts = before ? changedViews(before, now) : [];
      return parts.length > 0 ? [[TOPIC, parts]] : [];
    },
  });

  return {
    /** All parts at once, and then those that changed, as they do; throws AbortError once the signal aborts. */
    follow: (signal: AbortSignal) => feed.followFrom({ topic: TOPIC, first: [...OPERATIONS_PARTS], signal }),
  };
}

export type OperationsChangeFeed = ReturnType<typeof createOperationsChangeFeed>;
