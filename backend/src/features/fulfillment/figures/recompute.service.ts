import type { Database } from '../../../database/pool.ts';
import type { Transaction } from '../../../database/transaction.ts';
import { notFound, Refusal } from '../../../errors.ts';
import type { Actor } from '../../audit/audit.repository.ts';
import type { Audit } from '../../audit/audit.service.ts';
import * as figures from './figures.repository.ts';
import { checkStore, type FiguresDifference, rebuildStore } from './figures.service.ts';
import * as repository from './recompute.repository.ts';

interface StoreOfRun {
  run: string;
  storeId: number;
  mode: 'check' | 'rebuild';
}

/**
 * Checks and rebuilds the figures for admins, a store a call: whoever asks sees how far it is, stops by not asking
 * on, and asks again after a lost line. One run at a time, over all nodes.
 */
export function createRecompute({ db, audit }: { db: Database; audit: Audit }) {
  async function keepRight(run: string, actor: Actor): Promise<void> {
    if (await repository.takeRecompute(db, { id: run, actorId: actor.userId })) return;
    throw new Refusal('state_conflict', { message: 'another recompute is running' });
  }

  const audited =
    (storeId: number, actor: Actor) =>
    (transaction: Transaction, differences: FiguresDifference[]): Promise<void> =>
      audit.record(transaction, {
        actor,
        action: 'figures.rebuilt',
        subject: { type: 'store', id: storeId },
        details: { figures: differences.length, days: [...new Set(differences.map(({ day }) => day))] },
      });

  return {
    async listStores() {
      const [stores, running] = await Promise.all([
        figures.findStoresWithFigures(db),
        repository.findRecompute(db),
      ]);
      return { stores, running };
    },

    /** Answers what differed. Throws `not_found`, `state_conflict` while another recompute runs. */
    async recomputeStore({ run, storeId, mode }: StoreOfRun, actor: Actor): Promise<FiguresDifference[]> {
      if (!(await figures.hasFigures(db, storeId))) throw notFound('store');
      await keepRight(run, actor);
      // A store that takes longer than the lease keeps it all the same.
      const between = () => keepRight(run, actor);
      return mode === 'check'
        ? checkStore(db, storeId, { between })
        : rebuildStore(db, storeId, { between, record: audited(storeId, actor) });
    },

    endRecompute: (run: string, actor: Actor): Promise<void> =>
      repository.releaseRecompute(db, { id: run, actorId: actor.userId }),
  };
}

export type Recompute = ReturnType<typeof createRecompute>;
