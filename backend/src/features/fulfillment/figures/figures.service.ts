import type { Database } from '../../../database/pool.ts';
import { inTransaction, type Transaction } from '../../../database/transaction.ts';
import * as repository from './figures.repository.ts';

const FIGURES = ['orders', 'pizzas', 'revenue', 'late', 'failed'] as const;
const NOTHING = { orders: 0, pizzas: 0, revenue: '0.00000000', late: 0, failed: 0 };

/** A stored figure that is not what the orders say. */
export interface FiguresDifference {
  storeId: number;
  day: string;
  /** Null for the whole store. */
  menuId: number | null;
  figure: (typeof FIGURES)[number];
  stored: number | string;
  actual: number | string;
}

function keyOf({ day, menuId }: repository.FiguresRow): string {
  return `${day} ${menuId ?? ''}`;
}

function compare(
  storeId: number,
  figures: { stored: repository.FiguresRow[]; actual: repository.FiguresRow[] },
): FiguresDifference[] {
  const stored = new Map(figures.stored.map((row) => [keyOf(row), row]));
  const actual = new Map(figures.actual.map((row) => [keyOf(row), row]));
  return [...new Map([...stored, ...actual])].flatMap(([key, { day, menuId }]) =>
    FIGURES.map((figure) => ({
      storeId,
      day,
      menuId,
      figure,
      stored: (stored.get(key) ?? NOTHING)[figure],
      actual: (actual.get(key) ?? NOTHING)[figure],
    })).filter((difference) => difference.stored !== difference.actual),
  );
}

/** Recomputes a store's figures from orders, items and history, while the service goes on, and answers what differs. */
export async function checkStore(db: Database, storeId: number): Promise<FiguresDifference[]> {
  // One snapshot: an order that settles between the two readings is no difference.
  const figures = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((transaction) => repository.readBothFigures(transaction, storeId));
  return compare(storeId, figures);
}

/** Replaces a store's figures where they are not what the orders say, and answers what differed. */
export async function rebuildStore(transaction: Transaction, storeId: number): Promise<FiguresDifference[]> {
  // From here on no order of the store settles, so whatever isolation there is, both readings see the same.
  await repository.lockStore(transaction, storeId);
  const differences = compare(storeId, await repository.readBothFigures(transaction, storeId));
  if (differences.length > 0) await repository.replaceStoreFigures(transaction, storeId);
  return differences;
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

/** Rebuilds all stores, one transaction a store, while the service goes on; answers how many stores. */
export async function rebuildFigures(db: Database): Promise<number> {
  const stores = await repository.findStoresWithFigures(db);
  for (const { id } of stores) {
    await inTransaction(db, (transaction) => rebuildStore(transaction, id));
  }
  return stores.length;
}
