import type { Database } from '../../database/pool.ts';
import * as repository from './incident-figures.repository.ts';

// Small incidents are added up for everybody who asks. A large one takes this share of a connection at most, however
// many people look at it: its figures are then as old as nine times what it took to add them up.
const QUICK_MS = 100;
const RESTS_FOR_EACH = 9;

/**
 * The figures of an incident stand in its row. While it is open they are added up when somebody asks, because what they
 * are made of changes with every order; when it is closed the recorder does it for the last time.
 */
export function createIncidentFigures(db: Database) {
  let pending: Promise<void> | undefined;
  let restsUntilMs = Number.NEGATIVE_INFINITY;

  async function addUp(): Promise<void> {
    const startedAtMs = performance.now();
    const { open, closed } = await repository.findUnsettledFigures(db);
    for (const id of open) await repository.refreshFigures(db, id);
    for (const id of closed) await repository.finishFigures(db, id);
    const ms = performance.now() - startedAtMs;
    if (ms > QUICK_MS) restsUntilMs = performance.now() + ms * RESTS_FOR_EACH;
  }

  return {
    /** Answers when the stored figures are fit to be shown. Those who ask at the same time share one reading. */
    async bringUpToDate(): Promise<void> {
      if (pending === undefined && performance.now() < restsUntilMs) return;
      pending ??= addUp().finally(() => {
        pending = undefined;
      });
      await pending;
    },
  };
}

export type IncidentFigures = ReturnType<typeof createIncidentFigures>;
