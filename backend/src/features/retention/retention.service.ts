import type { SweptBatch } from '../../database/delete-batch.ts';
import type { Database } from '../../database/pool.ts';
import { createInterruptibleSleep } from '../../interruptible-sleep.ts';
import type { Logger } from '../../observability/logger.ts';
import type { RetentionMetrics } from './retention.metrics.ts';
import * as repository from './retention.repository.ts';

// Deleted in some tens of milliseconds.
const ROWS_AT_ONCE = 500;
// Sweeping takes a ninth of one connection's time at most, and less of a database that is slow because it is busy.
const REST_PER_WORK = 8;
const SHORTEST_REST_MS = 20;
const LONGEST_REST_MS = 5_000;
// A look is a statement a table, so over all nodes there is one in five minutes while nothing is due.
const EVERY_SECONDS = 300;
// A long sweep begins again so often with the tables that are small: what runs out meanwhile does not wait for its end.
const LONGEST_ROUND_MS = 60_000;

/** One table, and how some of its rows go that are kept no longer. */
export interface Sweep {
  table: string;
  sweepBatch(limit: number): Promise<SweptBatch>;
}

interface RetentionDeps {
  db: Database;
  node: string;
  log: Logger;
  metrics: RetentionMetrics;
  sweeps: readonly Sweep[];
}

/** `elsewhere`: another node sweeps, or did within the last five minutes. */
type RoundEnd = 'finished' | 'more' | 'broken' | 'elsewhere';

/**
 * Deletes what is kept no longer, on one node at a time, a small batch of each table in turn. Nobody waits for it: a
 * batch locks nothing but the rows it deletes, and what is interrupted goes on with the next round.
 */
export function createRetention({ db, node, log, metrics, sweeps }: RetentionDeps) {
  const rest = createInterruptibleSleep();
  let isStopped = false;
  let loop: Promise<void> = Promise.resolve();

  /** Sweeps one batch and rests after it; answers whether the table may have more. */
  async function sweepOne({ table, sweepBatch }: Sweep): Promise<boolean> {
    const beganAtMs = performance.now();
    const { rows, hasMore } = await sweepBatch(ROWS_AT_ONCE);
    if (rows > 0) metrics.swept(table, rows);
    if (hasMore) {
      const restMs = REST_PER_WORK * (performance.now() - beganAtMs);
      if (!isStopped) await rest.sleep(Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, restMs)));
    }
    return hasMore;
  }

  /** Sweeps what is due, or as much of it as a minute takes. */
  async function sweepAll(): Promise<RoundEnd> {
    const endsAtMs = performance.now() + LONGEST_ROUND_MS;
    let hasFailed = false;
    let due = sweeps;
    while (due.length > 0) {
      // The first turn is short, and all there is while nothing is due: the right to it was taken a moment ago.
      if (due !== sweeps && !(await repository.keepSweep(db, node))) return 'more';
      const more: Sweep[] = [];
      for (const sweep of due) {
        if (isStopped || performance.now() > endsAtMs) return 'more';
        try {
          if (await sweepOne(sweep)) more.push(sweep);
        } catch (error) {
          hasFailed = true;
          log.warn({ table: sweep.table, cause: String(error) }, 'a table could not be swept');
        }
      }
      due = more;
    }
    return hasFailed ? 'broken' : 'finished';
  }

  /** One round, unless another node has the right to it. */
  async function runOnce(): Promise<RoundEnd> {
    if (!(await repository.takeSweep(db, node))) return 'elsewhere';
    const end = await sweepAll();
    const pauseSeconds = end === 'more' ? 0 : EVERY_SECONDS;
    await repository.endSweep(db, { node, isFinished: end === 'finished', pauseSeconds });
    return end;
  }

  async function runUntilStopped(): Promise<void> {
    while (!isStopped) {
      const end = await runOnce().catch((error: unknown) => {
        log.warn({ cause: String(error) }, 'sweeping broke off; the next round follows');
        return undefined;
      });
      if (!isStopped) await rest.sleep(end === 'more' ? SHORTEST_REST_MS : EVERY_SECONDS * 1000);
    }
  }

  return {
    runOnce,
    start(): void {
      loop = runUntilStopped();
    },
    /** Answers when the batch that is under way has ended. */
    async stop(): Promise<void> {
      isStopped = true;
      rest.wake();
      await loop;
    },
  };
}

export type Retention = ReturnType<typeof createRetention>;
