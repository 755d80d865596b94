import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aMenuItem, aStore, aStoredOrder, aUser, type LoggedIn } from '../../../../test/support/builders.ts';
import { foldAll } from '../../../../test/support/fold.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { createFigures } from '../../../database/migrations/0004-figures.ts';
import { checkFigures, rebuildFigures } from './figures.service.ts';

const ORDERS = 10_000;
const ROWS_AT_ONCE = 1_000;
const SEED = 20_261_123;

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

interface RandomOrder {
  state: 'ready' | 'failed' | 'cancelled' | 'waiting';
  /** Satoshi of each pizza. */
  prices: bigint[];
}

const decimal = (satoshi: bigint): string =>
  `${satoshi / 100_000_000n}.${String(satoshi % 100_000_000n).padStart(8, '0')}`;
const sum = (amounts: bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

function randomOrders(): RandomOrder[] {
  const order = fc.record({
    state: fc.oneof(
      { weight: 7, arbitrary: fc.constant('ready' as const) },
      { weight: 3, arbitrary: fc.constantFrom('failed' as const, 'cancelled' as const, 'waiting' as const) },
    ),
    // Up to 5 ₿ a pizza, with every digit in use: as doubles such sums are wrong in the last ones.
    prices: fc.array(fc.bigInt({ min: 1n, max: 500_000_000n }), { minLength: 1, maxLength: 4 }),
  });
  return fc.sample(order, { numRuns: ORDERS, seed: SEED });
}

async function insertAll(
  orders: RandomOrder[],
  shop: { storeIds: number[]; franchiseId: number; menuIds: number[] },
) {
  const at = new Date();
  const firstId = 1_000;
  const insert = async (from: number): Promise<void> => {
    const chunk = orders
      .slice(from, from + ROWS_AT_ONCE)
      .map((order, index) => ({ ...order, id: firstId + from + index }));
    const rows = chunk.map(({ id, state, prices }) => ({
      id,
      diner_id: admin.id,
      franchise_id: shop.franchiseId,
      store_id: shop.storeIds[id % shop.storeIds.length] as number,
      state,
      total: decimal(sum(prices)),
      pizzas: prices.length,
      fence: 2,
      placed_at: at,
    }));
    await service.db.insertInto('orders').values(rows).execute();
    const items = chunk.flatMap(({ id, prices }) =>
      prices.map((price, index) => ({
        order_id: id,
        position: index + 1,
        menu_id: shop.menuIds[(id + index) % shop.menuIds.length] as number,
        title: 'Veggie',
        price: decimal(price),
      })),
    );
    await service.db.insertInto('order_items').values(items).execute();
    const transitions = chunk.map(({ id, state }) => ({
      order_id: id,
      from_state: 'making' as const,
      to_state: state,
      cause: 'made' as const,
      node: 'test:1',
      fence: 2,
      at,
    }));
    await service.db.insertInto('order_transitions').values(transitions).execute();
  };
  for (let from = 0; from < orders.length; from += ROWS_AT_ONCE) await insert(from);
  return at.toISOString().slice(0, 10);
}

/** Runs `npm run figures` as operators do, but for npm. */
function runFigures(...args: string[]): Promise<{ code: number; output: string }> {
  const { databaseUrl } = service.config;
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: databaseUrl,
    JWT_SECRET: 'test-secret-that-has-more-than-32-bytes',
    PASSWORD_PEPPER: 'test-pepper-that-has-more-than-32-bytes',
    PUBLIC_URL: 'http://localhost',
    FACTORY_URL: 'http://127.0.0.1:1',
    FACTORY_API_KEY: 'none',
    LOG_LEVEL: 'silent',
  };
  return new Promise((resolve) => {
    const script = join(import.meta.dirname, '../../../commands/figures.ts');
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: `${stdout}${stderr}` }),
    );
  });
}

describe(`the sums of ${ORDERS} random orders`, () => {
  it('equal whole-number arithmetic to the last digit: in reports, in lists, by every way they are written', async () => {
    const orders = randomOrders();
    const ready = orders.filter(({ state }) => state === 'ready');
    const expected = decimal(sum(ready.flatMap(({ prices }) => prices)));
    const store = await aStore(service);
    const storeIds = [
      store.id,
      (await aStore(service, store.franchiseId)).id,
      (await aStore(service, store.franchiseId)).id,
    ];
    const menuIds = [(await aMenuItem(service)).id, (await aMenuItem(service)).id];
    const day = await insertAll(orders, { storeIds, menuIds, franchiseId: store.franchiseId });

    await rebuildFigures(service.db);
    const path = `/api/franchise/${store.franchiseId}/report?from=${day}&to=${day}`;
    for (const by of ['day', 'store', 'item']) {
      const csv = await service.http
        .get(`${path}&by=${by}`)
        .set(admin.bearer)
        .set('Accept', 'text/csv')
        .expect(200);
      const lines = csv.text.trim().split('\r\n').slice(1);
      const revenue = lines.map((line) => BigInt((line.split(',')[4] as string).replace('.', '')));
      expect({ by, revenue: decimal(sum(revenue)) }).toEqual({ by, revenue: expected });
      const json = await service.http.get(`${path}&by=${by}`).set(admin.bearer).expect(200);
      expect(json.body.total).toMatchObject({
        orders: ready.length,
        pizzas: ready.flatMap(({ prices }) => prices).length,
        failed: orders.filter(({ state }) => state === 'failed').length,
      });
      // The number of the wire prints as the exact decimal.
      expect(json.text).toContain(`"revenue":${expected.replace(/\.?0+$/, '')},"late":0`);
    }
    expect((await checkFigures(service.db)).differences).toEqual([]);
    await createFigures.up(service.db as never);
    expect((await checkFigures(service.db)).differences).toEqual([]);
  });
});

describe('npm run figures', () => {
  it('check prints every difference and ends with 1 until rebuild has mended them', async () => {
    const store = await aStore(service);
    await aStoredOrder(service, { dinerId: admin.id, state: 'ready', store, total: 0.5 });
    await foldAll(service);
    await service.db
      .updateTable('store_day_figures')
      .set({ revenue: '0.4' })
      .where('store_id', '=', store.id)
      .execute();
    const found = await runFigures('check');
    expect(found.code).toBe(1);
    expect(found.output).toMatch(
      new RegExp(
        `^store ${store.id}, [\\d-]{10}: revenue is 0.40000000, the orders say 0.50000000\n.*, differences: 1\n$`,
      ),
    );
    expect(await runFigures('rebuild')).toMatchObject({ code: 0 });
    expect(await runFigures('check')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/, differences: 0\n$/),
    });
  });

  it('says how it is used when asked for anything else', async () => {
    expect(await runFigures('repair')).toMatchObject({
      code: 1,
      output: expect.stringContaining('check | rebuild'),
    });
  });
});
