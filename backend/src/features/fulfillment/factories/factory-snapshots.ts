import type { Database } from '../../../database/pool.ts';
import { type FactorySnapshot, type FactoryState, readFactories } from './factory-state.repository.ts';

interface Snapshot extends FactorySnapshot {
  /** When it was read, by `performance.now()`. */
  readAtMs: number;
}

/**
 * How this node last saw each factory, at most a sweep ago: the dispatch of an order must not wait for a look at the
 * database. What it decides on an old snapshot is mended by the next outcome; the rights that must be exact (a half-open
 * attempt, a probe, a report) are taken in the database.
 */
export function createFactorySnapshots(db: Database, origins: readonly string[]) {
  const snapshots = new Map<string, Snapshot>();

  const keep = (snapshot: FactorySnapshot): void => {
    snapshots.set(snapshot.origin, { ...snapshot, readAtMs: performance.now() });
  };

  return {
    origins,
    /** What a sweep has just read. */
    keepAll: (read: readonly FactorySnapshot[]): void => read.forEach(keep),
    async refresh(): Promise<void> {
      for (const snapshot of await readFactories(db, origins)) keep(snapshot);
    },
    /** What a transaction of this node has just written. */
    replace(state: FactoryState, needsProof: boolean): void {
      const { probeDueAt = state.now } = snapshots.get(state.origin) ?? {};
      keep({ ...state, needsProof, probeDueAt });
    },
    /** Whether any incident waits for a good pizza, of whichever factory. */
    needProof: (): boolean => [...snapshots.values()].some(({ needsProof }) => needsProof),
    /** Undefined until the first look: nothing bad is known. */
    of: (origin: string): Snapshot | undefined => snapshots.get(origin),
    /** Milliseconds since (negative: until) a time of the database. */
    elapsedMs(snapshot: Snapshot, at: Date): number {
      return snapshot.now.getTime() + (performance.now() - snapshot.readAtMs) - at.getTime();
    },
  };
}

export type FactorySnapshots = ReturnType<typeof createFactorySnapshots>;
