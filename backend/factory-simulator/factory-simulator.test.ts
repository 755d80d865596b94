import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { calculateJwkThumbprint, compactVerify, createRemoteJWKSet } from 'jose';
import { createPizzaOven, signPizza } from './pizza-oven.ts';
import { makeSigningKey } from './signing-key.ts';
import { type Simulator, startSimulator } from './start-simulator.ts';
import { API_KEY, createTestVendor, orderBody } from './test-vendor.ts';

const ISSUER = 'factory.example';
const SECOND_KEY = 'key-of-the-second-vendor';
const signingKey = await makeSigningKey();
let simulator: Simulator;
let vendor: ReturnType<typeof createTestVendor>;

beforeAll(async () => {
  simulator = await startSimulator({
    apiKeys: [API_KEY, SECOND_KEY],
    signingKey,
    issuer: ISSUER,
    itemLimitDelayMs: 40,
  });
  vendor = createTestVendor(simulator.origin);
});
beforeEach(() => vendor.reset());
afterAll(() => simulator.close());

it('an order of a known vendor is answered with a pizza that verifies against the JWKS and names the order', async () => {
  const { body } = await vendor.order({ id: 42, items: 20 }).expect(200);
  expect(Object.keys(body)).toEqual(['jwt']);

  const jwks = createRemoteJWKSet(new URL(`${simulator.origin}/.well-known/jwks.json`));
  const { payload } = await compactVerify(body.jwt, jwks, { algorithms: ['RS256'] });
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
    vendor: { id: 'jwt-pizza', name: 'JWT Pizza' },
    ...orderBody({ id: 42, items: 20 }),
  });
});

it('a pizza carries its times, key and issuer in the protected header and is good for a day', async () => {
  const earliestS = Math.floor(Date.now() / 1000);
  const { body } = await vendor.order();
  const header = JSON.parse(Buffer.from(body.jwt.split('.')[0], 'base64url').toString());
  const [key] = (await vendor.api.get('/.well-known/jwks.json')).body.keys;
  expect(header).toEqual({
    alg: 'RS256',
    kid: key.kid,
    iat: expect.any(Number),
    exp: header.iat + 86_400,
    iss: ISSUER,
  });
  expect(header.iat).toBeGreaterThanOrEqual(earliestS);
  expect(header.iat).toBeLessThanOrEqual(Date.now() / 1000);
});

it('the JWKS shows one RSA signature key of 2048 bits, named by its thumbprint, and nothing private', async () => {
  const { body } = await vendor.api.get('/.well-known/jwks.json').expect(200);
  expect(body.keys).toHaveLength(1);
  const [key] = body.keys;
  expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  expect(key).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig', kid: await calculateJwkThumbprint(key) });
  expect(Buffer.from(key.n, 'base64url')).toHaveLength(2048 / 8);
});

it('the same order sent twice makes two pizzas', async () => {
  await vendor.order({ id: 5 }).expect(200);
  await vendor.order({ id: 5 }).expect(200);
  expect((await vendor.journal()).pizzas.map(({ orderId }) => orderId)).toEqual([5, 5]);
});

it('each key bakes in the name of its own vendor', async () => {
  const { body } = await vendor.api
    .post('/api/order')
    .auth(SECOND_KEY, { type: 'bearer' })
    .send(orderBody())
    .expect(200);
  const { body: verdict } = await vendor.verify(body.jwt).expect(200);
  expect(verdict.payload.vendor).toEqual({ id: 'jwt-pizza-2', name: 'JWT Pizza 2' });
});

it('fields beyond the contract go into the pizza as they came', async () => {
  const body = orderBody();
  const order = { ...body.order, note: 'ring twice' };
  const { body: made } = await vendor.api
    .post('/api/order')
    .auth(API_KEY, { type: 'bearer' })
    .send({ ...body, order });
  expect((await vendor.verify(made.jwt)).body.payload.order).toEqual(order);
});

it.each([
  ['no key', {}],
  ['an unknown key', { Authorization: 'Bearer somebody-else' }],
  ['half a key', { Authorization: `Bearer ${API_KEY.slice(0, -1)}` }],
  ['the key in another scheme', { Authorization: `Basic ${API_KEY}` }],
  ['an empty key', { Authorization: 'Bearer ' }],
])('an order with %s is refused with 401 and bakes nothing', async (_case, headers) => {
  const { body } = await vendor.api.post('/api/order').set(headers).send(orderBody()).expect(401);
  expect(body).toEqual({ message: expect.any(String) });
  expect((await vendor.journal()).pizzas).toEqual([]);
});

it('an empty object as order is a probe: 400 with a message, and nothing is baked', async () => {
  const { body } = await vendor.probe().expect(400);
  expect(body).toEqual({ message: expect.any(String) });
  const { calls, pizzas } = await vendor.journal();
  expect(calls).toMatchObject([{ kind: 'probe', orderId: null, status: 400 }]);
  expect(pizzas).toEqual([]);
});

it.each([
  ['diner', { order: orderBody().order }],
  ['order', { diner: orderBody().diner }],
  ['diner.email', { ...orderBody(), diner: { id: 1, name: 'x' } }],
  ['order.id', { ...orderBody(), order: { ...orderBody().order, id: null } }],
  ['order.storeId', { ...orderBody(), order: { ...orderBody().order, storeId: {} } }],
  ['order.items', { ...orderBody(), order: { ...orderBody().order, items: 'Veggie' } }],
  [
    'order.items.0.price',
    { ...orderBody(), order: { ...orderBody().order, items: [{ menuId: 1, description: 'x', price: '1' }] } },
  ],
  ['expected object', [orderBody()]],
])('an order with a bad "%s" is refused with 400 that names it', async (name, body) => {
  const answer = await vendor.api.post('/api/order').auth(API_KEY, { type: 'bearer' }).send(body).expect(400);
  expect(answer.body.message).toContain(name);
  expect((await vendor.journal()).pizzas).toEqual([]);
});

it.each([0, 21])(
  'an order of %i pizzas is refused with 503 after its delay and bakes nothing',
  async (items) => {
    const startMs = performance.now();
    await vendor.order({ items }).expect(503);
    expect(performance.now() - startMs).toBeGreaterThan(35);
    expect((await vendor.journal()).pizzas).toEqual([]);
  },
);

it('an order of too many pizzas is kept waiting for far longer than a test when no delay is given', async () => {
  const usual = await startSimulator({ apiKeys: [API_KEY], signingKey });
  const caller = createTestVendor(usual.origin);
  const call = caller.orderByPhone({ items: 21 });
  await caller.journalSays(({ calls }) => calls[0]?.orderId === 1 && calls[0].status === null);
  await usual.close();
  expect(await call.ended).toBe('cut');
});

it('a pizza of this factory is verified as valid and shown', async () => {
  const { body } = await vendor.order({ id: 'A-1' });
  const { body: verdict } = await vendor.verify(body.jwt).expect(200);
  expect(verdict).toEqual({ message: 'valid', payload: expect.objectContaining(orderBody({ id: 'A-1' })) });
  expect((await vendor.journal()).calls.at(-1)).toMatchObject({
    kind: 'verify',
    orderId: 'A-1',
    status: 200,
  });
});

const pizza = { vendor: { id: 'x', name: 'x' }, ...orderBody() };
const ownStamp = (await createPizzaOven(signingKey, ISSUER)).stamp();
it.each([
  ['text', 'bad.jwt'],
  ['nothing', undefined],
  ['a number', 7],
  ['a list', ['a.b.c']],
  ['a pizza of another key', await signPizza(pizza, { ...ownStamp, key: await makeSigningKey() })],
  ['a pizza of another issuer', await signPizza(pizza, { ...ownStamp, issuer: 'elsewhere' })],
  ['a pizza past its time', await signPizza(pizza, { ...ownStamp, issuedAtS: ownStamp.issuedAtS - 86_401 })],
])('%s is verified as invalid', async (_case, jwt) => {
  expect((await vendor.verify(jwt).expect(403)).body).toEqual({ message: 'invalid' });
});

it('a pizza whose payload was changed is verified as invalid', async () => {
  const { body } = await vendor.order();
  const [header, , signature] = body.jwt.split('.');
  const payload = Buffer.from(JSON.stringify({ ...pizza, order: { id: 2 } })).toString('base64url');
  await vendor.verify([header, payload, signature].join('.')).expect(403);
});

it.each(['/api/order', '/api/order/verify'])(
  'a body of %s beyond 64 KiB is refused with 413',
  async (path) => {
    const answer = await vendor.api
      .post(path)
      .auth(API_KEY, { type: 'bearer' })
      .send({ jwt: 'A'.repeat(65_536) });
    expect(answer.status).toBe(413);
    expect(answer.body).toEqual({ message: 'payload too large' });
  },
);

it('malformed JSON is refused with 400 in JSON and journaled without an order', async () => {
  const answer = await vendor.api.post('/api/order').type('json').send('{"diner":');
  expect([answer.status, answer.body]).toEqual([400, { message: 'malformed JSON' }]);
  expect((await vendor.journal()).calls).toMatchObject([{ kind: 'order', orderId: null, status: 400 }]);
});

it('an order that is not declared as JSON counts as none: 400, and it is no probe', async () => {
  await vendor.api
    .post('/api/order')
    .auth(API_KEY, { type: 'bearer' })
    .type('text')
    .send(JSON.stringify(orderBody()))
    .expect(400);
  expect((await vendor.journal()).calls).toMatchObject([{ kind: 'order', status: 400 }]);
});

it('deeply nested JSON is answered in JSON without a word about the inside', async () => {
  const nested = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  const text = JSON.stringify(orderBody()).replace('"Kai Chen"', `"Kai Chen","deep":${nested}`);
  const answer = await vendor.api
    .post('/api/order')
    .auth(API_KEY, { type: 'bearer' })
    .type('json')
    .send(text);
  expect(Object.keys(answer.body)).toHaveLength(1);
  expect(answer.text).not.toMatch(/stack|at |\.ts/);
  await vendor.order().expect(200);
});

it.each([
  ['GET', '/'],
  ['GET', '/api/order'],
  ['DELETE', '/api/order'],
  ['GET', '/api/nothing/here'],
  ['POST', '/.well-known/jwks.json'],
  ['GET', '/api/support/only-a-key'],
])('%s %s is unknown: 404 in JSON', async (method, path) => {
  const answer = await fetch(simulator.origin + path, { method });
  expect([answer.status, await answer.json()]).toEqual([404, { message: 'unknown endpoint' }]);
  expect(answer.headers.get('x-powered-by')).toBeNull();
});

it('a path that cannot be decoded is refused with 400 in JSON', async () => {
  const answer = await vendor.api.get('/api/support/%E0%A4%A/report/x').expect(400);
  expect(answer.body).toEqual({ message: 'bad request' });
});
