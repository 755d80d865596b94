import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import {
  attemptEnded,
  expectHistory,
  inTheOven,
  placeOrder,
  stateOf,
  sweepOnce,
  UNTIL_RESET,
} from '../../../../test/support/order-flow.ts';
import { readAttempts, readHistory, readOrderRow } from '../../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { inTransaction } from '../../../database/transaction.ts';
import { FACTORY_SLOTS } from '../factories/dispatch.ts';
import { transition } from './order-transitions.repository.ts';

const SOON_MS = 10_000;

let service: TestService;
beforeAll(async () => {
  // The loop stands still: each sweep is one this test makes, with every order it is about due at once.
  service = await startTestService({ isWorkerRunning: false, random: () => 0 });
});
afterEach(() => service.factory.reset());
afterAll(() => service.stop());

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
      const { orderId } = await placeOrder(service);
      expect(await attemptEnded(service, orderId, 1)).toBe('waiting');
      for (const _again of attempts.slice(1)) expect(await sweepOnce(service, orderId)).toBe('waiting');
      expect(await readOrderRow(service, orderId)).toMatchObject({ jwt: null, reason: attempts[0]?.outcome });
      await service.factory.setFault('none');
      expect(await sweepOnce(service, orderId)).toBe('ready');
      const made = { outcome: 'made', status: 200, verdict: 'valid' };
      expect(await readAttempts(service, orderId)).toMatchObject(
        [...attempts, made].map((attempt, index) => ({ ...attempt, number: index + 1 })),
      );
      await expectHistory(service, orderId, [
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
    await service.factory.setFault(fault, UNTIL_RESET);
    const { orderId } = await placeOrder(service);
    await inTheOven(service, orderId);
    expect(await stateOf(service, orderId)).toBe('making');
    await service.factory.reset();
    expect(await attemptEnded(service, orderId, 1)).toBe('ready');
    expect(await readAttempts(service, orderId)).toMatchObject([{ outcome, status: 200, verdict: 'valid' }]);
    await expectHistory(service, orderId, ['making', 'ready']);
  });

  it('that has a slow one only waits: it is asked for once', async () => {
    const callsFor = async (orderId: number) =>
      (await service.factory.journal()).calls.filter((call) => call.orderId === orderId);
    await service.factory.setFault('throttle', UNTIL_RESET);
    const { orderId } = await placeOrder(service);
    await inTheOven(service, orderId);
    await service.worker.runOnce();
    expect(await callsFor(orderId)).toHaveLength(1);
    // What waited leaves no trace in the new journal, so a call in it would be a second one.
    await service.factory.reset();
    expect(await attemptEnded(service, orderId, 1)).toBe('ready');
    expect(await callsFor(orderId)).toEqual([]);
  });

  it('honours Retry-After: a busy factory is left alone for at least as long as it asks', async () => {
    await service.factory.setFault('busy');
    const { orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
    const logged = await eventually(
      'the attempt is in the log',
      () => service.logLines().find((line) => line.message === 'factory attempt' && line.orderId === orderId),
      SOON_MS,
    );
    expect(logged).toMatchObject({ outcome: 'busy', nextAttemptInMs: 1000 });
  });

  it('does not count attempts without an answer: ten cut lines later it still waits, and is then made', async () => {
    await service.factory.setFault('unreachable');
    const { orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
    for (let attempt = 2; attempt <= 10; attempt += 1) await sweepOnce(service, orderId);
    expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'waiting', answered_failures: 0 });
    await service.factory.setFault('none');
    expect(await sweepOnce(service, orderId)).toBe('ready');
  });

  it('is given up when it has waited for more than an hour', async () => {
    await service.factory.setFault('unreachable');
    const { orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
    const patience_since = new Date(Date.now() - 61 * 60 * 1000);
    await service.db.updateTable('orders').set({ patience_since }).where('id', '=', orderId).execute();
    expect(await sweepOnce(service, orderId)).toBe('failed');
    expect(await readOrderRow(service, orderId)).toMatchObject({ reason: 'waited_too_long' });
    await expectHistory(service, orderId, ['making', 'waiting', 'making', 'failed']);
  });
});

describe('a pizza that comes late', () => {
  it('after its lease ended is used all the same, so that it is not baked twice', async () => {
    await service.factory.setFault('throttle', UNTIL_RESET);
    const { orderId } = await placeOrder(service);
    await inTheOven(service, orderId);
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
    await service.factory.reset();
    expect(await attemptEnded(service, orderId, 1)).toBe('ready');
    await expectHistory(service, orderId, ['making', 'waiting', 'making', 'ready']);
    expect((await readHistory(service, orderId)).map(({ cause }) => cause)).toContain('late_pizza');
  });

  it('for an order that was cancelled meanwhile is discarded', async () => {
    await service.factory.setFault('throttle', UNTIL_RESET);
    const { orderId } = await placeOrder(service);
    await inTheOven(service, orderId);
    const { fence } = await readOrderRow(service, orderId);
    const over = {
      orderId,
      fence,
      from: 'making',
      to: 'cancelled',
      cause: 'cancelled_by_diner',
      node: 'another',
    } as const;
    await inTransaction(service.db, (transaction) => transition(transaction, over));
    await service.factory.reset();
    expect(await attemptEnded(service, orderId, 1)).toBe('cancelled');
    expect(await readOrderRow(service, orderId)).toMatchObject({ jwt: null, maker: null });
    await expectHistory(service, orderId, ['making', 'cancelled']);
  });

  it('as a failure of a claim that is not held any more changes nothing but its own record', async () => {
    await service.factory.setFault('error', UNTIL_RESET);
    const { orderId } = await placeOrder(service);
    await inTheOven(service, orderId);
    const { fence } = await readOrderRow(service, orderId);
    await inTransaction(service.db, async (transaction) => {
      const step = { orderId, node: 'another', cause: 'lease_ended' } as const;
      await transition(transaction, { ...step, fence, from: 'making', to: 'waiting' });
      await transition(transaction, { ...step, fence: fence + 1, from: 'waiting', to: 'making' });
    });
    await service.factory.reset();
    expect(await attemptEnded(service, orderId, 1)).toBe('making');
    expect(await readOrderRow(service, orderId)).toMatchObject({
      fence: fence + 2,
      lease_node: 'another',
      answered_failures: 0,
    });
  });
});

describe('the factory and its limits', () => {
  it('gets no more than 16 calls at once; the next order waits its turn and is then made', async () => {
    await service.factory.setFault('throttle', UNTIL_RESET);
    const orders = await Promise.all(Array.from({ length: FACTORY_SLOTS + 1 }, () => placeOrder(service)));
    const states = await Promise.all(orders.map(({ orderId }) => stateOf(service, orderId)));
    expect(states.filter((state) => state === 'making')).toHaveLength(FACTORY_SLOTS);
    const last = orders[states.indexOf('waiting')]?.orderId ?? 0;
    expect(await readOrderRow(service, last)).toMatchObject({ reason: 'no_slot' });
    expect(await readHistory(service, last)).toEqual([
      { from: null, to: 'waiting', cause: 'no_slot', fence: 1 },
    ]);
    await service.worker.runOnce();
    expect(await stateOf(service, last)).toBe('waiting');
    await service.factory.reset();
    for (const { orderId } of orders.filter((order) => order.orderId !== last))
      await attemptEnded(service, orderId, 1);
    expect(await sweepOnce(service, last)).toBe('ready');
    await expectHistory(service, last, ['waiting', 'making', 'ready']);
  });
});
