import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aStoredOrder, aUser } from '../../../../test/support/builders.ts';
import { attemptEnded, expectHistory, placeOrder, sweepOnce } from '../../../../test/support/order-flow.ts';
import { readAttempts, readOrderRow } from '../../../../test/support/order-rows.ts';
import { type StandInFactory, startStandInFactory } from '../../../../test/support/stand-in-factory.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';

let service: TestService;
/** The same service with a factory that answers what no factory should. */
let odd: TestService;
let factory: StandInFactory;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, random: () => 0 });
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
  await service.stop();
});

it.each([400, 404, 422])('a %i fails the order at once: asking again cannot help', async (status) => {
  factory.answerWith({ status, body: { message: 'no such pizza' } });
  const { bearer, orderId } = await placeOrder(odd);
  expect(await attemptEnded(odd, orderId, 1)).toBe('failed');
  expect(await readOrderRow(odd, orderId)).toMatchObject({ reason: 'rejected', jwt: null });
  await expectHistory(odd, orderId, ['making', 'failed']);
  const { body } = await odd.http.get(`/api/order/${orderId}`).set(bearer);
  expect(body.order.reason).toBe('The factory cannot make this order.');
});

it.each([401, 403])(
  'a %i says that our key is wrong: the order waits as long as it takes, and never fails',
  async (status) => {
    factory.answerWith({ status });
    const { orderId } = await placeOrder(odd);
    await attemptEnded(odd, orderId, 1);
    const patience_since = new Date(Date.now() - 61 * 60 * 1000);
    await odd.db.updateTable('orders').set({ patience_since }).where('id', '=', orderId).execute();
    for (let attempt = 2; attempt <= 10; attempt += 1) expect(await sweepOnce(odd, orderId)).toBe('waiting');
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
  const { orderId } = await placeOrder(odd);
  expect(await attemptEnded(odd, orderId, 1)).toBe('waiting');
  expect(await readAttempts(odd, orderId)).toMatchObject([{ outcome: 'error', status: answer.status }]);
  expect(factory.calls.filter(({ path }) => path === '/elsewhere')).toEqual([]);
});

it('S33: a good answer without a pizza is a bad pizza', async () => {
  factory.answerWith({ status: 200, body: {} });
  const { orderId } = await placeOrder(odd);
  await attemptEnded(odd, orderId, 1);
  expect(await readAttempts(odd, orderId)).toMatchObject([{ outcome: 'bad_pizza', verdict: 'not_a_jws' }]);
});

it('S33: a pizza of another factory is none of ours, for an order and for verifying', async () => {
  const { orderId: made } = await placeOrder(service);
  expect(await attemptEnded(service, made, 1)).toBe('ready');
  const { jwt } = await readOrderRow(service, made);
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'another', alg: 'RS256', use: 'sig' }];
  factory.answerWith({ status: 200, body: { jwt, keys } });
  const { orderId } = await placeOrder(odd);
  expect(await attemptEnded(odd, orderId, 1)).toBe('waiting');
  expect(await readAttempts(odd, orderId)).toMatchObject([
    { outcome: 'bad_pizza', verdict: 'bad_signature' },
  ]);
  expect((await odd.http.post('/api/order/verify').send({ jwt })).status).toBe(403);
  expect((await service.http.post('/api/order/verify').send({ jwt })).status === 200).toBe(true);
});

it('S33: a pizza of our factory for another order is refused', async () => {
  const diner = await aUser(service);
  const [stolen, mine] = [
    await placeOrder(service),
    await aStoredOrder(service, { dinerId: diner.id, state: 'waiting' }),
  ];
  await attemptEnded(service, stolen.orderId, 1);
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
  expect(await sweepOnce(cheated, mine)).toBe('waiting');
  expect(await readAttempts(cheated, mine)).toMatchObject([{ outcome: 'bad_pizza', verdict: 'wrong_order' }]);
  await cheated.stop();
  await liar.close();
});

it('the factory is told who and what, with our key, and the price of our menu', async () => {
  factory.answerWith({ status: 500 });
  const { orderId } = await placeOrder(odd);
  await attemptEnded(odd, orderId, 1);
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
