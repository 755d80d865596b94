import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import type { OrderState } from '#contract/order-lifecycle.ts';
import { aStoredOrder, aUser } from '../../../../test/support/builders.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { holdPerformance } from '../../../../test/support/fake-performance.ts';
import { inTheOven, UNTIL_RESET } from '../../../../test/support/order-flow.ts';
import {
  endLease,
  historyIsPath,
  makeDue,
  readAttempts,
  readHistory,
  readOrderRow,
} from '../../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { inTransaction } from '../../../database/transaction.ts';
import { transition } from './order-transitions.repository.ts';

const SOON_MS = 10_000;

let service: TestService;
let other: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, random: () => 0 });
  other = await startTestService({ besides: service, isWorkerRunning: false, random: () => 0 });
});
// What another test left in the line or with a node that is gone would be swept as well, once its time has come.
beforeEach(async () => {
  await sql`update orders set state = 'cancelled' where state in ('making', 'waiting')`.execute(service.db);
});
afterEach(() => service.factory.reset());
afterAll(async () => {
  await other.stop();
  await service.stop();
});

async function anOrder(state: OrderState, crashedClaims = 0): Promise<number> {
  const diner = await aUser(service);
  return aStoredOrder(service, { dinerId: diner.id, state, crashedClaims });
}

const isIn = (orderId: number, state: OrderState) =>
  eventually(
    `order ${orderId} is ${state}`,
    async () => (await readOrderRow(service, orderId)).state === state,
    SOON_MS,
  );

const stepsOf = async (orderId: number) => {
  const history = await readHistory(service, orderId);
  expect({ history, isPath: historyIsPath(history) }).toEqual({ history, isPath: true });
  return history.map(({ to, cause }) => [to, cause]);
};

it('an order whose node went silent is taken over by the next sweep and becomes ready', async () => {
  const orderId = await anOrder('making');
  await endLease(service, orderId);
  await service.worker.runOnce();
  await isIn(orderId, 'ready');
  expect(await stepsOf(orderId)).toEqual([
    ['making', 'placed'],
    ['waiting', 'lease_ended'],
    ['making', 'attempt'],
    ['ready', 'made'],
  ]);
  expect(await readOrderRow(service, orderId)).toMatchObject({ crashed_claims: 1, answered_failures: 0 });
});

it('an order whose lease still runs is left to its node', async () => {
  const orderId = await anOrder('making');
  await service.worker.runOnce();
  expect(await readOrderRow(service, orderId)).toMatchObject({
    state: 'making',
    lease_node: 'a-node-that-is-gone:1',
  });
  expect(await readAttempts(service, orderId)).toEqual([]);
});

it('an order whose node renewed its lease after it was found abandoned stays with that node', async () => {
  const orderId = await anOrder('making');
  const { fence } = await readOrderRow(service, orderId);
  await service.fulfillment.transitions.takeOver({ orderId, fence });
  expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'making', fence, crashed_claims: 0 });
});

it('an order whose lease ended while its own node is still asking for it stays with that node', async () => {
  await service.factory.setFault('throttle', UNTIL_RESET);
  const orderId = await anOrder('waiting');
  await makeDue(service, orderId);
  await service.worker.runOnce();
  await inTheOven(service, orderId);
  await endLease(service, orderId);
  await service.worker.runOnce();
  await service.factory.reset();
  await isIn(orderId, 'ready');
  expect(await stepsOf(orderId)).toEqual([
    ['waiting', 'no_slot'],
    ['making', 'attempt'],
    ['ready', 'made_slow'],
  ]);
});

it('of orders whose nodes crashed one is tried at a time, so that the next crash tells which one did it', async () => {
  await service.factory.setFault('throttle', UNTIL_RESET);
  const suspects = [await anOrder('making'), await anOrder('making'), await anOrder('making')];
  const fresh = await anOrder('waiting');
  for (const orderId of suspects) await endLease(service, orderId);
  await makeDue(service, fresh);
  await service.worker.runOnce();
  const states = async () =>
    Promise.all([...suspects, fresh].map(async (orderId) => (await readOrderRow(service, orderId)).state));
  expect(await states()).toEqual(['making', 'waiting', 'waiting', 'making']);
  await service.worker.runOnce();
  expect((await states()).filter((state) => state === 'waiting')).toHaveLength(2);
  await service.factory.reset();
  for (const orderId of suspects) {
    await eventually(
      `order ${orderId} is ready`,
      async () => {
        await service.worker.runOnce();
        return (await readOrderRow(service, orderId)).state === 'ready';
      },
      SOON_MS,
    );
  }
  await isIn(fresh, 'ready');
});

it('an order whose nodes crashed twice is tried once more, by a node that has lived for 10 s', async () => {
  const orderId = await anOrder('making', 1);
  await endLease(service, orderId);
  holdPerformance();
  const young = await startTestService({ besides: service, isWorkerRunning: false, random: () => 0 });
  try {
    await young.worker.runOnce();
    expect(await readOrderRow(young, orderId)).toMatchObject({ state: 'waiting', crashed_claims: 2 });
    jest.advanceTimersByTime(9_999);
    await young.worker.runOnce();
    expect(await readOrderRow(young, orderId)).toMatchObject({ state: 'waiting' });
    jest.advanceTimersByTime(1);
    await young.worker.runOnce();
    await isIn(orderId, 'ready');
  } finally {
    jest.useRealTimers();
    await young.stop();
  }
});

it('an order whose node crashed three times is set aside as failed, and a person is called', async () => {
  const orderId = await anOrder('making', 2);
  await endLease(service, orderId);
  await service.worker.runOnce();
  expect(await readOrderRow(service, orderId)).toMatchObject({
    state: 'failed',
    reason: 'crash_loop',
    crashed_claims: 3,
    jwt: null,
  });
  expect(await stepsOf(orderId)).toEqual([
    ['making', 'placed'],
    ['failed', 'crash_loop'],
  ]);
  expect(service.logLines()).toContainEqual(expect.objectContaining({ level: 'ERROR', orderId }));
  await service.worker.runOnce();
  expect(await readAttempts(service, orderId)).toEqual([]);
});

it('two workers that race for the same due orders make exactly one attempt and one pizza for each', async () => {
  const orders = await Promise.all(Array.from({ length: 10 }, () => anOrder('waiting')));
  for (const orderId of orders) await makeDue(service, orderId);
  await Promise.all([service.worker.runOnce(), other.worker.runOnce()]);
  for (const orderId of orders) await isIn(orderId, 'ready');
  const { calls, pizzas } = await service.factory.journal();
  for (const orderId of orders) {
    expect(await readAttempts(service, orderId)).toMatchObject([{ number: 1, outcome: 'made' }]);
    expect(calls.filter((call) => call.orderId === orderId)).toHaveLength(1);
    expect(pizzas.filter((pizza) => pizza.orderId === orderId)).toHaveLength(1);
    expect(await stepsOf(orderId)).toHaveLength(3);
  }
});

it('two workers that race for an abandoned order count one crash and make one pizza', async () => {
  const orderId = await anOrder('making');
  await endLease(service, orderId);
  await Promise.all([service.worker.runOnce(), other.worker.runOnce()]);
  await eventually(
    'it is ready',
    async () => {
      await makeDue(service, orderId);
      await Promise.all([service.worker.runOnce(), other.worker.runOnce()]);
      return (await readOrderRow(service, orderId)).state === 'ready';
    },
    SOON_MS,
  );
  expect(await readOrderRow(service, orderId)).toMatchObject({ crashed_claims: 1 });
  expect((await service.factory.journal()).pizzas.filter((pizza) => pizza.orderId === orderId)).toHaveLength(
    1,
  );
});

it('a claim of an order as it was before somebody else held it is refused and leaves no trace', async () => {
  const orderId = await anOrder('waiting');
  const { fence } = await readOrderRow(service, orderId);
  const claim = (at: number) => ({ orderId, fence: at, cause: 'attempt', node: 'another' }) as const;
  await inTransaction(service.db, async (transaction) => {
    await transition(transaction, { ...claim(fence), from: 'waiting', to: 'making' });
    await transition(transaction, { ...claim(fence + 1), from: 'making', to: 'waiting', delayMs: 60_000 });
  });
  const before = [await readOrderRow(service, orderId), await readHistory(service, orderId)];
  const late = { ...claim(fence), from: 'waiting', to: 'making' } as const;
  expect(await inTransaction(service.db, (transaction) => transition(transaction, late))).toBeUndefined();
  expect([await readOrderRow(service, orderId), await readHistory(service, orderId)]).toEqual(before);
});

it.each(['ready', 'failed', 'cancelled'] as const)(
  'an order that is %s is final: no sweep touches it',
  async (state) => {
    const orderId = await anOrder(state);
    const before = await readOrderRow(service, orderId);
    await service.worker.runOnce();
    expect(await readOrderRow(service, orderId)).toEqual(before);
  },
);

it('an order that is not due yet is left alone, and the sweep tells how long it may sleep', async () => {
  const orderId = await anOrder('waiting');
  const sleepMs = await service.worker.runOnce();
  expect(sleepMs).toBeGreaterThan(0);
  expect(sleepMs).toBeLessThanOrEqual(1000);
  expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'waiting' });
});

it('a running worker makes what is due without being told', async () => {
  const running = await startTestService({ random: () => 0 });
  const diner = await aUser(running);
  const orderId = await aStoredOrder(running, { dinerId: diner.id, state: 'waiting' });
  await makeDue(running, orderId);
  await eventually(
    'it is ready',
    async () => (await readOrderRow(running, orderId)).state === 'ready',
    SOON_MS,
  );
  await running.stop();
});

it('a worker that is stopped lets the attempt it is in the middle of end', async () => {
  const leaving = await startTestService({ besides: service, isWorkerRunning: false });
  await service.factory.setFault('throttle', UNTIL_RESET);
  const orderId = await anOrder('waiting');
  await makeDue(service, orderId);
  await leaving.worker.runOnce();
  await inTheOven(service, orderId);
  const stopped = leaving.stop();
  await eventually('it is told to stop', () => leaving.fulfillment.attempts.isStopping(), SOON_MS);
  await service.factory.reset();
  await stopped;
  expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'ready' });
  // By way of the line it would have been given back, and its pizza would have come too late.
  expect(await stepsOf(orderId)).toEqual([
    ['waiting', 'no_slot'],
    ['making', 'attempt'],
    ['ready', 'made_slow'],
  ]);
});
