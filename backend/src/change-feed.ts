import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter, on } from 'node:events';
import type { Logger } from './observability/logger.ts';

interface Looks<Seen> {
  /** What the last look saw; undefined at the first look since somebody follows again. */
  before: Seen | undefined;
  now: Seen;
  followedTopics: string[];
}

interface ChangeFeedOptions<Seen, Change> {
  /** What is looked at, for the log. */
  subject: string;
  everyMs: number;
  /** One look at all the topics that are followed, with one statement. */
  read: (topics: string[]) => Promise<Seen>;
  /** Who is to be told what of it. A topic that nobody follows may be among them. */
  findChanges: (looks: Looks<Seen>) => Iterable<readonly [topic: string, change: Change]>;
  log: Logger;
}

interface FollowOptions<Change> {
  topic: string;
  /** What a follower is told before any change, once a look was taken: what is read then is younger than that look. */
  first: Change;
  signal: AbortSignal;
}

/**
 * Looks at something again and again for as long as somebody follows it, compares each look with the one before, and
 * tells the followers what changed. However many follow, there is one look.
 */
export function createChangeFeed<Seen, Change>(options: ChangeFeedOptions<Seen, Change>) {
  const { subject, everyMs, read, findChanges, log } = options;
  const followers = new EventEmitter();
  // One topic may be followed from any number of pages.
  followers.setMaxListeners(0);
  let firstLook: Promise<void> | undefined;
  let lastSeen: Seen | undefined;
  let isFailing = false;
  // The looks after the first are for everybody, so they must not go on in the trace of the request that began them.
  const outsideOfRequests = AsyncLocalStorage.snapshot();

  function followedTopics(): string[] {
    // Whoever waits for events listens for errors, too.
    return followers.eventNames().filter((name) => typeof name === 'string' && name !== 'error') as string[];
  }

  async function look(topics: string[]): Promise<Seen> {
    const now = await read(topics);
    // Whoever came while the look was taken is told of it, too.
    const looks = { before: lastSeen, now, followedTopics: followedTopics() };
    for (const [topic, change] of findChanges(looks)) followers.emit(topic, change);
    return now;
  }

  async function lookAtAll(): Promise<void> {
    lastSeen = await look(followedTopics());
  }

  async function attempt(oneLook: () => Promise<unknown>): Promise<void> {
    try {
      await oneLook();
      isFailing = false;
    } catch (error) {
      // Who follows stays: the next look may succeed. Told once, because looks are many.
      if (!isFailing) log.warn({ cause: String(error) }, `${subject} cannot be looked at`);
      isFailing = true;
    }
  }

  async function lookUntilNobodyFollows(): Promise<void> {
    for (;;) {
      // Nobody waits for the next look: it must not keep a process alive that has nothing else to do.
      await new Promise((resolve) => setTimeout(resolve, everyMs).unref());
      if (followedTopics().length === 0) break;
      await attempt(lookAtAll);
    }
    firstLook = undefined;
    // It is old by the time somebody follows again.
    lastSeen = undefined;
  }

  function begin(): Promise<void> {
    firstLook ??= attempt(lookAtAll).finally(() => void outsideOfRequests(lookUntilNobodyFollows));
    return firstLook;
  }

  async function* changesOf(events: AsyncIterable<[Change]>): AsyncGenerator<Change> {
    for await (const [change] of events) yield change;
  }

  function follow(topic: string, signal: AbortSignal): AsyncGenerator<Change> {
    const events = on(followers, topic, { signal }) as AsyncIterable<[Change]>;
    void begin();
    return changesOf(events);
  }

  return {
    /** Every change of the topic from this call on; throws AbortError once the signal aborts. */
    follow,
    /** As follow, after a first event that needs no change. */
    async *followFrom({ topic, first, signal }: FollowOptions<Change>): AsyncGenerator<Change> {
      const changes = follow(topic, signal);
      await begin();
      yield first;
      yield* changes;
    },
    /** A look at one topic, at once and between two others, if somebody follows it. */
    lookNow(topic: string): void {
      if (followers.listenerCount(topic) > 0) void attempt(() => look([topic]));
    },
  };
}
