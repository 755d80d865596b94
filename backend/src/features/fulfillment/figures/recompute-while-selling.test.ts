import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import {
  anOrderRequest,
  aStore,
  aStoredOrder,
  aUser,
  type LoggedIn,
} from '../../../../test/support/builders.ts';
import { foldAll } from '../../../../test/support/fold.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { inTransaction } from '../../../database/transaction.ts';
import { checkStore, rebuildStore } from './figures.service.ts';

let service: TestService;
let diner: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  diner = await aUser(service);
});
afterAll(() => service.stop());

/** A store that made one order of 0.0038 ₿, and whose figures say it made another of 0.005 ₿. */
async function aStoreWithWrongFigures() {
  const request = await anOrderRequest(service);
  const store = { id: request.storeId, franchiseId: request.franchiseId };
  await aStoredOrder(service, { dinerId: diner.id, state: 'ready', store, total: 0.0038 });
  await foldAll(service);
  await sql`update store_day_figures set orders = orders + 1, pizzas = pizzas + 1, revenue = revenue + 0.005
    where store_id = ${store.id}`.execute(service.db);
  return { store, request };
}

async function figuresOf(storeId: number) {
  await foldAll(service);
  return service.db
    .selectFrom('store_day_figures')
    .select(['orders', 'pizzas', 'revenue', 'failed'])
    .where('store_id', '=', storeId)
    .execute();
}

/** Runs the work at the first of the steps: everything has been read, and nothing was corrected yet. */
function once(work: () => Promise<unknown>): () => Promise<void> {
  let isDone = false;
  return async () => {
    if (isDone) return;
    isDone = true;
    await work();
  };
}

describe('in the middle of a recompute', () => {
  it('an order of the store is placed and ready without waiting, and the figures are exact in the end', async () => {
    const { store, request } = await aStoreWithWrongFigures();
    const between = once(async () => {
      const answer = await service.http
        .post('/api/order')
        .set({ ...diner.bearer, prefer: 'respond-async, wait=10' })
        .send(request)
        .expect(200);
      expect(answer.body.order.status).toBe('ready');
    });
    const differences = await rebuildStore(service.db, store.id, { between });
    expect(differences.map(({ figure, menuId }) => [figure, menuId])).toEqual([
      ['orders', null],
      ['pizzas', null],
      ['revenue', null],
    ]);
    expect(await figuresOf(store.id)).toEqual([{ orders: 2, pizzas: 2, revenue: '0.00760000', failed: 0 }]);
    expect(await checkStore(service.db, store.id)).toEqual([]);
  });

  it('what is unfolded is folded, and is neither missed nor corrected twice', async () => {
    const { store } = await aStoreWithWrongFigures();
    for (const state of ['ready', 'failed'] as const)
      await aStoredOrder(service, { dinerId: diner.id, state, store, total: 0.0038 });
    const between = once(() => foldAll(service));
    expect(await rebuildStore(service.db, store.id, { between })).toHaveLength(3);
    expect(await figuresOf(store.id)).toEqual([{ orders: 2, pizzas: 2, revenue: '0.00760000', failed: 1 }]);
    expect(await checkStore(service.db, store.id)).toEqual([]);
  });

  it('no row of the store is locked: not its orders, not its figures, not itself', async () => {
    const { store } = await aStoreWithWrongFigures();
    const between = () =>
      inTransaction(service.db, async (transaction) => {
        await sql`select id from stores where id = ${store.id} for update nowait`.execute(transaction);
        await sql`select id from orders where store_id = ${store.id} for update nowait`.execute(transaction);
        await sql`select day from store_day_figures where store_id = ${store.id} for update nowait`.execute(
          transaction,
        );
      });
    expect(await rebuildStore(service.db, store.id, { between })).toHaveLength(3);
  });

  it('a failure that the figures did not know is taken back, and they are exact all the same', async () => {
    const store = await aStore(service);
    const orderId = await aStoredOrder(service, { dinerId: diner.id, state: 'failed', store });
    await foldAll(service);
    await sql`update store_day_figures set failed = 0 where store_id = ${store.id}`.execute(service.db);
    const between = once(() =>
      service.http.post(`/api/order/${orderId}/retry`).set(diner.bearer).expect(200),
    );
    await rebuildStore(service.db, store.id, { between });
    expect(await checkStore(service.db, store.id)).toEqual([]);
    expect((await figuresOf(store.id)).filter(({ failed }) => failed > 0)).toEqual([]);
  });

  it('another one corrects the same store, and nothing is corrected twice', async () => {
    const { store } = await aStoreWithWrongFigures();
    let recorded = 0;
    const record = async (): Promise<void> => {
      recorded += 1;
    };
    const between = once(() => rebuildStore(service.db, store.id, { record }));
    expect(await rebuildStore(service.db, store.id, { between, record })).toEqual([]);
    expect(recorded).toBe(1);
    expect(await figuresOf(store.id)).toEqual([{ orders: 1, pizzas: 1, revenue: '0.00380000', failed: 0 }]);
  });

  it('what ends it leaves the figures as they were, and the next one mends them', async () => {
    const { store } = await aStoreWithWrongFigures();
    const before = await figuresOf(store.id);
    const between = () => Promise.reject(new Error('another recompute is running'));
    await expect(rebuildStore(service.db, store.id, { between })).rejects.toThrow('another recompute');
    expect(await figuresOf(store.id)).toEqual(before);
    await rebuildStore(service.db, store.id);
    expect(await checkStore(service.db, store.id)).toEqual([]);
  });
});

it('figures that no order stands behind are gone after a recompute', async () => {
  const { store } = await aStoreWithWrongFigures();
  await sql`insert into store_day_figures (store_id, day, orders, pizzas, revenue)
    values (${store.id}, '2020-02-29', 3, 4, 5.5)`.execute(service.db);
  await sql`insert into store_item_day_figures (store_id, day, menu_id, orders, pizzas, revenue)
    values (${store.id}, '2020-02-29', 1, 3, 4, 5.5)`.execute(service.db);
  await rebuildStore(service.db, store.id);
  expect(await figuresOf(store.id)).toHaveLength(1);
  expect(await checkStore(service.db, store.id)).toEqual([]);
});
