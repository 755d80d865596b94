import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { aFranchise, aStore, aStoredOrder, aUser, type LoggedIn } from '../../../../test/support/builders.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { holdPerformance } from '../../../../test/support/fake-performance.ts';
import { foldAll, freeFold } from '../../../../test/support/fold.ts';
import { moveOrder } from '../../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { inTransaction, type Queryable } from '../../../database/transaction.ts';
import { createLogger } from '../../../observability/logger.ts';
import { transition } from '../orders/order-transitions.repository.ts';
import { checkStore } from './figures.service.ts';
import * as repository from './fold.repository.ts';
import { createFiguresFolder, foldOnce, foldUnfolded } from './fold-figures.ts';

const SOON_MS = 10_000;
const [NODE, OTHER] = ['node:1', 'node:2'];

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
});
beforeEach(async () => {
  await foldAll(service);
  await freeFold(service);
});
afterAll(() => service.stop());

type Store = { id: number; franchiseId: number };

const anOrder = (store: Store, state: 'making' | 'ready' | 'failed' = 'ready') =>
  aStoredOrder(service, { dinerId: admin.id, state, store, total: 0.12345678 });

const storedOf = (store: Store) =>
  service.db
    .selectFrom('store_day_figures')
    .select(['orders', 'revenue', 'failed'])
    .where('store_id', '=', store.id)
    .execute();

/** What people are told of a store, by every way there is. */
async function readAll(store: Store & { franchiseName?: string }) {
  const today = new Date().toISOString().slice(0, 10);
  const path = `/api/franchise/${store.franchiseId}/report?from=${today}&to=${today}`;
  const totals = [];
  for (const by of ['day', 'store', 'item'])
    totals.push((await service.http.get(`${path}&by=${by}`).set(admin.bearer).expect(200)).body.total);
  const name = encodeURIComponent(store.franchiseName ?? '*');
  const list = await service.http.get(`/api/franchise?name=${name}`).set(admin.bearer).expect(200);
  const { totalRevenue } = list.body.franchises[0].stores[0];
  return { totals, totalRevenue, differences: await checkStore(service.db, store.id) };
}

/** A store with two ready orders and a failed one that was tried again. */
async function aBusyStore(): Promise<Store & { franchiseName: string }> {
  const franchise = await aFranchise(service);
  const store = { ...(await aStore(service, franchise.id)), franchiseName: franchise.name };
  await anOrder(store);
  await anOrder(store);
  await moveOrder(service, await anOrder(store, 'failed'), { to: 'waiting', cause: 'try_again' });
  await anOrder(store, 'failed');
  return store;
}

const figures = { orders: 2, pizzas: 2, revenue: 0.24691356, late: 0, failed: 1 };
const EXACT = { totals: [figures, figures, figures], totalRevenue: 0.24691356, differences: [] };
const STORED = [{ orders: 2, revenue: '0.24691356', failed: 1 }];

/** A fold is at one of the statements that meet other transactions; when one of these holds its rows, it waits. */
const somebodyWaits = () =>
  eventually(
    'a fold waits',
    async () => {
      const { rows } = await sql<{ Info: string | null }>`show full processlist`.execute(service.db);
      return rows.some(({ Info }) =>
        /^\s*(insert into `store_day|update order_transitions)/.test(Info ?? ''),
      );
    },
    SOON_MS,
  );

const settle = (db: Queryable, orderId: number) =>
  transition(db, { orderId, from: 'making', fence: 1, to: 'ready', cause: 'made', node: NODE });

describe('an order that settles', () => {
  it('waits for no other of its store, and for nobody who holds every row of its figures', async () => {
    const store = await aStore(service);
    await anOrder(store);
    await foldAll(service);
    const [one, other] = [await anOrder(store, 'making'), await anOrder(store, 'making')];
    await inTransaction(service.db, async (holder) => {
      await sql`select * from store_day_figures for update`.execute(holder);
      await sql`select * from store_item_day_figures for update`.execute(holder);
      await inTransaction(service.db, async (transaction) => {
        expect(await settle(transaction, one)).toBe(2);
        // Begun and committed while the first is still open.
        expect(await inTransaction(service.db, (second) => settle(second, other))).toBe(2);
      });
      const { totals, differences } = await readAll(store);
      expect({ orders: totals[0].orders, differences }).toEqual({ orders: 3, differences: [] });
    });
    await foldAll(service);
    expect(await storedOf(store)).toMatchObject([{ orders: 3, revenue: '0.37037034' }]);
  });

  it('takes the statement that moves it and the one for its history, and no more', async () => {
    const orderId = await anOrder(await aStore(service), 'making');
    const linesBefore = service.logLines().length;
    await inTransaction(service.db, (transaction) => settle(transaction, orderId));
    const statements = service
      .logLines()
      .slice(linesBefore)
      .filter(({ message }) => /statement/.test(message))
      .map(({ statement }) => String(statement).split(' ', 3).join(' '));
    expect(statements.filter((statement) => !/^(begin|commit)/.test(statement))).toEqual([
      'update `orders` set',
      'insert into `order_transitions`',
    ]);
  });
});

describe('figures', () => {
  it('are exact before a fold, in the middle of it, and after it', async () => {
    const store = await aBusyStore();
    expect(await storedOf(store)).toEqual([]);
    expect(await readAll(store)).toEqual(EXACT);
    const beforeCommit = async (): Promise<void> => {
      expect(await storedOf(store)).toEqual([]);
      expect(await readAll(store)).toEqual(EXACT);
    };
    expect(await foldOnce(service.db, { node: NODE, steps: { beforeCommit } })).toBe(5);
    expect(await storedOf(store)).toEqual(STORED);
    expect(await readAll(store)).toEqual(EXACT);
    expect(await inTransaction(service.db, (transaction) => foldUnfolded(transaction))).toBe(0);
  });

  it('are what they were when a fold is undone', async () => {
    const store = await aBusyStore();
    const beforeCommit = () => Promise.reject(new Error('undone'));
    await expect(foldOnce(service.db, { node: NODE, steps: { beforeCommit } })).rejects.toThrow('undone');
    expect(await storedOf(store)).toEqual([]);
    expect(await readAll(store)).toEqual(EXACT);
  });

  it('are exact while a fold waits for somebody who corrects them', async () => {
    const store = await aBusyStore();
    await foldAll(service);
    await anOrder(store);
    let folding: Promise<unknown> = Promise.resolve();
    await inTransaction(service.db, async (holder) => {
      await sql`select * from store_day_figures where store_id = ${store.id} for update`.execute(holder);
      folding = foldOnce(service.db, { node: NODE });
      await somebodyWaits();
      expect((await readAll(store)).totals[0].orders).toBe(3);
    });
    expect(await folding).toBe(1);
    expect((await readAll(store)).differences).toEqual([]);
  });
});

describe('of two nodes that fold at once', () => {
  it('one does, and the other leaves it alone', async () => {
    const store = await aBusyStore();
    const folded = await Promise.all([NODE, OTHER].map((node) => foldOnce(service.db, { node })));
    expect(folded.toSorted()).toEqual([5, undefined]);
    expect(await storedOf(store)).toEqual(STORED);
    // For a second nobody folds again; then anybody may.
    expect(await foldOnce(service.db, { node: OTHER })).toBeUndefined();
    await freeFold(service);
    expect(await foldOnce(service.db, { node: OTHER })).toBe(0);
    expect(await readAll(store)).toEqual(EXACT);
  });

  it('the one whose right has passed to the other folds nothing any more', async () => {
    const store = await aBusyStore();
    expect(await repository.takeFold(service.db, NODE)).toBe(true);
    expect(await repository.takeFold(service.db, OTHER)).toBe(false);
    await service.db
      .updateTable('figures_fold')
      .set({ lease_until: new Date(0) })
      .execute();
    expect(await foldOnce(service.db, { node: OTHER })).toBe(5);
    expect(await repository.endFold(service.db, NODE)).toBe(false);
    expect(await storedOf(store)).toEqual(STORED);
  });

  it('and come past the right to it, only one changes anything', async () => {
    const store = await aBusyStore();
    let second: Promise<unknown> = Promise.resolve();
    const beforeCommit = async (): Promise<void> => {
      second = inTransaction(service.db, (transaction) => foldUnfolded(transaction)).then(
        (folded) => expect(folded).toBe(0),
        (error: unknown) => expect(String(error)).toContain('folded by somebody else'),
      );
      await somebodyWaits();
    };
    await inTransaction(service.db, (transaction) => foldUnfolded(transaction, { beforeCommit }));
    await second;
    expect(await storedOf(store)).toEqual(STORED);
    expect(await readAll(store)).toEqual(EXACT);
  });
});

describe('a node', () => {
  const statements = () => service.logLines().filter(({ message }) => /statement/.test(message)).length;

  it('looks once in half a minute while it settles nothing, and folds within one when it did', async () => {
    const store = await aStore(service);
    holdPerformance();
    try {
      const folder = createFiguresFolder({ db: service.db, node: NODE, log: createLogger('silent') });
      const sweep = async (): Promise<number> => {
        const before = statements();
        await folder.runOnce();
        await folder.stop();
        return statements() - before;
      };
      expect(await sweep()).toBe(1);
      await anOrder(store);
      jest.advanceTimersByTime(29_999);
      expect(await sweep()).toBe(0);
      folder.orderChanged();
      expect(await sweep()).toBeGreaterThan(1);
      expect(await storedOf(store)).toMatchObject([{ orders: 1 }]);
      // What a node left that is gone.
      await anOrder(store);
      await freeFold(service);
      jest.advanceTimersByTime(29_999);
      expect(await sweep()).toBe(0);
      jest.advanceTimersByTime(1);
      await sweep();
      expect(await storedOf(store)).toMatchObject([{ orders: 2 }]);
    } finally {
      jest.useRealTimers();
    }
  });
});
