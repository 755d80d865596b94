import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { OrderState } from '#contract/order-lifecycle.ts';
import { aMenuItem, aStore, aStoredOrder, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { eventually } from '../../../test/support/eventually.ts';
import {
  attemptEnded,
  expectHistory,
  inTheOven,
  placeOrder,
  sweepOnce,
  UNTIL_RESET,
} from '../../../test/support/order-flow.ts';
import { countOrderRows, readHistory, readOrderRow } from '../../../test/support/order-rows.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const SOON_MS = 10_000;

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, random: () => 0 });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterEach(() => service.factory.reset());
afterAll(() => service.stop());

type Bearer = Pick<LoggedIn, 'bearer'>;
const act = (verb: 'cancel' | 'retry', who: Bearer, orderId: number) =>
  service.http.post(`/api/order/${orderId}/${verb}`).set(who.bearer);
const read = (who: Bearer, orderId: number) => service.http.get(`/api/order/${orderId}`).set(who.bearer);

async function anOrder(state: OrderState): Promise<{ diner: LoggedIn; orderId: number }> {
  const diner = await aUser(service);
  return { diner, orderId: await aStoredOrder(service, { dinerId: diner.id, state }) };
}

/** As an order that was given up after many failures and a long wait. */
async function aFailedOrder() {
  const failed = await anOrder('failed');
  await service.db
    .updateTable('orders')
    .set({
      answered_failures: 8,
      crashed_claims: 2,
      reason: 'too_many_failures',
      placed_at: sql<Date>`now(3) - interval 3 hour`,
      patience_since: sql<Date>`now(3) - interval 3 hour`,
    })
    .where('id', '=', failed.orderId)
    .execute();
  return failed;
}

describe('cancelling', () => {
  it('an order that waits takes it back, and it is never asked for again', async () => {
    const { diner, orderId } = await anOrder('waiting');
    const { body } = await act('cancel', diner, orderId).expect(200);
    expect(body.order).toMatchObject({ id: orderId, status: 'cancelled' });
    await expectHistory(service, orderId, ['waiting', 'cancelled']);
    expect((await readHistory(service, orderId)).at(-1)?.cause).toBe('cancelled_by_diner');
    await service.worker.runOnce();
    expect((await service.factory.journal()).calls.filter((call) => call.orderId === orderId)).toEqual([]);
  });

  it('an order that is being made discards the pizza of the call that still runs', async () => {
    await service.factory.setFault('slow', UNTIL_RESET);
    const placed = await placeOrder(service);
    const { orderId } = placed;
    await inTheOven(service, orderId);
    expect((await act('cancel', placed, orderId).expect(200)).body.order.status).toBe('cancelled');
    await service.factory.reset();
    expect(await attemptEnded(service, orderId, 1)).toBe('cancelled');
    expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'cancelled', jwt: null });
    await expectHistory(service, orderId, ['making', 'cancelled']);
    // A good pizza came, and the log says that it was discarded.
    expect(service.logLines()).toContainEqual(
      expect.objectContaining({
        message: 'factory attempt',
        orderId,
        outcome: 'made',
        signatureVerdict: 'valid',
        isDiscarded: true,
      }),
    );
    const { body } = await read(placed, orderId).expect(200);
    expect(body).not.toHaveProperty('jwt');
  });

  it.each(['ready', 'cancelled', 'failed'] as const)(
    'an order that is %s is refused with 409',
    async (state) => {
      const { diner, orderId } = await anOrder(state);
      const before = await readHistory(service, orderId);
      const problem = expectProblem(await act('cancel', diner, orderId), 'state_conflict');
      expect(problem.message).toBe(`an order that is ${state} cannot be cancelled`);
      expect(await readHistory(service, orderId)).toEqual(before);
    },
  );

  it('ten times at once succeeds once', async () => {
    const { diner, orderId } = await anOrder('waiting');
    const answers = await Promise.all(Array.from({ length: 10 }, () => act('cancel', diner, orderId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
    await expectHistory(service, orderId, ['waiting', 'cancelled']);
  });

  it('by an admin is told apart from cancelling by the diner', async () => {
    const { diner, orderId } = await anOrder('waiting');
    await act('cancel', admin, orderId).expect(200);
    expect((await readHistory(service, orderId)).at(-1)?.cause).toBe('cancelled_by_admin');
    const { body } = await read(diner, orderId).expect(200);
    expect(body.order.reason).toBe('It was cancelled by us. You were not charged.');
  });
});

describe('trying again', () => {
  it('a failed order puts it into the line with fresh patience, and it is made', async () => {
    const { diner, orderId } = await aFailedOrder();
    const before = await readOrderRow(service, orderId);
    const { body } = await act('retry', diner, orderId).expect(200);
    expect(body.order).toMatchObject({ id: orderId, status: 'waiting', placeInLine: expect.any(Number) });
    const row = await readOrderRow(service, orderId);
    expect(row).toMatchObject({ answered_failures: 0, crashed_claims: 0, reason: null, total: before.total });
    expect(row.patience_since.getTime()).toBeGreaterThan(before.patience_since.getTime() + 3_600_000);
    expect(await sweepOnce(service, orderId)).toBe('ready');
    await expectHistory(service, orderId, ['making', 'failed', 'waiting', 'making', 'ready']);
    expect((await read(diner, orderId)).body.order.total).toBe(0.0038);
  });

  it.each(['making', 'waiting', 'ready', 'cancelled'] as const)(
    'an order that is %s is refused with 409',
    async (state) => {
      const { diner, orderId } = await anOrder(state);
      const before = await readHistory(service, orderId);
      const problem = expectProblem(await act('retry', diner, orderId), 'state_conflict');
      expect(problem.message).toBe(`an order that is ${state} cannot be tried again`);
      expect(await readHistory(service, orderId)).toEqual(before);
    },
  );

  it('ten times at once puts it into the line once', async () => {
    const { diner, orderId } = await aFailedOrder();
    const answers = await Promise.all(Array.from({ length: 10 }, () => act('retry', diner, orderId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
    await expectHistory(service, orderId, ['making', 'failed', 'waiting']);
  });

  it('is also for admins', async () => {
    const { orderId } = await aFailedOrder();
    expect((await act('retry', admin, orderId).expect(200)).body.order.status).toBe('waiting');
  });
});

it.each([
  ['cancel', 'waiting'],
  ['retry', 'failed'],
] as const)(
  'S19: to %s an order of somebody else is answered as for one that never was',
  async (verb, state) => {
    const { orderId } = await anOrder(state);
    const somebody = await aUser(service);
    const before = await readHistory(service, orderId);
    const foreign = expectProblem(await act(verb, somebody, orderId), 'not_found');
    const unknown = expectProblem(await act(verb, somebody, 2_000_000_000), 'not_found');
    expect({ ...foreign, requestId: '' }).toEqual({ ...unknown, requestId: '' });
    expect(await readHistory(service, orderId)).toEqual(before);
  },
);

describe('the details of an order', () => {
  it('show an admin every attempt, and a diner none', async () => {
    await service.factory.setFault('error');
    const placed = await placeOrder(service);
    await attemptEnded(service, placed.orderId, 1);
    await service.factory.setFault('none');
    expect(await sweepOnce(service, placed.orderId)).toBe('ready');
    const { body } = await read(admin, placed.orderId).expect(200);
    const common = { at: expect.any(String), factory: service.factory.origin, totalMs: expect.any(Number) };
    expect(body.attempts).toEqual([
      { ...common, number: 1, outcome: 'error', httpStatus: 500, signature: null },
      { ...common, number: 2, outcome: 'made', httpStatus: 200, signature: 'valid' },
    ]);
    const { body: seen } = await read(placed, placed.orderId).expect(200);
    expect(seen).not.toHaveProperty('attempts');
    expect({ ...seen, attempts: body.attempts }).toEqual(body);
  });
});

describe('a quote', () => {
  const quote = (body: object) => service.http.post('/api/order/quote').send(body);

  it('names the problem of each line, adds exactly what can be had, stores nothing and asks no factory', async () => {
    const store = await aStore(service);
    const [cheap, dear] = [
      await aMenuItem(service, { price: 0.1 }),
      await aMenuItem(service, { price: 0.2 }),
    ];
    const away = await aMenuItem(service, { isAvailable: false });
    const here = await aMenuItem(service);
    await service.db.insertInto('store_sold_out').values({ store_id: store.id, menu_id: here.id }).execute();
    const before = await countOrderRows(service);
    const calls = (await service.factory.journal()).calls.length;
    const items = [
      { menuId: cheap.id, price: 0.1 },
      { menuId: String(dear.id), quantity: 2 },
      { menuId: dear.id, price: 0.19999999 },
      { menuId: cheap.id, price: 5 },
      { menuId: away.id, price: away.price },
      { menuId: here.id },
      { menuId: 2_000_000_000 },
    ];
    const { body } = await quote({ franchiseId: store.franchiseId, storeId: store.id, items }).expect(200);
    const line = (item: { id: number; title: string; price: number }, quantity = 1) => ({
      menuId: item.id,
      title: item.title,
      price: item.price,
      quantity,
    });
    expect(body).toEqual({
      canOrder: false,
      store: { id: store.id, name: store.name, isOpen: true },
      items: [
        line(cheap),
        line(dear, 2),
        { ...line(dear), problem: 'price_changed' },
        line(cheap),
        { ...line(away), problem: 'sold_out' },
        { ...line(here), problem: 'sold_out' },
        { menuId: 2_000_000_000, title: '', price: 0, quantity: 1, problem: 'unknown' },
      ],
      total: 0.8,
    });
    expect(await countOrderRows(service)).toEqual(before);
    expect((await service.factory.journal()).calls).toHaveLength(calls);
  });

  it('without a problem says that it can be ordered, at the total the order then has', async () => {
    const store = await aStore(service);
    const [one, other] = [await aMenuItem(service, { price: 0.1 }), await aMenuItem(service, { price: 0.2 })];
    const items = [{ menuId: one.id, price: one.price }, { menuId: other.id }];
    const request = { franchiseId: store.franchiseId, storeId: store.id, items };
    const { body } = await quote(request).expect(200);
    expect(body).toMatchObject({ canOrder: true, total: 0.3 });
    const placed = await service.http.post('/api/order').set(admin.bearer).send(request).expect(200);
    expect(placed.body.order.total).toBe(body.total);
  });

  it('at a store that is paused cannot be ordered, though each line is fine', async () => {
    const store = await aStore(service);
    const { id: menuId } = await aMenuItem(service);
    await service.db
      .updateTable('stores')
      .set({ paused_until: sql<Date>`now(3) + interval 1 day` })
      .where('id', '=', store.id)
      .execute();
    const request = { franchiseId: store.franchiseId, storeId: store.id, items: [{ menuId }] };
    const { body } = await quote(request).expect(200);
    expect(body).toMatchObject({ canOrder: false, store: { isOpen: false } });
    expect(body.items[0]).not.toHaveProperty('problem');
  });

  it('S24: at a store of another franchise, or of no or too many pizzas, is refused', async () => {
    const [store, another] = [await aStore(service), await aStore(service)];
    const { id: menuId } = await aMenuItem(service);
    const request = { franchiseId: store.franchiseId, storeId: store.id, items: [{ menuId }] };
    for (const [change, field] of [
      [{ franchiseId: another.franchiseId }, 'storeId'],
      [{ items: [] }, 'items'],
      [
        {
          items: [
            { menuId, quantity: 11 },
            { menuId, quantity: 10 },
          ],
        },
        'items',
      ],
      [{ items: [{ menuId, price: -1 }] }, 'items.0.price'],
    ] as const) {
      const refused = await quote({ ...request, ...change });
      expect(wrongFields(expectProblem(refused, 'invalid_input'))).toEqual([field]);
    }
  });
});

describe('the chaos switch', () => {
  const flip = (at: TestService, state: string, who: Bearer) =>
    at.http.put(`/api/order/chaos/${state}`).set(who.bearer);

  it('does not exist where the factory is real', async () => {
    expectProblem(await flip(service, 'true', admin), 'unknown_endpoint');
    expectProblem(await flip(service, 'true', await aUser(service)), 'forbidden');
  });

  it('makes the simulated factory fail at random, and ends that; for admins only', async () => {
    const demo = await startTestService({
      besides: service,
      isWorkerRunning: false,
      settings: { FACTORY_SIMULATED: '1' },
    });
    try {
      expectProblem(await flip(demo, 'true', await aUser(service)), 'forbidden');
      expectProblem(await flip(demo, 'maybe', admin), 'invalid_input');
      expect((await flip(demo, 'true', admin).expect(200)).body).toEqual({ chaos: true });
      const statuses = async () => (await service.factory.journal()).calls.map(({ status }) => status);
      await eventually(
        'one of many calls fails at random',
        async () => {
          const { orderId } = await placeOrder(service);
          await attemptEnded(service, orderId, 1);
          return (await statuses()).at(-1) === 500;
        },
        SOON_MS,
      );
      expect((await flip(demo, 'false', admin).expect(200)).body).toEqual({ chaos: false });
      for (let order = 1; order <= 5; order += 1) {
        const { orderId } = await placeOrder(service);
        expect(await attemptEnded(service, orderId, 1)).toBe('ready');
      }
    } finally {
      await demo.stop();
    }
  });
});
