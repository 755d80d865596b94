import type { Registry } from 'prom-client';
import { createInterruptibleSleep } from '../interruptible-sleep.ts';
import type { Logger } from '../observability/logger.ts';
import { createDatabaseClock } from './database-clock.ts';
import { watchHeartbeat } from './heartbeat.metrics.ts';
import { databaseNow, LEASE_SECONDS } from './lease-clock.ts';
import { isMigrated } from './migrate.ts';
import type { Database } from './pool.ts';

export interface HeartbeatTimes {
  everyMs: number;
  /** How long one statement sequence may take before the next one is tried. */
  givenUpAfterMs: number;
  /** For how long a stored heartbeat proves that this node can serve. */
  freshForMs: number;
  /** A silence of the database beyond this is a stall: nobody could renew a lease in it. */
  stallMs: number;
  /** For how long the database must have answered after a stall: every node that lives has renewed its leases by then. */
  steadyForMs: number;
}

const TIMES: HeartbeatTimes = {
  everyMs: 2_000,
  givenUpAfterMs: 4_000,
  freshForMs: 6_000,
  stallMs: 5_000,
  steadyForMs: LEASE_SECONDS * 1_000,
};
// Beyond this, the times of this machine's log no longer fit those of the orders.
const TOLD_OFFSET_MS = 10_000;

interface HeartbeatDeps {
  db: Database;
  node: string;
  log: Logger;
  registry: Registry;
  /** Told when the database answers after a stall. */
  onBack: () => void;
  times?: Partial<HeartbeatTimes> | undefined;
}

/**
 * Says every two seconds, in a row of its own, that this node lives and that the database stores what it writes. A
 * read-only server, the minority of a cluster, a frozen or a full one does not: the node is then not ready. Everything
 * but the beat itself is answered from memory, because a frozen database must not freeze who asks.
 */
export function createHeartbeat({ db, node, log, registry, onBack, ...options }: HeartbeatDeps) {
  const clock = createDatabaseClock();
  const times = { ...TIMES, ...options.times };
  let isStopped = false;
  let hasSchema = false;
  const rest = createInterruptibleSleep();
  let loop: Promise<void> = Promise.resolve();
  let storedAtMs = Number.NEGATIVE_INFINITY;
  /** When the database last answered; a node that has just begun has missed nothing. */
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  let steadySinceMs = Number.NEGATIVE_INFINITY;
  let isSilent = false;
  let toldOffsetMs = 0;

  const isFresh = (): boolean => performance.now() - storedAtMs <= times.freshForMs;
  watchHeartbeat(registry, { isFresh, offsetMs: clock.offsetMs });

  async function store(): Promise<void> {
    hasSchema ||= await isMigrated(db);
    if (!hasSchema) throw new Error('the schema is not up to date');
    await db.connection().execute(async (connection) => {
      await connection
        .insertInto('nodes')
        .values({ node, started_at: databaseNow, beat_at: databaseNow })
        .onDuplicateKeyUpdate({ beat_at: databaseNow })
        .execute();
      if (clock.isDue()) await clock.measure(connection);
    });
  }

  /** The pool bounds its statements; this only keeps one that hangs from standing in the way of the next. */
  async function storeInTime(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const isLate = new Promise<never>((_resolve, reject) => {
      const giveUp = () => reject(new Error(`no answer within ${times.givenUpAfterMs} ms`));
      timer = setTimeout(giveUp, times.givenUpAfterMs);
    });
    await Promise.race([store(), isLate]).finally(() => clearTimeout(timer));
  }

  function noteStored(): void {
    const now = performance.now();
    const wasStalled = now - answeredAtMs > times.stallMs;
    storedAtMs = now;
    answeredAtMs = now;
    if (wasStalled) {
      steadySinceMs = now;
      onBack();
    }
    if (isSilent) log.info('the database stores the heartbeat again');
    isSilent = false;
    const offsetMs = clock.offsetMs();
    if (Math.abs(offsetMs - toldOffsetMs) > TOLD_OFFSET_MS) {
      toldOffsetMs = offsetMs;
      log.warn({ offsetMs }, "this machine's clock is not the database's: orders go by the database's");
    }
  }

  async function beat(): Promise<void> {
    try {
      await storeInTime();
      noteStored();
    } catch (error) {
      if (isSilent || isFresh()) return;
      isSilent = true;
      log.warn({ cause: String(error) }, 'not ready: the database stores no heartbeat of this node');
    }
  }

  async function beatUntilStopped(): Promise<void> {
    let restMs = times.everyMs;
    while (!isStopped) {
      await rest.sleep(restMs);
      const beganAtMs = performance.now();
      if (!isStopped) await beat();
      const elapsedMs = Math.max(0, performance.now() - beganAtMs);
      restMs = Math.max(0, times.everyMs - elapsedMs);
    }
  }

  return {
    /** The database's time; the machine's until the first beat. */
    now: clock.now,
    /** For what lives too short for a heartbeat. */
    measureClock: (): Promise<void> => db.connection().execute(clock.measure),

    /** The last heartbeat was stored a moment ago, on a schema that is up to date. */
    isFresh,

    /**
     * Whether a lease that ended says that its node is gone. While the database was away nobody could renew one, so a
     * node that was cut off from it takes nobody's order over before it has seen it answer for a whole lease.
     */
    mayTakeOver(): boolean {
      const now = performance.now();
      return now - answeredAtMs <= times.stallMs && now - steadySinceMs >= times.steadyForMs;
    },

    /** Begins, and answers after the first beat, whatever came of it. */
    async start(): Promise<void> {
      answeredAtMs = performance.now();
      const first = beat();
      loop = first.then(beatUntilStopped);
      await first;
    },

    async stop(): Promise<void> {
      isStopped = true;
      rest.wake();
      await loop;
    },
  };
}

export type Heartbeat = ReturnType<typeof createHeartbeat>;
