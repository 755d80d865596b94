import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { attemptEnded, placeOrder, stateOf, sweepOnce } from '../../../../test/support/order-flow.ts';
import { readOrderRow, sweep } from '../../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, random: () => 0 });
});
afterEach(() => service.factory.reset());
afterAll(() => service.stop());

/** An order whose first attempt the factory answered with an error. */
async function anOrderThatFailedOnce() {
  await service.factory.setFault('error');
  const placed = await placeOrder(service);
  await attemptEnded(service, placed.orderId, 1);
  return placed;
}

async function failAgain(orderId: number, times: number): Promise<void> {
  await service.factory.setFault('error');
  for (let time = 1; time <= times; time += 1) {
    expect(await stateOf(service, orderId)).toBe('waiting');
    await sweepOnce(service, orderId);
  }
}

async function makePizzasOfOthers(count: number): Promise<void> {
  await service.factory.setFault('none');
  for (let other = 1; other <= count; other += 1) {
    const { orderId } = await placeOrder(service);
    expect(await attemptEnded(service, orderId, 1)).toBe('ready');
  }
}

describe('an order that the factory keeps answering badly', () => {
  it('is kept while the factory makes nothing for anybody, however often it fails, and is then made', async () => {
    const { orderId } = await anOrderThatFailedOnce();
    await failAgain(orderId, 11);
    expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'waiting', answered_failures: 12 });
    await service.factory.setFault('none');
    expect(await sweepOnce(service, orderId)).toBe('ready');
  });

  it('is given up as poison at its 8th failure when 3 pizzas of others were made since the first', async () => {
    const { orderId, bearer } = await anOrderThatFailedOnce();
    await makePizzasOfOthers(3);
    await failAgain(orderId, 7);
    expect(await readOrderRow(service, orderId)).toMatchObject({
      state: 'failed',
      reason: 'poison',
      answered_failures: 8,
    });
    await service.factory.setFault('none');
    await sweep(service, orderId);
    expect(await stateOf(service, orderId)).toBe('failed');
    const { body } = await service.http.get(`/api/order/${orderId}`).set(bearer);
    expect(body.order).toMatchObject({ status: 'failed', reasonCode: 'poison' });
  });

  it('is poison as soon as the third pizza of others was made, however late that is', async () => {
    const { orderId } = await anOrderThatFailedOnce();
    await makePizzasOfOthers(2);
    await failAgain(orderId, 8);
    expect(await stateOf(service, orderId)).toBe('waiting');
    await makePizzasOfOthers(1);
    await failAgain(orderId, 1);
    expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'failed', reason: 'poison' });
  });

  it('is no poison for pizzas that were made before its first failure, or before it was tried again', async () => {
    await makePizzasOfOthers(3);
    const { orderId, bearer } = await anOrderThatFailedOnce();
    await makePizzasOfOthers(3);
    await service.fulfillment.transitions.giveUp(orderId, 'not_made_in_time');
    await service.http.post(`/api/order/${orderId}/retry`).set(bearer).expect(200);
    await failAgain(orderId, 8);
    expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'waiting', answered_failures: 8 });
  });

  it('is no poison for pizzas that another factory made', async () => {
    const { orderId } = await anOrderThatFailedOnce();
    const other = await placeOrder(service);
    for (let pizza = 1; pizza <= 3; pizza += 1) {
      await sql`insert into factory_attempts (order_id, number, factory, node, started_at, total_ms, outcome)
        values (${other.orderId}, ${pizza + 1}, 'https://another.example', 'a:1', now(3), 5, 'made')`.execute(
        service.db,
      );
    }
    await failAgain(orderId, 8);
    expect(await stateOf(service, orderId)).toBe('waiting');
  });
});

describe('the answer of an order', () => {
  const read = async ({ orderId, bearer }: Awaited<ReturnType<typeof placeOrder>>) =>
    (await service.http.get(`/api/order/${orderId}`).set(bearer).expect(200)).body.order;

  it('tells until when we go on trying while it waits, an hour from when it was placed', async () => {
    const placed = await anOrderThatFailedOnce();
    const { patience_since } = await readOrderRow(service, placed.orderId);
    const until = new Date(patience_since.getTime() + 60 * 60 * 1000);
    expect((await read(placed)).givenUpAt).toBe(until.toISOString());
  });

  it.each(['held', 'key_refused'])(
    'tells no end while it waits for us and not for pizza (%s)',
    async (reason) => {
      const placed = await anOrderThatFailedOnce();
      await sql`update orders set reason = ${reason} where id = ${placed.orderId}`.execute(service.db);
      expect(await read(placed)).not.toHaveProperty('givenUpAt');
    },
  );

  it('tells no end once it is over', async () => {
    await service.factory.setFault('none');
    const placed = await placeOrder(service);
    expect(await attemptEnded(service, placed.orderId, 1)).toBe('ready');
    expect(await read(placed)).not.toHaveProperty('givenUpAt');
  });
});
