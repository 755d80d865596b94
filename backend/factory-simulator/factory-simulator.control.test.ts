import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import request from 'supertest';
import { createChaos } from './chaos.ts';
import { isLoopbackAddress, isLoopbackHost } from './control-guard.ts';
import { createApp } from './create-app.ts';
import { createJournal } from './journal.ts';
import { createOpenLines } from './open-lines.ts';
import { createPizzaOven } from './pizza-oven.ts';
import { makeSigningKey } from './signing-key.ts';
import { type Simulator, startSimulator } from './start-simulator.ts';
import { API_KEY, createTestVendor } from './test-vendor.ts';
import { createVendors } from './vendors.ts';
import { createWaitingRoom } from './waiting-room.ts';

const signingKey = await makeSigningKey();
let simulator: Simulator;
let vendor: ReturnType<typeof createTestVendor>;

beforeAll(async () => {
  simulator = await startSimulator({ apiKeys: [API_KEY], signingKey });
  vendor = createTestVendor(simulator.origin);
});
beforeEach(() => vendor.reset());
afterAll(() => simulator.close());

const CONTROLS = [
  ['PUT', '/api/vendor/chaos/fail'],
  ['GET', '/api/simulator/journal'],
  ['POST', '/api/simulator/reset'],
] as const;

it('a chosen mode is answered with its options as they were given', async () => {
  expect((await vendor.switchTo('fail')).body).toEqual({ chaos: 'fail' });
  const options = {
    delayMs: 5,
    rate: 0.25,
    durationMs: 9,
    reportWorks: false,
    reportUrlShape: 'query',
  } as const;
  expect((await vendor.switchTo('throttle', options)).body).toEqual({ chaos: 'throttle', ...options });
  expect((await vendor.switchTo('none')).body).toEqual({ chaos: 'none' });
});

it('a mode can be chosen without any body', async () => {
  await vendor.api.put('/api/vendor/chaos/error').expect(200, { chaos: 'error' });
  await fetch(`${simulator.origin}/api/vendor/chaos/error`, { method: 'PUT', body: '' });
  await vendor.order().expect(500);
});

it.each([
  ['mayhem', {}, 'unknown chaos type; there are none, fail, badjwt'],
  ['FAIL', {}, 'unknown chaos type'],
  ['fail', { delay: 3 }, '"delay"'],
  ['fail', { delayMs: -1 }, 'delayMs'],
  ['fail', { delayMs: 1.5 }, 'delayMs'],
  ['fail', { delayMs: '10' }, 'delayMs'],
  ['fail', { delayMs: 600_001 }, 'delayMs'],
  ['flaky', { rate: 1.1 }, 'rate'],
  ['flaky', { rate: -0.1 }, 'rate'],
  ['fail', { durationMs: 0 }, 'durationMs'],
  ['fail', { reportWorks: 'no' }, 'reportWorks'],
  ['fail', { reportUrlShape: 'round' }, 'reportUrlShape'],
  ['fail', [], 'expected object'],
  ['none', { delayMs: 1 }, 'none takes no options'],
  ['fail', { delayMs: -1, rate: 2 }, 'rate'],
])(
  'choosing %s with %j is refused with 400 that says why, and changes nothing',
  async (type, options, reason) => {
    await vendor.switchTo('busy');
    const { body } = await vendor.api.put(`/api/vendor/chaos/${type}`).send(options).expect(400);
    expect(body.message).toContain(reason);
    await vendor.order().expect(429);
  },
);

it('options in another format than JSON are refused instead of ignored', async () => {
  const answer = await vendor.api.put('/api/vendor/chaos/fail').type('form').send('delayMs=5').expect(400);
  expect(answer.body.message).toContain('application/json');
  await vendor.api
    .put('/api/vendor/chaos/fail')
    .type('json')
    .send('{')
    .expect(400, { message: 'malformed JSON' });
  await vendor.order().expect(200);
});

it('unknown control routes are 404, unreachable or not', async () => {
  await vendor.switchTo('unreachable');
  await vendor.api.get('/api/simulator/nothing').expect(404, { message: 'unknown endpoint' });
  await vendor.api.get('/api/vendor/chaos/fail').expect(404);
});

it.each(CONTROLS)('%s %s answers nobody but this machine', async (method, path) => {
  const lines = createOpenLines();
  const app = createApp(
    {
      vendors: createVendors([API_KEY]),
      oven: await createPizzaOven(signingKey, 'localhost'),
      chaos: createChaos(),
      journal: createJournal(),
      waitingRoom: createWaitingRoom(),
      lines,
      itemLimitDelayMs: 0,
    },
    () => {},
  );
  const server = createServer(app).on('connection', (socket) => {
    Object.defineProperty(socket, 'remoteAddress', { value: '203.0.113.9' });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = await fetch(origin + path, { method });
  expect([answer.status, await answer.json()]).toEqual([403, { message: 'forbidden' }]);
  await request(origin).get('/.well-known/jwks.json').expect(200);
  server.close();
  server.closeAllConnections();
});

it.each(
  CONTROLS.flatMap(([method, path]) =>
    [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: 'http://localhost:3000' },
      { Host: 'rebound.example' },
      { Host: 'localhost.evil.example:3001' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'X-Forwarded-For': '203.0.113.9' },
      { Forwarded: 'for=203.0.113.9' },
    ].map((headers) => [method, path, headers] as const),
  ),
)('%s %s with %j is refused with 403 and changes nothing', async (method, path, headers) => {
  await vendor.switchTo('error');
  await vendor.order().expect(500);
  const verb = { GET: 'get', PUT: 'put', POST: 'post' } as const;
  await vendor.api[verb[method]](path).set(headers).expect(403, { message: 'forbidden' });
  await vendor.order().expect(500, { message: 'the oven went out' });
  expect((await vendor.journal()).calls).toHaveLength(2);
});

it.each(['localhost', 'LOCALHOST:3001', '127.0.0.1:3001', '[::1]:3001'])(
  'Host %s is this machine',
  (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  },
);

it.each(['', undefined, 'example.com', '10.0.0.1', 'localhost.', 'a b', '[::2]'])(
  'Host %s is not',
  (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  },
);

it('the loopback is known in every notation, and nothing else passes for it', () => {
  const own = ['127.0.0.1', '127.9.8.7', '::1', '::ffff:127.0.0.1'];
  const foreign = ['10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '0.0.0.0', 'localhost', '', undefined];
  expect(own.filter((address) => !isLoopbackAddress(address))).toEqual([]);
  expect(foreign.filter(isLoopbackAddress)).toEqual([]);
});

it('the journal names every call with kind, order and status in the order they came', async () => {
  const { jwt } = (await vendor.order({ id: 1 })).body;
  await vendor.probe();
  await vendor.verify(jwt);
  await vendor.verify('x');
  await vendor.api.get('/.well-known/jwks.json');
  await vendor.api.get(`/api/report?apiKey=${API_KEY}&fixCode=x`);
  await vendor.api.get(`/api/support/${API_KEY}/report/x`);
  await vendor.api.get('/api/nothing');
  const { calls, pizzas } = await vendor.journal();
  expect(calls.map(({ kind, orderId, status }) => [kind, orderId, status])).toEqual([
    ['order', 1, 200],
    ['probe', null, 400],
    ['verify', 1, 200],
    ['verify', null, 403],
    ['jwks', null, 200],
    ['report', null, 400],
    ['report', null, 400],
  ]);
  expect(pizzas).toEqual([{ at: expect.any(String), orderId: 1, jwt }]);
  for (const { at } of [...calls, ...pizzas]) expect(new Date(at).toISOString()).toBe(at);
});

it('the journal holds no API key', async () => {
  await vendor.switchTo('fail');
  await vendor.order();
  await vendor.api.get(`/api/support/${API_KEY}/report/x`);
  expect(JSON.stringify(await vendor.journal())).not.toContain(API_KEY);
});

it('since leaves out what came before that time, in any zone, and keeps what came at it', async () => {
  await vendor.order({ id: 1 });
  const past = (await vendor.journal()).pizzas[0]?.at as string;
  while (new Date().toISOString() === past);
  await vendor.order({ id: 2 });
  const second = (await vendor.journal()).calls[1]?.at as string;
  const inDenver = new Date(Date.parse(second) - 7 * 3_600_000).toISOString().replace('Z', '-07:00');
  for (const since of [second, inDenver]) {
    const { calls, pizzas } = await vendor.journal(since);
    expect(calls.map(({ orderId }) => orderId)).toEqual([2]);
    expect(pizzas.map(({ orderId }) => orderId)).toEqual([2]);
  }
  expect((await vendor.journal('2020-01-01')).calls).toHaveLength(2);
  expect(await vendor.journal('2999-01-01T00:00:00Z')).toEqual({ calls: [], pizzas: [] });
});

it.each(['since=', 'since=yesterday', 'since=2025-13-01', 'since=2025-04-08T14:10', 'since=1&since=2'])(
  'a journal asked for with %s is refused with 400 that says what a time looks like',
  async (query) => {
    const { body } = await vendor.api.get(`/api/simulator/journal?${query}`).expect(400);
    expect(body.message).toContain('ISO 8601');
  },
);

it('reset ends the fault and empties the journal', async () => {
  await vendor.switchTo('unreachable');
  await expect(vendor.order()).rejects.toThrow();
  expect((await vendor.reset()).body).toEqual({ message: 'reset' });
  expect(await vendor.journal()).toEqual({ calls: [], pizzas: [] });
  await vendor.order().expect(200);
});

it('reset answers a throttled call at once, and the new journal knows nothing of its pizza', async () => {
  await vendor.switchTo('throttle');
  const throttled = vendor.order({ id: 8 }).then(({ body }) => body);
  await vendor.journalSays(({ calls }) => calls[0]?.orderId === 8);
  await vendor.reset();
  const { jwt, reportUrl } = await throttled;
  expect(reportUrl).toMatch(/^https:/);
  expect(await vendor.journal()).toEqual({ calls: [], pizzas: [] });
  await vendor.verify(jwt).expect(200);
});

it('reset refuses an order of too many pizzas at once', async () => {
  const tooMany = vendor.order({ items: 21 }).then(({ status }) => status);
  await vendor.journalSays(({ calls }) => calls[0]?.orderId === 1);
  await vendor.reset();
  expect(await tooMany).toBe(503);
});
