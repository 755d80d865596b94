import type { Database } from '../../database/pool.ts';
import type { Queryable } from '../../database/transaction.ts';
import * as repository from './menu.repository.ts';

export function createMenu(db: Database) {
  return {
    /** The whole menu, as a store has it when one is given. */
    readMenu: (storeId?: number): Promise<repository.MenuRecord[]> => repository.findMenu(db, storeId),
    /** What an order is priced by, read inside its own transaction. */
    findItemsForStore: (transaction: Queryable, query: { menuIds: readonly number[]; storeId: number }) =>
      repository.findItemsForStore(transaction, query),
  };
}

export type Menu = ReturnType<typeof createMenu>;
