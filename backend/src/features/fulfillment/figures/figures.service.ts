import type { Database } from '../../../database/pool.ts';
import { inTransaction, type Transaction } from '../../../database/transaction.ts';
import { addRows, compare, type FiguresDifference } from './compare-figures.ts';
import * as corrections from './corrections.repository.ts';
import * as repository from './figures.repository.ts';

export type { FiguresDifference } from './compare-figures.ts';

// So many orders are added up in a moment, so that no statement is long, however much a store has sold.
const ORDERS_AT_ONCE = 2_000;
// One pass corrects and the next finds nothing left; more are for corrections that others make at the same time.
const MOST_PASSES = 5;

export interface RecomputeSteps {
  /** Runs between the short steps of a long work, for whoever has to say that it is alive. */
  between?: (() => Promise<void>) | undefined;
  /** Written with the first correction, if there is one. */
  record?: ((transaction: Transaction, differences: FiguresDifference[]) => Promise<void>) | undefined;
}

async function addUpOrders(
  transaction: Transaction,
  storeId: number,
  { between }: RecomputeSteps,
): Promise<Map<string, repository.FiguresRow>> {
  const sums = new Map<string, repository.FiguresRow>();
  let afterId = 0;
  for (;;) {
    const count = ORDERS_AT_ONCE;
    const untilId = await repository.findLastOfNext(transaction, { storeId, afterId, count });
    addRows(sums, await repository.readActualFigures(transaction, { storeId, afterId, untilId }));
    await between?.();
    if (untilId === undefined) return sums;
    afterId = untilId;
  }
}

/**
 * Reads both from one snapshot: an order that settles between two readings is no difference, nor is a transition that
 * is folded between them. It locks nothing.
 */
async function compareStore(db: Database, storeId: number, steps: RecomputeSteps) {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const counted = await corrections.countCorrections(transaction, storeId);
      const stored = new Map<string, repository.FiguresRow>();
      addRows(stored, await repository.readStoreFigures(transaction, storeId));
      const actual = await addUpOrders(transaction, storeId, steps);
      return { counted, ...compare(storeId, { stored, actual }) };
    });
}

/** Recomputes a store's figures from orders, items and history, while the service goes on, and answers what differs. */
export async function checkStore(
  db: Database,
  storeId: number,
  steps: RecomputeSteps = {},
): Promise<FiguresDifference[]> {
  return (await compareStore(db, storeId, steps)).differences;
}

function byDay(lacks: readonly repository.FiguresRow[]): repository.FiguresRow[][] {
  const days = [...Map.groupBy(lacks, ({ day }) => day)].sort(([one], [other]) => one.localeCompare(other));
  // Figures are locked in this order by the fold, too: days, then items.
  return days.map(([, rows]) => rows.toSorted((one, other) => (one.menuId ?? 0) - (other.menuId ?? 0)));
}

/**
 * Mends a store's figures where they are not what the orders say, and answers what differed. Orders of the store settle
 * meanwhile without waiting, and are folded: what is read of the figures, with the unfolded, grows by as much as what
 * the orders say. So what the figures lack stays the same and is added in short transactions, a day each. What another correction overtakes is compared again,
 * and so is the result.
 */
export async function rebuildStore(
  db: Database,
  storeId: number,
  steps: RecomputeSteps = {},
): Promise<FiguresDifference[]> {
  const found: FiguresDifference[] = [];
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    const { counted, differences, lacks } = await compareStore(db, storeId, steps);
    if (differences.length === 0) return found;
    const isFirst = found.length === 0;
    let made = 0;
    for (const rows of byDay(lacks)) {
      const isMade = await inTransaction(db, async (transaction) => {
        if (!(await corrections.takeCorrection(transaction, { storeId, after: counted + made })))
          return false;
        for (const lack of rows) await corrections.addToFigures(transaction, { storeId, lack });
        if (isFirst && made === 0) await steps.record?.(transaction, differences);
        return true;
      });
      if (!isMade) break;
      made += 1;
      await steps.between?.();
    }
    if (isFirst && made > 0) found.push(...differences);
  }
  throw new Error(`the figures of store ${storeId} differ after ${MOST_PASSES} corrections`);
}

/** Checks all stores, one after the other. */
export async function checkFigures(
  db: Database,
): Promise<{ stores: number; differences: FiguresDifference[] }> {
  const stores = await repository.findStoresWithFigures(db);
  const differences: FiguresDifference[] = [];
  for (const { id } of stores) differences.push(...(await checkStore(db, id)));
  return { stores: stores.length, differences };
}

/** Rebuilds all stores, one after the other, while the service goes on; answers how many stores. */
export async function rebuildFigures(db: Database): Promise<number> {
  const stores = await repository.findStoresWithFigures(db);
  for (const { id } of stores) await rebuildStore(db, id);
  return stores.length;
}
