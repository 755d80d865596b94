import type { Database } from '../../src/database/pool.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { foldUnfolded } from '../../src/features/fulfillment/figures/fold-figures.ts';

/** Everything that is settled goes into the figures, without waiting for a node's turn. */
export async function foldAll({ db }: { db: Database }): Promise<void> {
  while ((await inTransaction(db, (transaction) => foldUnfolded(transaction))) > 0);
}

/** Nobody folds, and nobody has folded a moment ago. */
export async function freeFold({ db }: { db: Database }): Promise<void> {
  const free = { node: '', lease_until: new Date(0) };
  await inTransaction(db, (transaction) => transaction.updateTable('figures_fold').set(free).execute());
}
