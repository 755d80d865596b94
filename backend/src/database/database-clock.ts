import type { Clock } from '../clock.ts';
import { databaseNow } from './lease-clock.ts';
import type { Queryable } from './transaction.ts';

// Clocks drift by a millisecond or two in this time.
const MEASURED_EVERY_MS = 30_000;
const SET_BY_MS = 500;

/**
 * Tells the database's time without asking it: this machine's clock, and how far that is off. Stored times are compared
 * with this one, so a node whose clock is an hour off works like any other. Until it is measured, the machine is believed.
 */
export function createDatabaseClock(readMachineMs: () => number = Date.now) {
  let offsetMs: number | undefined;
  let measuredAtMs = Number.NEGATIVE_INFINITY;
  // Between this machine's clock and its count of the time that passes, which nobody sets.
  let baseMs = 0;

  return {
    now: (() => new Date(readMachineMs() + (offsetMs ?? 0))) satisfies Clock,
    offsetMs: (): number => offsetMs ?? 0,

    /** Whether the last measurement may be wrong by now: it is old, or somebody has set this machine's clock. */
    isDue(): boolean {
      const wasSet = Math.abs(readMachineMs() - performance.now() - baseMs) > SET_BY_MS;
      return wasSet || performance.now() - measuredAtMs > MEASURED_EVERY_MS;
    },

    /**
     * Asks for the time over one open connection, so that no waiting for a place in the pool is counted. The database
     * read its clock at some moment of the round trip: what is known stands unless that is impossible, and is else put
     * in the middle. So an answer that took seconds never spoils what quick ones have told.
     */
    async measure(connection: Queryable): Promise<void> {
      const askedMs = readMachineMs();
      const { now } = await connection.selectNoFrom(databaseNow.as('now')).executeTakeFirstOrThrow();
      const answeredMs = readMachineMs();
      measuredAtMs = performance.now();
      baseMs = answeredMs - measuredAtMs;
      const least = now.getTime() - answeredMs;
      // The database tells whole milliseconds, rounded down.
      const most = now.getTime() + 1 - askedMs;
      if (offsetMs === undefined || offsetMs < least || offsetMs > most) {
        offsetMs = Math.round((least + most) / 2);
      }
    },
  };
}
