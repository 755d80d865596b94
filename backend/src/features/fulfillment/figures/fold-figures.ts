import type { Database } from '../../../database/pool.ts';
import { inTransaction, type Transaction } from '../../../database/transaction.ts';
import type { Logger } from '../../../observability/logger.ts';
import * as repository from './fold.repository.ts';

// More than a busy second settles, and done in some tens of milliseconds.
const ORDERS_AT_ONCE = 1_000;
const FOLD_EVERY_MS = 1_000;
// For what a node left that is gone. Nothing is wrong meanwhile: whoever reads figures adds what is unfolded.
const LOOK_EVERY_MS = 30_000;

export interface FoldSteps {
  /** Runs when all is written and nothing is committed. */
  beforeCommit?: (() => Promise<void>) | undefined;
}

/**
 * Moves unfolded transitions into the figures of their stores; part of a transaction, so that it happens once or not at
 * all. Answers how many orders' transitions there were.
 */
export async function foldUnfolded(
  transaction: Transaction,
  { beforeCommit }: FoldSteps = {},
): Promise<number> {
  const unfolded = await repository.findUnfolded(transaction, { orders: ORDERS_AT_ONCE });
  if (unfolded.length === 0) return 0;
  const ids = unfolded.map(({ id }) => id);
  let marked = 0;
  for (const [day, ofDay] of Map.groupBy(unfolded, (transition) => transition.day)) {
    marked += await repository.markFolded(transaction, { day, ids: ofDay.map(({ id }) => id) });
  }
  if (marked !== ids.length) throw new Error('transitions were folded by somebody else meanwhile');
  await repository.addToFigures(transaction, ids);
  await beforeCommit?.();
  return ids.length;
}

/** Folds once, unless another node does, or did a moment ago: undefined. Answers how many transitions it folded. */
export async function foldOnce(
  db: Database,
  { node, steps }: { node: string; steps?: FoldSteps },
): Promise<number | undefined> {
  if (!(await repository.takeFold(db, node))) return undefined;
  return inTransaction(db, async (transaction) =>
    (await repository.endFold(transaction, node)) ? foldUnfolded(transaction, steps) : undefined,
  );
}

/**
 * Keeps the figures close behind the orders: while this node settles orders it folds once a second, and otherwise it
 * looks now and then. No order waits for it, and no sweep.
 */
export function createFiguresFolder({ db, node, log }: { db: Database; node: string; log: Logger }) {
  let isDue = false;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  async function fold(): Promise<void> {
    isDue = false;
    if (!(await repository.hasUnfolded(db))) return;
    const folded = await foldOnce(db, { node });
    // What is more than one fold takes is for the next one, and so is what another node has no time for.
    if (folded === undefined || folded >= ORDERS_AT_ONCE) isDue = true;
  }

  return {
    /** Says that an order may have been settled. */
    orderChanged(): void {
      isDue = true;
    },
    /** Part of each sweep: begins to fold when it is time. */
    async runOnce(): Promise<void> {
      const everyMs = isDue ? FOLD_EVERY_MS : LOOK_EVERY_MS;
      if (running || performance.now() - lookedAtMs < everyMs) return;
      lookedAtMs = performance.now();
      running = fold()
        .catch((error: unknown) => {
          isDue = true;
          log.warn({ cause: String(error) }, 'figures could not be folded; the next fold follows');
        })
        .finally(() => {
          running = undefined;
        });
    },
    /** Answers when the fold that is under way has ended. */
    stop: async (): Promise<void> => running,
  };
}
