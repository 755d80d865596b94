import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { anOrderRequest, aUser, type LoggedIn } from '../../../../test/support/builders.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { eventKinds, newestIncident } from '../../../../test/support/factory-rows.ts';
import { readOrderRow } from '../../../../test/support/order-rows.ts';
import { startTestFactory, type TestFactory } from '../../../../test/support/test-factory.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';

const SOON_MS = 20_000;

let first: TestFactory;
let second: TestFactory;
let service: TestService;
let diner: LoggedIn;
beforeAll(async () => {
  first = await startTestFactory();
  second = await startTestFactory();
  const factories = [first, second].map(({ origin, apiKey }) => ({ origin, apiKey }));
  service = await startTestService({
    settings: { FACTORIES: JSON.stringify(factories), FACTORY_PROBE_SECONDS: '0.5', FACTORY_RECOVERY: 'act' },
  });
  diner = await aUser(service);
});
afterEach(async () => {
  await first.setFault('none');
  await second.setFault('none');
});
afterAll(async () => {
  await service.stop();
  await second.close();
  await first.close();
});

async function orderOne(): Promise<number> {
  const answer = await service.http
    .post('/api/order')
    .set({ ...diner.bearer, prefer: 'respond-async, wait=0' })
    .send(await anOrderRequest(service));
  return answer.body.order.id as number;
}

const readyFrom = (orderId: number, factory: TestFactory) =>
  eventually(
    `order ${orderId} is ready`,
    async () => {
      const { state, maker } = await readOrderRow(service, orderId);
      return state === 'ready' && maker === factory.origin;
    },
    SOON_MS,
  );

it('orders go to the first factory, to the second while the first is down, and back when it is well', async () => {
  await readyFrom(await orderOne(), first);

  await first.setFault('unreachable');
  const orders = await Promise.all(Array.from({ length: 8 }, orderOne));
  for (const orderId of orders) await readyFrom(orderId, second);
  const incident = await newestIncident(service);
  expect(incident).toMatchObject({ factory: first.origin, mode: 'unreachable', orders_failed: 0 });
  await eventually(
    'the second factory has restored it',
    async () => (await newestIncident(service))?.restored_by === second.origin,
    SOON_MS,
  );
  expect(await eventKinds(service, incident?.id ?? 0)).toEqual(
    expect.arrayContaining(['first_fault', 'circuit_opened', 'factory_changed', 'restored']),
  );
  // With its circuit open the next order does not even try the first.
  const { calls } = await first.journal();
  const next = await orderOne();
  await readyFrom(next, second);
  expect((await first.journal()).calls.filter(({ orderId }) => orderId === next)).toEqual([]);
  expect(calls.length).toBeGreaterThan(0);

  await first.setFault('none');
  await eventually(
    'an order is made by the first again',
    async () => {
      const orderId = await orderOne();
      await eventually(
        `order ${orderId} is ready`,
        async () => (await readOrderRow(service, orderId)).state === 'ready',
        SOON_MS,
      );
      return (await readOrderRow(service, orderId)).maker === first.origin;
    },
    SOON_MS,
  );
  await eventually(
    'the circuit of the first is closed',
    async () => {
      const row = await service.db
        .selectFrom('factories')
        .select('opened_at')
        .where('origin', '=', first.origin)
        .executeTakeFirstOrThrow();
      return row.opened_at === null;
    },
    SOON_MS,
  );
}, 60_000);

it('a pizza of either factory verifies, one of neither does not', async () => {
  const ids = [await orderOne()];
  await readyFrom(ids[0] ?? 0, first);
  await first.setFault('unreachable');
  const others = await Promise.all(Array.from({ length: 6 }, orderOne));
  for (const orderId of others) await readyFrom(orderId, second);
  for (const orderId of [...ids, ...others]) {
    const { jwt } = await readOrderRow(service, orderId);
    await service.http.post('/api/order/verify').send({ jwt }).expect(200);
  }
  const { jwt } = await readOrderRow(service, others[0] ?? 0);
  await service.http
    .post('/api/order/verify')
    .send({ jwt: `${jwt?.slice(0, -4)}AAAA` })
    .expect(403);
}, 60_000);
