import type { Database } from '../../../database/pool.ts';
import { type FactorySight, type FactoryState, readFactories } from './factory-state.repository.ts';

interface Sight extends FactorySight {
  /** When it was read, by `performance.now()`. */
  readAtMs: number;
}

/**
 * How this node last saw each factory, at most a sweep ago: the dispatch of an order must not wait for a look at the
 * database. What it decides on an old sight is mended by the next outcome; the rights that must be exact (a half-open
 * attempt, a probe, a report) are taken in the database.
 */
export function createFactorySights(db: Database, origins: readonly string[]) {
  const sights = new Map<string, Sight>();

  const keep = (sight: FactorySight): void => {
    sights.set(sight.origin, { ...sight, readAtMs: performance.now() });
  };

  return {
    async refresh(): Promise<void> {
      for (const sight of await readFactories(db, origins)) keep(sight);
    },
    /** What a transaction of this node has just written. */
    replace(state: FactoryState, needsProof: boolean): void {
      keep({ ...state, needsProof });
    },
    /** Whether any incident waits for a good pizza, of whichever factory. */
    needProof: (): boolean => [...sights.values()].some(({ needsProof }) => needsProof),
    /** Undefined until the first look: nothing bad is known. */
    of: (origin: string): Sight | undefined => sights.get(origin),
    /** Milliseconds since (negative: until) a time of the database. */
    elapsedMs(sight: Sight, at: Date): number {
      return sight.now.getTime() + (performance.now() - sight.readAtMs) - at.getTime();
    },
  };
}

export type FactorySights = ReturnType<typeof createFactorySights>;
