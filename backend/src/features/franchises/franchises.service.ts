import { type Satoshi, toSatoshi } from '#contract/money.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/pool.ts';
import type { Queryable } from '../../database/transaction.ts';
import { notFound } from '../../errors.ts';
import * as repository from './franchises.repository.ts';
import { isStoreOpen } from './opening-hours.ts';
import { findNextOpening } from './opening-times.ts';

export interface StoreView {
  id: number;
  name: string;
  isOpen: boolean;
  /** When it opens and closes next; undefined when it never does. */
  opensAt: Date | undefined;
  closesAt: Date | undefined;
  timeZone: string;
  version: number;
  /** Only where the reader runs the store. */
  revenueSatoshi: Satoshi | undefined;
}

export interface FranchiseView {
  id: number;
  name: string;
  admins: repository.FranchiseAdminRecord[] | undefined;
  stores: StoreView[];
  version: number;
}

export function createFranchises({ db, clock }: { db: Database; clock: Clock }) {
  /** A fixed number of statements whatever the number of franchises and stores. */
  async function describe(
    franchises: repository.FranchiseRecord[],
    options: { withFigures: boolean },
  ): Promise<FranchiseView[]> {
    const ids = franchises.map(({ id }) => id);
    const stores = await repository.findStores(db, ids);
    const admins = options.withFigures ? await repository.findFranchiseAdmins(db, ids) : undefined;
    const storeIds = stores.map(({ id }) => id);
    const revenue = options.withFigures ? await repository.findRevenue(db, storeIds) : undefined;
    const now = clock();
    return franchises.map(({ id, name, version }) => ({
      id,
      name,
      version,
      admins: admins?.filter(({ franchiseId }) => franchiseId === id),
      stores: stores
        .filter(({ franchiseId }) => franchiseId === id)
        .map((store) => ({
          id: store.id,
          name: store.name,
          isOpen: isStoreOpen(store, now),
          ...findNextOpening(store, now),
          timeZone: store.timeZone,
          version: store.version,
          revenueSatoshi: revenue && (revenue.get(store.id) ?? toSatoshi(0)),
        })),
    }));
  }

  return {
    async listFranchises(query: { name: string; page: number; limit: number; withFigures: boolean }) {
      const found = await repository.findFranchises(db, query);
      const franchises = await describe(found.slice(0, query.limit), query);
      return { franchises, more: found.length > query.limit };
    },
    async listFranchisesOfUser(userId: number): Promise<FranchiseView[]> {
      return describe(await repository.findFranchisesOfUser(db, userId), { withFigures: true });
    },
    /** One open franchise with its franchisees and figures; throws `not_found`. */
    async readFranchise(franchiseId: number): Promise<FranchiseView> {
      const record = await repository.findFranchise(db, franchiseId);
      const [franchise] = record ? await describe([record], { withFigures: true }) : [];
      if (!franchise) throw notFound('franchise');
      return franchise;
    },
    isFranchise: async (transaction: Queryable, franchiseId: number): Promise<boolean> =>
      (await repository.findFranchise(transaction, franchiseId)) !== undefined,
    /** Whether a store takes orders now, by its row. */
    isStoreOpen: (row: repository.ScheduleRow): boolean => isStoreOpen(repository.toSchedule(row), clock()),
  };
}

export type Franchises = ReturnType<typeof createFranchises>;
