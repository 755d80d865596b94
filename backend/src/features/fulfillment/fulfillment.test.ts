import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderState } from '#contract/orders.ts';
import { eventually } from '../../../local-stack/testing/eventually.ts';
import { anOrderRequest, aStoredOrder, aUser } from '../../../test/support/builders.ts';
import {
  historyIsPath,
  readAttempts,
  readHistory,
  readOrderRow,
  sweep,
} from '../../../test/support/order-rows.ts';
import { type StandInFactory, startStandInFactory } from '../../../test/support/stand-in-factory.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { inTransaction } from '../../database/transaction.ts';
import { transition } from './fulfillment.repository.ts';
import { FACTORY_SLOTS } from './fulfillment.service.ts';

const SOON_MS = 10_000;

let service: TestService;
beforeAll(async () => {
  // The loop stands still: each sweep is one this test makes, with every order it is about due at once.
  service = await startTestService({ isWorkerRunning: false, random: () => 0 });
});
afterEach(() => service.factory.setFault('none'));
afterAll(() => service.stop());

const stateOf = async (orderId: number, of: TestService = service): Promise<OrderState> =>
  (await readOrderRow(of, orderId)).state;

/** Places an order without waiting for it, as the storefront does. */
async function place(of: TestService = service) {
  const { bearer } = await aUser(of);
  const answer = await of.http
    .post('/api/order')
    .set({ ...bearer, prefer: 'respond-async, wait=0' })
    .send(await anOrderRequest(of));
  return { bearer, orderId: answer.body.order.id as number };
}

async function attemptEnded(orderId: number, number: number, of: TestService = service): Promise<OrderState> {
  await eventually(
    `attempt ${number} of order ${orderId} is settled`,
    async () => (await readAttempts(of, orderId)).length >= number,
    SOON_MS,
  );
  return stateOf(orderId, of);
}

async function sweepOnce(orderId: number, of: TestService = service): Promise<OrderState> {
  const before = (await readAttempts(of, orderId)).length;
  await sweep(of, orderId);
  return attemptEnded(orderId, before + 1, of);
}

async function expectHistory(
  orderId: number,
  states: OrderState[],
  of: TestService = service,
): Promise<void> {
  const history = await readHistory(of, orderId);
  expect(history.map(({ to }) => to)).toEqual(states);
  expect({ history, isPath: historyIsPath(history) }).toEqual({ history, isPath: true });
  expect(await stateOf(orderId, of)).toBe(states.at(-1));
}

const isValidPizza = async (jwt: string | null): Promise<boolean> =>
  (await service.http.post('/api/order/verify').send({ jwt })).status === 200;

describe('an order outlives each fault of the factory', () => {
  it.each([
    [
      'fail',
      {},
      [
        { outcome: 'refused', status: 500 },
        { outcome: 'refused', status: 500 },
      ],
    ],
    [
      'error',
      {},
      [
        { outcome: 'error', status: 500 },
        { outcome: 'error', status: 500 },
      ],
    ],
    [
      'flaky',
      { rate: 1 },
      [
        { outcome: 'error', status: 500 },
        { outcome: 'error', status: 500 },
      ],
    ],
    [
      'busy',
      {},
      [
        { outcome: 'busy', status: 429 },
        { outcome: 'busy', status: 503 },
      ],
    ],
    [
      'unreachable',
      {},
      [
        { outcome: 'unreachable', status: null },
        { outcome: 'unreachable', status: null },
      ],
    ],
    [
      'malformed',
      {},
      // A page, broken JSON, JSON beyond 64 KiB (S32), a page as a 500.
      [200, 200, 200, 500].map((status) => ({ outcome: 'error', status })),
    ],
    [
      'badjwt',
      {},
      // Text, another key's, another order's, unsigned, expired (S33).
      ['not_a_jws', 'bad_signature', 'wrong_order', 'not_a_jws', 'expired'].map((verdict) => ({
        outcome: 'bad_pizza',
        status: 200,
        verdict,
      })),
    ],
  ])(
    'S32, S33: with the fault %s it waits without a pizza, and is ready after the fault',
    async (fault, options, attempts) => {
      await service.factory.setFault(fault, options);
      const { orderId } = await place();
      expect(await attemptEnded(orderId, 1)).toBe('waiting');
      for (const _again of attempts.slice(1)) expect(await sweepOnce(orderId)).toBe('waiting');
      expect(await readOrderRow(service, orderId)).toMatchObject({ jwt: null, reason: attempts[0]?.outcome });
      await service.factory.setFault('none');
      expect(await sweepOnce(orderId)).toBe('ready');
      const made = { outcome: 'made', status: 200, verdict: 'valid' };
      expect(await readAttempts(service, orderId)).toMatchObject(
        [...attempts, made].map((attempt, index) => ({ ...attempt, number: index + 1 })),
      );
      await expectHistory(orderId, [
        'making',
        ...attempts.flatMap(() => ['waiting', 'making'] as const),
        'ready',
      ]);
      const row = await readOrderRow(service, orderId);
      expect(row).toMatchObject({
        reason: null,
        maker: service.factory.origin,
        lease_until: null,
        next_attempt_at: null,
      });
      expect(await isValidPizza(row.jwt)).toBe(true);
    },
  );

  it.each([
    ['throttle', 'made_slow'],
    ['slow', 'made'],
  ])('with the fault %s its first attempt is the pizza, however long that takes', async (fault, outcome) => {
    await service.factory.setFault(fault, { delayMs: 300 });
    const { orderId } = await place();
    expect(await stateOf(orderId)).toBe('making');
    expect(await attemptEnded(orderId, 1)).toBe('ready');
    expect(await readAttempts(service, orderId)).toMatchObject([{ outcome, status: 200, verdict: 'valid' }]);
    await expectHistory(orderId, ['making', 'ready']);
  });

  it('that has a slow one only waits: it is asked for once', async () => {
    await service.factory.setFault('throttle', { delayMs: 400 });
    const { orderId } = await place();
    await service.worker.runOnce();
    expect(await attemptEnded(orderId, 1)).toBe('ready');
    const { calls } = await service.factory.journal();
    expect(calls.filter((call) => call.orderId === orderId)).toHaveLength(1);
  });

  it('honours Retry-After: a busy factory is left alone for at least as long as it asks', async () => {
    await service.factory.setFault('busy');
    const { orderId } = await place();
    await attemptEnded(orderId, 1);
    const logged = await eventually(
      'the attempt is in the log',
      () => service.logLines().find((line) => line.message === 'factory attempt' && line.orderId === orderId),
      SOON_MS,
    );
    expect(logged).toMatchObject({ outcome: 'busy', nextAttemptInMs: 1000 });
  });

  it('is given up after the 8th answered failure, with the reason, and not asked for again', async () => {
    await service.factory.setFault('error');
    const { bearer, orderId } = await place();
    await attemptEnded(orderId, 1);
    for (let attempt = 2; attempt <= 7; attempt += 1) expect(await sweepOnce(orderId)).toBe('waiting');
    expect(await sweepOnce(orderId)).toBe('failed');
    expect(await readOrderRow(service, orderId)).toMatchObject({
      reason: 'too_many_failures',
      answered_failures: 8,
    });
    await service.factory.setFault('none');
    await sweep(service, orderId);
    expect(await readAttempts(service, orderId)).toHaveLength(8);
    const { body } = await service.http.get(`/api/order/${orderId}`).set(bearer);
    expect(body.order).toMatchObject({
      status: 'failed',
      reason: 'The factory could not make it. You were not charged.',
    });
  });

  it('does not count attempts without an answer: ten cut lines later it still waits, and is then made', async () => {
    await service.factory.setFault('unreachable');
    const { orderId } = await place();
    await attemptEnded(orderId, 1);
    for (let attempt = 2; attempt <= 10; attempt += 1) await sweepOnce(orderId);
    expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'waiting', answered_failures: 0 });
    await service.factory.setFault('none');
    expect(await sweepOnce(orderId)).toBe('ready');
  });

  it('is given up when it has waited for more than an hour', async () => {
    await service.factory.setFault('unreachable');
    const { orderId } = await place();
    await attemptEnded(orderId, 1);
    const placed_at = new Date(Date.now() - 61 * 60 * 1000);
    await service.db.updateTable('orders').set({ placed_at }).where('id', '=', orderId).execute();
    expect(await sweepOnce(orderId)).toBe('failed');
    expect(await readOrderRow(service, orderId)).toMatchObject({ reason: 'waited_too_long' });
    await expectHistory(orderId, ['making', 'waiting', 'making', 'failed']);
  });
});

describe('a pizza that comes late', () => {
  it('after its lease ended is used all the same, so that it is not baked twice', async () => {
    await service.factory.setFault('throttle', { delayMs: 500 });
    const { orderId } = await place();
    const { fence } = await readOrderRow(service, orderId);
    const lost = {
      orderId,
      fence,
      from: 'making',
      to: 'waiting',
      cause: 'lease_ended',
      node: 'another',
      delayMs: 60_000,
    } as const;
    await inTransaction(service.db, (transaction) => transition(transaction, lost));
    expect(await attemptEnded(orderId, 1)).toBe('ready');
    await expectHistory(orderId, ['making', 'waiting', 'making', 'ready']);
    expect((await readHistory(service, orderId)).map(({ cause }) => cause)).toContain('late_pizza');
  });

  it('for an order that was cancelled meanwhile is discarded', async () => {
    await service.factory.setFault('throttle', { delayMs: 500 });
    const { orderId } = await place();
    const { fence } = await readOrderRow(service, orderId);
    const over = {
      orderId,
      fence,
      from: 'making',
      to: 'cancelled',
      cause: 'diner',
      node: 'another',
    } as const;
    await inTransaction(service.db, (transaction) => transition(transaction, over));
    expect(await attemptEnded(orderId, 1)).toBe('cancelled');
    expect(await readOrderRow(service, orderId)).toMatchObject({ jwt: null, maker: null });
    await expectHistory(orderId, ['making', 'cancelled']);
  });

  it('as a failure of a claim that is not held any more changes nothing but its own record', async () => {
    await service.factory.setFault('error', { delayMs: 500 });
    const { orderId } = await place();
    const { fence } = await readOrderRow(service, orderId);
    await inTransaction(service.db, async (transaction) => {
      const step = { orderId, node: 'another', cause: 'lease_ended' } as const;
      await transition(transaction, { ...step, fence, from: 'making', to: 'waiting' });
      await transition(transaction, { ...step, fence: fence + 1, from: 'waiting', to: 'making' });
    });
    expect(await attemptEnded(orderId, 1)).toBe('making');
    expect(await readOrderRow(service, orderId)).toMatchObject({
      fence: fence + 2,
      lease_node: 'another',
      answered_failures: 0,
    });
  });
});

describe('the factory and its limits', () => {
  it('gets no more than 16 calls at once; the next order waits its turn and is then made', async () => {
    await service.factory.setFault('throttle', { delayMs: 60_000 });
    const orders = await Promise.all(Array.from({ length: FACTORY_SLOTS + 1 }, () => place()));
    const states = await Promise.all(orders.map(({ orderId }) => stateOf(orderId)));
    expect(states.filter((state) => state === 'making')).toHaveLength(FACTORY_SLOTS);
    const last = orders[states.indexOf('waiting')]?.orderId ?? 0;
    expect(await readOrderRow(service, last)).toMatchObject({ reason: 'no_slot' });
    await service.worker.runOnce();
    expect(await stateOf(last)).toBe('waiting');
    await service.factory.reset();
    for (const { orderId } of orders.filter((order) => order.orderId !== last))
      await attemptEnded(orderId, 1);
    expect(await eventually('a slot is free', async () => (await sweepOnce(last)) === 'ready', SOON_MS)).toBe(
      true,
    );
  });
});

describe('answers no factory should give', () => {
  let factory: StandInFactory;
  let odd: TestService;
  beforeAll(async () => {
    factory = await startStandInFactory({ status: 500 });
    odd = await startTestService({
      besides: service,
      isWorkerRunning: false,
      random: () => 0,
      settings: { FACTORY_URL: factory.origin },
    });
  });
  afterAll(async () => {
    await odd.stop();
    await factory.close();
  });

  it.each([400, 404, 422])('a %i fails the order at once: asking again cannot help', async (status) => {
    factory.answerWith({ status, body: { message: 'no such pizza' } });
    const { bearer, orderId } = await place(odd);
    expect(await attemptEnded(orderId, 1, odd)).toBe('failed');
    expect(await readOrderRow(odd, orderId)).toMatchObject({ reason: 'rejected', jwt: null });
    await expectHistory(orderId, ['making', 'failed'], odd);
    const { body } = await odd.http.get(`/api/order/${orderId}`).set(bearer);
    expect(body.order.reason).toBe('The factory cannot make this order.');
  });

  it.each([401, 403])(
    'a %i says that our key is wrong: the order waits as long as it takes, and never fails',
    async (status) => {
      factory.answerWith({ status });
      const { orderId } = await place(odd);
      await attemptEnded(orderId, 1, odd);
      const placed_at = new Date(Date.now() - 61 * 60 * 1000);
      await odd.db.updateTable('orders').set({ placed_at }).where('id', '=', orderId).execute();
      for (let attempt = 2; attempt <= 10; attempt += 1)
        expect(await sweepOnce(orderId, odd)).toBe('waiting');
      expect(await readOrderRow(odd, orderId)).toMatchObject({ reason: 'key_refused', answered_failures: 0 });
    },
  );

  it.each([
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }],
    ['no object', { status: 200, body: '"a pizza"' }],
    ['null', { status: 200, body: 'null' }],
    ['a list', { status: 200, body: [] }],
    ['a pizza that is an object', { status: 200, body: { jwt: {} } }],
    ['a report address that is a list', { status: 500, body: { reportUrl: ['https://127.0.0.1'] } }],
    ['an empty body', { status: 200, body: '' }],
    ['JSON of more than 64 KiB', { status: 200, body: { jwt: 'a.b.c', padding: ' '.repeat(65_536) } }],
    ['a teapot', { status: 418 }],
  ])('S32: %s is an error; the order waits and nothing else is called', async (_circumstance, answer) => {
    factory.answerWith(answer);
    const { orderId } = await place(odd);
    expect(await attemptEnded(orderId, 1, odd)).toBe('waiting');
    expect(await readAttempts(odd, orderId)).toMatchObject([{ outcome: 'error', status: answer.status }]);
    expect(factory.calls.filter(({ path }) => path === '/elsewhere')).toEqual([]);
  });

  it('S33: a good answer without a pizza is a bad pizza', async () => {
    factory.answerWith({ status: 200, body: {} });
    const { orderId } = await place(odd);
    await attemptEnded(orderId, 1, odd);
    expect(await readAttempts(odd, orderId)).toMatchObject([{ outcome: 'bad_pizza', verdict: 'not_a_jws' }]);
  });

  it('S33: a pizza of another factory is none of ours, for an order and for verifying', async () => {
    const { orderId: made } = await place();
    expect(await attemptEnded(made, 1)).toBe('ready');
    const { jwt } = await readOrderRow(service, made);
    factory.answerWith({ status: 200, body: { jwt } });
    const { orderId } = await place(odd);
    expect(await attemptEnded(orderId, 1, odd)).toBe('waiting');
    expect(await readAttempts(odd, orderId)).toMatchObject([{ outcome: 'bad_pizza', verdict: 'no_keys' }]);
    expect((await odd.http.post('/api/order/verify').send({ jwt })).status).toBe(403);
    expect(await isValidPizza(jwt)).toBe(true);
  });

  it('S33: a pizza of our factory for another order is refused', async () => {
    const diner = await aUser(service);
    const [stolen, mine] = [
      await place(),
      await aStoredOrder(service, { dinerId: diner.id, state: 'waiting' }),
    ];
    await attemptEnded(stolen.orderId, 1);
    const { jwt } = await readOrderRow(service, stolen.orderId);
    const [jwks] = await Promise.all([fetch(`${service.factory.origin}/.well-known/jwks.json`)]);
    const liar = await startStandInFactory({
      status: 200,
      body: { jwt, ...((await jwks.json()) as object) },
    });
    const cheated = await startTestService({
      besides: service,
      isWorkerRunning: false,
      settings: { FACTORY_URL: liar.origin },
    });
    expect(await sweepOnce(mine, cheated)).toBe('waiting');
    expect(await readAttempts(cheated, mine)).toMatchObject([
      { outcome: 'bad_pizza', verdict: 'wrong_order' },
    ]);
    await cheated.stop();
    await liar.close();
  });

  it('the factory is told who and what, with our key, and the price of our menu', async () => {
    factory.answerWith({ status: 500 });
    const { orderId } = await place(odd);
    await attemptEnded(orderId, 1, odd);
    const call = factory.calls.findLast(({ path }) => path === '/api/order');
    expect(call).toMatchObject({ method: 'POST', authorization: `Bearer ${odd.factory.apiKey}` });
    const row = await readOrderRow(odd, orderId);
    expect(JSON.parse(call?.body ?? '')).toEqual({
      diner: { id: row.diner_id, name: expect.any(String), email: expect.stringContaining('@') },
      order: {
        id: orderId,
        franchiseId: row.franchise_id,
        storeId: row.store_id,
        items: [{ menuId: expect.any(Number), description: expect.any(String), price: 0.0038 }],
      },
    });
  });

  it('S35: the key stands in no log line and in no row', async () => {
    const rows = [
      await odd.db.selectFrom('orders').selectAll().execute(),
      await odd.db.selectFrom('factory_attempts').selectAll().execute(),
    ];
    expect(JSON.stringify([odd.logLines(), service.logLines(), rows])).not.toContain(odd.factory.apiKey);
  });
});
