import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderState, TransitionCause } from '#contract/order-lifecycle.ts';
import { aFranchise, aMenuItem, aStore, aStoredOrder, aUser } from '../../../../test/support/builders.ts';
import { foldAll } from '../../../../test/support/fold.ts';
import { moveOrder } from '../../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { transition } from '../orders/order-transitions.repository.ts';
import { checkFigures, rebuildFigures } from './figures.service.ts';
import { foldOnce } from './fold-figures.ts';

let service: TestService;
let dinerId: number;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  dinerId = (await aUser(service)).id;
});
afterAll(() => service.stop());

const move = (orderId: number, to: OrderState, cause?: TransitionCause) =>
  moveOrder(service, orderId, { to, ...(cause && { cause }) });

async function figuresOf(storeId: number) {
  await foldAll(service);
  return service.db
    .selectFrom('store_day_figures')
    .select(['orders', 'pizzas', 'revenue', 'late', 'failed'])
    .where('store_id', '=', storeId)
    .execute();
}

async function itemFiguresOf(storeId: number) {
  await foldAll(service);
  return service.db
    .selectFrom('store_item_day_figures')
    .select(['orders', 'pizzas', 'revenue', 'late', 'failed'])
    .where('store_id', '=', storeId)
    .execute();
}

const anOrder = (store: { id: number; franchiseId: number }, state: OrderState, total = 0.0038) =>
  aStoredOrder(service, { dinerId, state, store, total });

describe('figures', () => {
  it('count an order when it is ready, and neither before nor when it is cancelled', async () => {
    const store = await aStore(service);
    await anOrder(store, 'making');
    await anOrder(store, 'waiting');
    await anOrder(store, 'cancelled');
    expect(await figuresOf(store.id)).toEqual([]);
    await anOrder(store, 'ready', 0.00000001);
    const expected = [{ orders: 1, pizzas: 1, revenue: '0.00000001', late: 0, failed: 0 }];
    expect(await figuresOf(store.id)).toEqual(expected);
    expect(await itemFiguresOf(store.id)).toEqual(expected);
  });

  it('count a failed order as failed, without revenue, and take it back when it is tried again', async () => {
    const store = await aStore(service);
    const orderId = await anOrder(store, 'failed');
    const failed = [{ orders: 0, pizzas: 0, revenue: '0.00000000', late: 0, failed: 1 }];
    expect(await figuresOf(store.id)).toEqual(failed);
    expect(await itemFiguresOf(store.id)).toEqual(failed);
    await move(orderId, 'waiting', 'try_again');
    expect(await figuresOf(store.id)).toMatchObject([{ failed: 0 }]);
    expect(await itemFiguresOf(store.id)).toMatchObject([{ failed: 0 }]);
    await move(orderId, 'making');
    await move(orderId, 'ready');
    expect(await figuresOf(store.id)).toMatchObject([
      { orders: 1, revenue: '0.00380000', late: 0, failed: 0 },
    ]);
  });

  it('call an order late when it waited because of the factory, however often, and not because of us', async () => {
    const store = await aStore(service);
    const late = await anOrder(store, 'making');
    for (const cause of ['refused', 'busy'] as const) {
      await move(late, 'waiting', cause);
      await move(late, 'making');
    }
    await move(late, 'ready');
    expect(await figuresOf(store.id)).toMatchObject([{ orders: 1, late: 1 }]);
    const takenOver = await anOrder(store, 'making');
    for (const cause of ['no_slot', 'lease_ended', 'shutdown'] as const) {
      await move(takenOver, 'waiting', cause);
      await move(takenOver, 'making');
    }
    await move(takenOver, 'ready');
    expect(await figuresOf(store.id)).toMatchObject([{ orders: 2, late: 1 }]);
    expect((await itemFiguresOf(store.id)).map((row) => row.late).sort()).toEqual([0, 1]);
  });

  it.each([
    ['circuit_open', 1],
    ['factory_slow', 1],
    ['no_slot', 0],
    ['held', 0],
  ] as const)('call an order that was born waiting by %s late %i times', async (waitsFor, late) => {
    const store = await aStore(service);
    const orderId = await aStoredOrder(service, { dinerId, state: 'waiting', store, waitsFor });
    await move(orderId, 'making', 'attempt');
    await move(orderId, 'ready');
    expect(await figuresOf(store.id)).toMatchObject([{ orders: 1, late }]);
  });

  it('do not blame the factory for an order that was set aside because our nodes crashed', async () => {
    const store = await aStore(service);
    const orderId = await anOrder(store, 'making');
    await move(orderId, 'failed', 'crash_loop');
    expect(await figuresOf(store.id)).toEqual([]);
    await move(orderId, 'waiting', 'try_again');
    expect(await figuresOf(store.id)).toEqual([]);
  });

  it('belong to the transaction: what is rolled back was never counted', async () => {
    const store = await aStore(service);
    const orderId = await anOrder(store, 'making');
    const undone = service.db.transaction().execute(async (transaction) => {
      const step = { orderId, from: 'making', fence: 1, to: 'ready', cause: 'made', node: 'test:1' } as const;
      await transition(transaction, step);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await figuresOf(store.id)).toEqual([]);
  });

  it('add exactly when many orders of one store become ready at once, also while they are folded and rebuilt', async () => {
    const store = await aStore(service);
    const total = 0.12345678;
    const orderIds: number[] = [];
    for (let index = 0; index < 24; index += 1) orderIds.push(await anOrder(store, 'making', total));
    await Promise.all([
      ...orderIds.map((orderId) => move(orderId, 'ready')),
      rebuildFigures(service.db),
      rebuildFigures(service.db),
      foldOnce(service.db, { node: 'test:1' }),
      foldOnce(service.db, { node: 'test:2' }),
    ]);
    expect(await figuresOf(store.id)).toEqual([
      { orders: 24, pizzas: 24, revenue: '2.96296272', late: 0, failed: 0 },
    ]);
    expect(await checkFigures(service.db)).toMatchObject({ differences: [] });
  });

  it('give each store its revenue in the list of franchises', async () => {
    const admin = await aUser(service, [{ role: 'admin' }]);
    const franchise = await aFranchise(service);
    const store = await aStore(service, franchise.id);
    for (const state of ['ready', 'ready', 'failed', 'cancelled', 'waiting'] as const) {
      await anOrder(store, state, 0.1);
    }
    const name = encodeURIComponent(franchise.name);
    const answer = await service.http.get(`/api/franchise?name=${name}`).set(admin.bearer).expect(200);
    expect(answer.body.franchises[0].stores).toMatchObject([{ id: store.id, totalRevenue: 0.2 }]);
  });
});

describe('checking figures', () => {
  it('finds every planted difference, names it, and a rebuild mends it', async () => {
    const store = await aStore(service);
    await anOrder(store, 'ready', 0.5);
    await foldAll(service);
    await service.db
      .updateTable('store_day_figures')
      .set({ revenue: '0.50000001' })
      .where('store_id', '=', store.id)
      .execute();
    await service.db.deleteFrom('store_item_day_figures').where('store_id', '=', store.id).execute();
    const { differences } = await checkFigures(service.db);
    expect(differences).toContainEqual(
      expect.objectContaining({
        storeId: store.id,
        menuId: null,
        figure: 'revenue',
        stored: '0.50000001',
        actual: '0.50000000',
      }),
    );
    const ofItems = differences.filter(({ menuId }) => menuId !== null).map(({ figure }) => figure);
    expect(ofItems).toEqual(['orders', 'pizzas', 'revenue']);
    await rebuildFigures(service.db);
    expect((await checkFigures(service.db)).differences).toEqual([]);
  });

  it('finds figures of days without orders', async () => {
    const store = await aStore(service);
    const item = await aMenuItem(service);
    const planted = {
      store_id: store.id,
      day: '2020-02-29',
      orders: 1,
      pizzas: 1,
      revenue: '1',
      late: 0,
      failed: 0,
    };
    await service.db.insertInto('store_day_figures').values(planted).execute();
    await service.db
      .insertInto('store_item_day_figures')
      .values({ ...planted, menu_id: item.id })
      .execute();
    const { differences } = await checkFigures(service.db);
    expect(differences.map(({ day, actual }) => ({ day, actual: Number(actual) }))).toEqual(
      Array(6).fill({ day: '2020-02-29', actual: 0 }),
    );
    await rebuildFigures(service.db);
    expect(await figuresOf(store.id)).toEqual([]);
  });
});
