import type { OpeningHours } from '#contract/opening-hours.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Transaction } from '../../database/transaction.ts';
import { changedMeanwhile, notFound } from '../../errors.ts';
import type { ExpectedVersion } from '../../http/expected-version.ts';
import type { Actor } from '../audit/audit.repository.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Menu } from '../menu/menu.service.ts';
import * as franchises from './franchises.repository.ts';
import { isStoreOpen } from './opening-hours.ts';
import { presentStore } from './stores.presenter.ts';
import * as repository from './stores.repository.ts';

// "Until it is reopened" is a date nobody lives to see; it fits a DATETIME column and an ISO date.
const UNTIL_REOPENED = new Date('9999-12-31T00:00:00.000Z');
const MINUTE_MS = 60_000;

interface StoreKey {
  franchiseId: number;
  storeId: number;
}

interface StoreUpdate {
  name?: string | undefined;
  timeZone?: string | undefined;
  openingHours?: OpeningHours | null | undefined;
  paused?: boolean | undefined;
  pausedForMinutes?: number | undefined;
}

export interface StoreSettingsView extends franchises.StoreRecord {
  isOpen: boolean;
  soldOut: number[];
}

interface StoreDeps {
  db: Database;
  menu: Menu;
  audit: Audit;
  clock: Clock;
}

/** What franchisees do with their stores. Every change is audited in its own transaction. */
export function createStores({ db, menu, audit, clock }: StoreDeps) {
  async function findStore(transaction: Transaction, key: StoreKey): Promise<franchises.StoreRecord> {
    const store = await franchises.findStoreOfFranchise(transaction, key);
    if (!store) throw notFound('store');
    return store;
  }

  function pauseEnd({ paused, pausedForMinutes }: StoreUpdate): Date | null | undefined {
    if (paused === false) return null;
    if (pausedForMinutes !== undefined) return new Date(clock().getTime() + pausedForMinutes * MINUTE_MS);
    return paused === true ? UNTIL_REOPENED : undefined;
  }

  function toChanges(update: StoreUpdate): repository.StoreChanges {
    const { name, timeZone, openingHours } = update;
    const pausedUntil = pauseEnd(update);
    return {
      ...(name !== undefined && { name }),
      ...(timeZone !== undefined && { timeZone }),
      ...(openingHours !== undefined && { openingHours: openingHours && JSON.stringify(openingHours) }),
      ...(pausedUntil !== undefined && { pausedUntil }),
    };
  }

  return {
    /** Every store the franchise ever had, with its settings. Throws `not_found` for one that is closed or was never there. */
    async listStores(
      franchiseId: number,
    ): Promise<{ franchise: franchises.FranchiseRecord; stores: StoreSettingsView[] }> {
      const franchise = await franchises.findFranchise(db, franchiseId);
      if (!franchise) throw notFound('franchise');
      const stores = await franchises.findAllStores(db, franchiseId);
      const soldOut = await repository.findSoldOut(
        db,
        stores.map(({ id }) => id),
      );
      const now = clock();
      const views = stores.map((store) => ({
        ...store,
        isOpen: isStoreOpen(store, now),
        soldOut: soldOut.filter(({ storeId }) => storeId === store.id).map(({ menuId }) => menuId),
      }));
      return { franchise, stores: views };
    },

    /** Throws `not_found` for a franchise that is closed or was never there. */
    createStore: (franchiseId: number, name: string, actor: Actor): Promise<number> =>
      inTransaction(db, async (transaction) => {
        if (!(await franchises.findFranchise(transaction, franchiseId))) throw notFound('franchise');
        const id = await franchises.insertStore(transaction, { franchiseId, name });
        const subject = { type: 'store' as const, id };
        await audit.record(transaction, {
          actor,
          action: 'store.created',
          subject,
          details: { franchiseId, name },
        });
        return id;
      }),

    /** Changes what is given and nothing else; answers the store as it is now. Throws `not_found`, `version_conflict`. */
    async updateStore(
      { key, update, isExpected }: { key: StoreKey; update: StoreUpdate; isExpected: ExpectedVersion },
      actor: Actor,
    ) {
      const store = await inTransaction(db, async (transaction) => {
        await repository.lockStore(transaction, key.storeId);
        const present = await findStore(transaction, key);
        if (!isExpected(present.version)) {
          throw changedMeanwhile(presentStore({ ...present, isOpen: isStoreOpen(present, clock()) }));
        }
        await repository.updateStore(transaction, key.storeId, toChanges(update));
        const subject = { type: 'store' as const, id: key.storeId };
        await audit.record(transaction, { actor, action: 'store.updated', subject, details: { ...update } });
        return findStore(transaction, key);
      });
      return { ...store, isOpen: isStoreOpen(store, clock()) };
    },

    /** A store with orders is archived, so that its history stays true. Throws `not_found`. */
    deleteStore: (key: StoreKey, actor: Actor): Promise<void> =>
      inTransaction(db, async (transaction) => {
        const { name } = await findStore(transaction, key);
        await repository.removeStore(transaction, key.storeId, clock());
        const subject = { type: 'store' as const, id: key.storeId };
        await audit.record(transaction, { actor, action: 'store.deleted', subject, details: { name } });
      }),

    /** Throws `not_found` for a store or a pizza that is not there. */
    setSoldOut: (item: StoreKey & { menuId: number; isSoldOut: boolean }, actor: Actor): Promise<void> =>
      inTransaction(db, async (transaction) => {
        const { storeId, menuId, isSoldOut } = item;
        await findStore(transaction, item);
        const known = await menu.findItemsForStore(transaction, { menuIds: [menuId], storeId });
        if (!known.has(menuId)) throw notFound('menu item');
        const change = isSoldOut ? repository.insertSoldOut : repository.deleteSoldOut;
        await change(transaction, { storeId, menuId });
        const subject = { type: 'store' as const, id: storeId };
        const action = isSoldOut ? 'store.sold-out' : 'store.back-in-stock';
        await audit.record(transaction, { actor, action, subject, details: { menuId } });
      }),
  };
}

export type Stores = ReturnType<typeof createStores>;
