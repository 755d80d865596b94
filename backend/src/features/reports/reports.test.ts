import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFranchise, aStore, aStoredOrder, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { inTransaction } from '../../database/transaction.ts';
import { transition } from '../fulfillment/orders/order-transitions.repository.ts';

let service: TestService;
let diner: LoggedIn;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  diner = await aUser(service);
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

const today = () => new Date().toISOString().slice(0, 10);

async function aShop() {
  const franchise = await aFranchise(service);
  const [store, other] = [await aStore(service, franchise.id), await aStore(service, franchise.id)];
  const franchisee = await aUser(service, [{ role: 'franchisee', objectId: franchise.id }]);
  return { franchise, store, other, franchisee, path: `/api/franchise/${franchise.id}` };
}

type Shop = Awaited<ReturnType<typeof aShop>>;

const anOrder = (store: Shop['store'], state: Parameters<typeof aStoredOrder>[1]['state'], total = 0.0038) =>
  aStoredOrder(service, { dinerId: diner.id, state, store, total });

async function becomeReady(orderId: number): Promise<void> {
  const step = { orderId, from: 'making', fence: 1, to: 'ready', cause: 'made', node: 'test:1' } as const;
  await inTransaction(service.db, (transaction) => transition(transaction, step));
}

function ask(path: string, as: LoggedIn = admin) {
  return service.http.get(path).set(as.bearer);
}

/** A day of the past on which a store sold something. */
async function plant(storeId: number, day: string, revenue: string): Promise<void> {
  await service.db
    .insertInto('store_day_figures')
    .values({ store_id: storeId, day, orders: 2, pizzas: 3, revenue, late: 1, failed: 4 })
    .execute();
}

describe.each(['orders', 'report?from=2026-11-01&to=2026-11-02'])('GET /api/franchise/:id/%s', (rest) => {
  it('a guest is asked for a session, a diner is refused', async () => {
    const { path } = await aShop();
    expectProblem(await service.http.get(`${path}/${rest}`).expect(401), 'unauthorized');
    const refusal = expectProblem(await ask(`${path}/${rest}`, diner).expect(403), 'forbidden');
    expect(refusal.message).toBe('unable to read a franchise');
  });

  it("somebody else's franchise is not found, as one that never was", async () => {
    const { path } = await aShop();
    const { franchisee: stranger } = await aShop();
    expectProblem(await ask(`${path}/${rest}`, stranger).expect(404), 'not_found');
    expectProblem(await ask(`/api/franchise/999999/${rest}`, stranger).expect(404), 'not_found');
    expectProblem(await ask(`/api/franchise/999999/${rest}`).expect(404), 'not_found');
  });

  it('its franchisee and any admin may read it, also when it has nothing', async () => {
    const { path, franchisee } = await aShop();
    await ask(`${path}/${rest}`, franchisee).expect(200);
    await ask(`${path}/${rest}`).expect(200);
  });
});

describe("a franchise's orders", () => {
  it('come newest first in pages that join without gap or overlap', async () => {
    const { store, other, path, franchisee } = await aShop();
    const ids: number[] = [];
    for (const at of [store, other, store, other, store]) ids.unshift(await anOrder(at, 'ready'));
    const seen: number[] = [];
    let before = '';
    for (let more = true; more; before = `&before=${seen.at(-1)}`) {
      const { body } = await ask(`${path}/orders?limit=2${before}`, franchisee).expect(200);
      seen.push(...body.orders.map(({ id }: { id: number }) => id));
      more = body.more;
    }
    expect(seen).toEqual(ids);
  });

  it('hold nothing of the diner but the note on a pizza, which is for whoever bakes it', async () => {
    const { store, path, franchisee } = await aShop();
    const orderId = await anOrder(store, 'waiting');
    const words = { note: 'NO NUTS - allergy' };
    await service.db.updateTable('order_items').set(words).where('order_id', '=', orderId).execute();
    const answer = await ask(`${path}/orders`, franchisee).expect(200);
    expect(answer.body.orders).toMatchObject([{ id: orderId, status: 'waiting', total: 0.0038 }]);
    expect(answer.body.orders[0].items).toEqual([
      {
        id: 1,
        menuId: expect.any(Number),
        description: expect.any(String),
        price: 0.0038,
        note: 'NO NUTS - allergy',
      },
    ]);
    for (const secret of [diner.name, diner.email]) expect(answer.text).not.toContain(secret);
  });

  it('can be narrowed to a state and a store', async () => {
    const { store, other, path } = await aShop();
    const failed = await anOrder(store, 'failed');
    const ready = await anOrder(store, 'ready');
    const elsewhere = await anOrder(other, 'failed');
    const idsOf = async (filter: string) =>
      (await ask(`${path}/orders?${filter}`).expect(200)).body.orders.map(({ id }: { id: number }) => id);
    expect(await idsOf('status=failed')).toEqual([elsewhere, failed]);
    expect(await idsOf(`storeId=${store.id}`)).toEqual([ready, failed]);
    expect(await idsOf(`storeId=${store.id}&status=failed`)).toEqual([failed]);
    expect(await idsOf(`storeId=${store.id}&status=cancelled`)).toEqual([]);
  });

  it("of another franchise's store are not found", async () => {
    const { path } = await aShop();
    const { store: foreign } = await aShop();
    await anOrder(foreign, 'ready');
    const refusal = expectProblem(await ask(`${path}/orders?storeId=${foreign.id}`).expect(404), 'not_found');
    expect(refusal.message).toBe('unknown store');
  });

  it('are asked for with bounded values', async () => {
    const { path } = await aShop();
    const wrong = 'before=0&limit=101&status=eaten&storeId=x';
    const problem = expectProblem(await ask(`${path}/orders?${wrong}`).expect(400), 'invalid_input');
    expect(wrongFields(problem)).toEqual(['before', 'limit', 'status', 'storeId']);
  });
});

describe("a franchise's figures", () => {
  const nothing = { orders: 0, pizzas: 0, revenue: 0, late: 0, failed: 0 };

  it('count revenue of ready orders and nothing else', async () => {
    const { store, other, path } = await aShop();
    for (const state of ['ready', 'failed', 'cancelled', 'waiting', 'making'] as const) {
      await anOrder(store, state, 0.1);
      await anOrder(other, state, 0.00000003);
    }
    const { body } = await ask(`${path}/report?from=${today()}&to=${today()}`).expect(200);
    const total = { orders: 2, pizzas: 2, revenue: 0.10000003, late: 0, failed: 2 };
    expect(body).toEqual({
      from: today(),
      to: today(),
      by: 'day',
      timeZones: ['UTC'],
      rows: [{ key: today(), name: today(), ...total }],
      total,
    });
  });

  it('by day have every day of the range, and both its ends', async () => {
    const { store, other, path } = await aShop();
    for (const day of ['2024-02-27', '2024-02-28', '2024-03-01', '2024-03-02'])
      await plant(store.id, day, '0.1');
    await plant(other.id, '2024-02-28', '0.2');
    const { body } = await ask(`${path}/report?from=2024-02-28&to=2024-03-01&by=day`).expect(200);
    expect(body.rows).toEqual([
      { key: '2024-02-28', name: '2024-02-28', orders: 4, pizzas: 6, revenue: 0.3, late: 2, failed: 8 },
      { key: '2024-02-29', name: '2024-02-29', ...nothing },
      { key: '2024-03-01', name: '2024-03-01', orders: 2, pizzas: 3, revenue: 0.1, late: 1, failed: 4 },
    ]);
    expect(body.total).toEqual({ orders: 6, pizzas: 9, revenue: 0.4, late: 3, failed: 12 });
  });

  it('by store have every open store, and an archived one as long as it has figures', async () => {
    const { franchise, store, other, path } = await aShop();
    const archived = [await aStore(service, franchise.id), await aStore(service, franchise.id)];
    const ids = archived.map(({ id }) => id);
    await service.db.updateTable('stores').set({ archived_at: new Date() }).where('id', 'in', ids).execute();
    await plant(store.id, '2024-02-28', '1');
    await plant(ids[0] as number, '2024-02-28', '2');
    await plant(ids[1] as number, '2024-02-27', '4');
    const { body } = await ask(`${path}/report?from=2024-02-28&to=2024-02-28&by=store`).expect(200);
    const revenue = Object.fromEntries(
      body.rows.map((row: { key: string; revenue: number }) => [row.key, row.revenue]),
    );
    expect(revenue).toEqual({ [store.id]: 1, [other.id]: 0, [ids[0] as number]: 2 });
    expect(body.total.revenue).toBe(3);
  });

  it('by item name the item also when it has left the menu, and count an order of two kinds once in the total', async () => {
    const { store, path } = await aShop();
    const [first, second] = [await anOrder(store, 'making', 0.1), await anOrder(store, 'making', 0.2)];
    // The second order's pizza becomes the first order's second one, so that one order holds two kinds.
    const moved = { order_id: first, position: 2 };
    await service.db.updateTable('order_items').set(moved).where('order_id', '=', second).execute();
    await service.db.updateTable('orders').set({ total: '0.3', pizzas: 2 }).where('id', '=', first).execute();
    const items = await service.db
      .selectFrom('order_items')
      .innerJoin('menu_items', 'menu_items.id', 'order_items.menu_id')
      .select(['menu_items.id', 'menu_items.title'])
      .where('order_id', '=', first)
      .orderBy('order_items.position')
      .execute();
    const retired = items[0]?.id as number;
    await service.db
      .updateTable('menu_items')
      .set({ retired_at: new Date() })
      .where('id', '=', retired)
      .execute();
    await becomeReady(first);
    const { body } = await ask(`${path}/report?from=${today()}&to=${today()}&by=item`).expect(200);
    expect(body.rows).toHaveLength(2);
    expect(body.rows).toEqual(
      expect.arrayContaining(
        items.map(({ id, title }, index) =>
          expect.objectContaining({
            key: String(id),
            name: title,
            orders: 1,
            pizzas: 1,
            revenue: [0.1, 0.2][index],
          }),
        ),
      ),
    );
    expect(body.total).toEqual({ orders: 1, pizzas: 2, revenue: 0.3, late: 0, failed: 0 });
  });

  it('are sent as CSV to those who would rather have it, as a file with a name', async () => {
    const { franchise, store, path } = await aShop();
    await service.db
      .updateTable('stores')
      .set({ name: '=HYPERLINK("x"), 1' })
      .where('id', '=', store.id)
      .execute();
    const query = 'from=2024-02-28&to=2024-02-28&by=store';
    const csv = await ask(`${path}/report?${query}`).set('Accept', 'text/csv').expect(200);
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="franchise-${franchise.id}-by-store-2024-02-28-to-2024-02-28.csv"`,
      'cache-control': 'no-store',
      vary: expect.stringContaining('Accept'),
    });
    // Without it Excel reads umlauts wrongly.
    expect(csv.text).toMatch(/^\ufeffkey,name,/);
    expect(csv.text).toContain(`\r\n${store.id},"'=HYPERLINK(""x""), 1",0,0,0.00000000,0,0\r\n`);
    for (const accept of ['*/*', 'application/json', 'text/csv;q=0.5, application/json', 'image/png']) {
      const answer = await ask(`${path}/report?${query}`).set('Accept', accept).expect(200);
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
    }
  });

  it.each([
    ['from=2026-11-02&to=2026-11-01', ['to']],
    ['from=2025-01-01&to=2026-01-02', ['to']],
    ['from=2026-02-29&to=2026-03-01', ['from']],
    ['from=2026-11-01T00:00:00Z&to=2026-11-02', ['from']],
    ['from=2026-11-01', ['to']],
    ['from=2026-11-01&to=2026-11-02&by=diner', ['by']],
    ['from=2026-11-01&from=2026-11-02&to=2026-11-03', ['from']],
  ])('for %s are refused', async (query, fields) => {
    const { path } = await aShop();
    const problem = expectProblem(await ask(`${path}/report?${query}`).expect(400), 'invalid_input');
    expect(wrongFields(problem)).toEqual(fields);
  });

  it.each([
    ['2024-01-01', '2024-12-31', 366],
    ['0001-01-01', '0001-01-02', 2],
    ['9999-12-30', '9999-12-31', 2],
  ])('from %s to %s are %i days', async (from, to, days) => {
    const { path } = await aShop();
    for (const by of ['day', 'store', 'item']) {
      const { body } = await ask(`${path}/report?from=${from}&to=${to}&by=${by}`).expect(200);
      if (by === 'day') expect(body.rows).toHaveLength(days);
      expect(body.total).toEqual(nothing);
    }
  });
});
