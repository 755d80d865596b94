import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { compactVerify, createRemoteJWKSet } from 'jose';
import { holdPerformance } from '../test/support/fake-performance.ts';
import { createChaos } from './chaos.ts';
import { type ChaosType, usualDelayMs, usualRate } from './chaos-options.ts';
import { createApp } from './create-app.ts';
import { createJournal } from './journal.ts';
import { createOpenLines } from './open-lines.ts';
import { createPizzaOven } from './pizza-oven.ts';
import { makeSigningKey } from './signing-key.ts';
import { type Simulator, startSimulator } from './start-simulator.ts';
import { API_KEY, createTestVendor, orderBody } from './test-vendor.ts';
import { createVendors } from './vendors.ts';
import { createWaitingRoom } from './waiting-room.ts';

let simulator: Simulator;
let vendor: ReturnType<typeof createTestVendor>;

beforeAll(async () => {
  simulator = await startSimulator({ apiKeys: [API_KEY, 'a/b?c'], signingKey: await makeSigningKey() });
  vendor = createTestVendor(simulator.origin);
});
beforeEach(() => vendor.reset());
afterAll(() => simulator.close());

const CURABLE: ChaosType[] = ['fail', 'badjwt', 'throttle'];

it('fail refuses orders and probes alike with 500 and the way out, and bakes nothing', async () => {
  await vendor.switchTo('fail');
  for (const call of [vendor.order(), vendor.probe()]) {
    const { status, body } = await call;
    expect(status).toBe(500);
    expect(body).toEqual({ message: 'chaos monkey', reportUrl: expect.stringMatching(/^https:/) });
  }
  expect((await vendor.journal()).pizzas).toEqual([]);
});

it('a fault is not shown to a caller without a key', async () => {
  await vendor.switchTo('fail');
  const { body } = await vendor.api.post('/api/order').send({}).expect(401);
  expect(body).not.toHaveProperty('reportUrl');
});

it('the report URL is built from the Host header, always https and without the port', async () => {
  await vendor.switchTo('fail');
  const { body } = await vendor.order().set('Host', 'pizza-factory.example:8443');
  expect(body.reportUrl).toMatch(
    new RegExp(`^https://pizza-factory\\.example/api/support/${API_KEY}/report/[A-Za-z0-9_-]{1,64}$`),
  );
});

it('the report URL takes the query shape when told to', async () => {
  await vendor.switchTo('fail', { reportUrlShape: 'query' });
  const { body } = await vendor.order().set('Host', 'pizza-factory.example');
  expect(body.reportUrl).toMatch(
    new RegExp(
      `^https://pizza-factory\\.example/api/report\\?apiKey=${API_KEY}&fixCode=[A-Za-z0-9_-]{1,64}$`,
    ),
  );
});

it.each(['path', 'query'] as const)(
  'a key of odd characters survives the %s shape',
  async (reportUrlShape) => {
    await vendor.switchTo('fail', { reportUrlShape });
    const { body } = await vendor.api.post('/api/order').auth('a/b?c', { type: 'bearer' }).send(orderBody());
    await vendor.report(body.reportUrl).expect(200);
  },
);

it.each(CURABLE.flatMap((type) => (['path', 'query'] as const).map((shape) => [type, shape] as const)))(
  'a report ends %s by the %s shape at once, and its code works only once',
  async (type, reportUrlShape) => {
    await vendor.switchTo(type, { reportUrlShape, delayMs: 1 });
    const { reportUrl } = (await vendor.order()).body;
    expect((await vendor.report(reportUrl).expect(200)).body).toEqual({ message: expect.any(String) });
    const { body } = await vendor.order().expect(200);
    expect(body).toEqual({ jwt: expect.any(String) });
    await vendor.verify(body.jwt).expect(200);
    await vendor.report(reportUrl).expect(400);
  },
);

it('a report that does not work is thanked for and the fault stays', async () => {
  await vendor.switchTo('fail', { reportWorks: false });
  const { reportUrl } = (await vendor.order()).body;
  await vendor.report(reportUrl).expect(200);
  expect((await vendor.order().expect(500)).body.reportUrl).toBe(reportUrl);
});

it.each(['path', 'query'] as const)(
  'a wrong key or code in the %s shape ends nothing: 400',
  async (shape) => {
    await vendor.switchTo('fail', { reportUrlShape: shape });
    const { reportUrl } = (await vendor.order()).body;
    await vendor.report(reportUrl.replace(API_KEY, 'another-key')).expect(400);
    const { body } = await vendor.report(`${reportUrl}x`).expect(400);
    expect(body).toEqual({ message: expect.any(String) });
    await vendor.api.get('/api/report').expect(400);
    await vendor.api.get(`/api/report?apiKey=${API_KEY}&apiKey=${API_KEY}&fixCode=null`).expect(400);
    await vendor.order().expect(500);
  },
);

it('a fault that is switched on again has another code, and the old one is wrong', async () => {
  await vendor.switchTo('fail');
  const { reportUrl: old } = (await vendor.order()).body;
  await vendor.switchTo('fail');
  const { reportUrl } = (await vendor.order()).body;
  expect(reportUrl).not.toBe(old);
  await vendor.report(old).expect(400);
  await vendor.order().expect(500);
});

it('badjwt answers 200 with the way out and, by turns, five things that are no pizza of this order', async () => {
  await vendor.switchTo('badjwt');
  const jwks = createRemoteJWKSet(new URL(`${simulator.origin}/.well-known/jwks.json`));
  const findings: string[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    const { jwt, reportUrl } = (await vendor.order({ id: 10 }).expect(200)).body;
    expect(reportUrl).toMatch(/^https:/);
    findings.push(
      await compactVerify(jwt, jwks).then(
        ({ payload, protectedHeader }) =>
          (protectedHeader.exp as number) < Date.now() / 1000
            ? 'expired'
            : `order ${JSON.parse(new TextDecoder().decode(payload)).order.id}`,
        (error) => error.code,
      ),
    );
  }
  expect(findings).toEqual([
    'ERR_JWS_INVALID',
    'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    'order 11',
    'ERR_JOSE_NOT_SUPPORTED',
    'expired',
    'ERR_JWS_INVALID',
  ]);
  expect((await vendor.journal()).pizzas).toEqual([]);
});

it('badjwt answers a probe, too, with the way out', async () => {
  await vendor.switchTo('badjwt');
  for (let turn = 0; turn < 5; turn += 1) {
    expect((await vendor.probe().expect(200)).body).toEqual({
      jwt: expect.any(String),
      reportUrl: expect.any(String),
    });
  }
});

it('throttle answers a good pizza with the way out, after its delay', async () => {
  await vendor.switchTo('throttle', { delayMs: 60 });
  const startMs = performance.now();
  const { body } = await vendor.order().expect(200);
  expect(performance.now() - startMs).toBeGreaterThan(55);
  expect(body.reportUrl).toMatch(/^https:/);
  await vendor.verify(body.jwt).expect(200);
});

it('throttle makes a probe wait and then refuses it like any', async () => {
  await vendor.switchTo('throttle', { delayMs: 60 });
  const startMs = performance.now();
  expect((await vendor.probe().expect(400)).body).toEqual({ message: expect.any(String) });
  expect(performance.now() - startMs).toBeGreaterThan(55);
});

it('throttle and slow wait as long as the real factory unless told otherwise, the rest not at all', () => {
  expect([usualDelayMs('throttle'), usualDelayMs('slow'), usualDelayMs('fail')]).toEqual([32_000, 6_000, 0]);
  expect([usualRate('flaky'), usualRate('error')]).toEqual([0.3, 1]);
});

/** A simulator whose slow answers end when a test says so; a reset would end them, too, and empty the journal. */
async function startPatientSimulator() {
  const waitingRoom = createWaitingRoom();
  const app = createApp(
    {
      vendors: createVendors([API_KEY]),
      oven: await createPizzaOven(await makeSigningKey(), 'localhost'),
      chaos: createChaos(),
      journal: createJournal(),
      waitingRoom,
      lines: createOpenLines(),
      itemLimitDelayMs: 0,
    },
    () => {},
  );
  const server = createServer(app);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    caller: createTestVendor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    letGo: () => waitingRoom.letGo(),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

it('a throttled order whose caller hung up is journaled with status 0 and baked all the same', async () => {
  const { caller, letGo, close } = await startPatientSimulator();
  try {
    await caller.switchTo('throttle');
    const call = caller.orderByPhone({ id: 77 });
    await caller.journalSays(({ calls }) => calls[0]?.orderId === 77);
    call.hangUp();
    await caller.journalSays(({ calls }) => calls[0]?.status === 0);
    letGo();
    await caller.journalSays(({ pizzas }) => pizzas.length > 0);
    const { calls, pizzas } = await caller.journal();
    expect(pizzas).toEqual([{ at: expect.any(String), orderId: 77, jwt: expect.any(String) }]);
    expect(calls).toMatchObject([{ kind: 'order', orderId: 77, status: 0 }]);
    await caller.verify(pizzas[0]?.jwt).expect(200);
  } finally {
    close();
  }
});

it('a call that waits already keeps the fault it met when another mode is chosen', async () => {
  await vendor.switchTo('throttle');
  const early = vendor.order({ id: 1 }).then(({ body }) => body);
  await vendor.journalSays(({ calls }) => calls[0]?.orderId === 1);
  await vendor.switchTo('none');
  expect((await vendor.order({ id: 2 })).body).toEqual({ jwt: expect.any(String) });
  await vendor.reset();
  const late = await early;
  expect(late.reportUrl).toMatch(/^https:/);
  await vendor.report(late.reportUrl).expect(400);
});

it('error refuses orders and probes with 500 and no way out', async () => {
  await vendor.switchTo('error');
  expect((await vendor.order().expect(500)).body).toEqual({ message: expect.any(String) });
  expect((await vendor.probe().expect(500)).body).toEqual({ message: expect.any(String) });
});

it('busy refuses with 429 and 503 by turns, each with Retry-After and no way out', async () => {
  await vendor.switchTo('busy');
  const answers = [await vendor.order(), await vendor.order(), await vendor.order()];
  expect(answers.map(({ status }) => status)).toEqual([429, 503, 429]);
  for (const { headers, body } of answers) {
    expect(headers['retry-after']).toBe('1');
    expect(body).toEqual({ message: expect.any(String) });
  }
});

it('malformed answers by turns a page, broken JSON, JSON beyond 64 KiB and a page as 500', async () => {
  await vendor.switchTo('malformed');
  const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };
  const findings: string[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const answer = await fetch(`${simulator.origin}/api/order`, {
      method: 'POST',
      headers,
      body: JSON.stringify(orderBody()),
    });
    const text = await answer.text();
    const isTooLarge = text.length > 65_536;
    findings.push(`${answer.status} ${isTooLarge ? 'too large' : isJson(text) ? 'JSON' : 'no JSON'}`);
  }
  expect(findings).toEqual(['200 no JSON', '200 no JSON', '200 too large', '500 no JSON']);
  expect((await vendor.journal()).pizzas).toEqual([]);
});

it('slow answers a good pizza without a way out, after its delay', async () => {
  await vendor.switchTo('slow', { delayMs: 60 });
  const startMs = performance.now();
  const { body } = await vendor.order().expect(200);
  expect(performance.now() - startMs).toBeGreaterThan(55);
  expect(body).toEqual({ jwt: expect.any(String) });
});

it('flaky fails some calls without a way out and makes the others', async () => {
  await vendor.switchTo('flaky', { rate: 0.5 });
  const seen = new Set<number>();
  for (let call = 0; call < 64 && seen.size < 2; call += 1) {
    const { status, body } = await vendor.order();
    seen.add(status);
    expect(body).not.toHaveProperty('reportUrl');
  }
  expect([...seen].sort()).toEqual([200, 500]);
});

it.each([
  [0, 200],
  [1, 500],
])('a rate of %d decides every call: %i', async (rate, status) => {
  for (const type of ['flaky', 'error'] as const) {
    await vendor.switchTo(type, { rate });
    for (let call = 0; call < 5; call += 1) await vendor.order().expect(status);
  }
});

it('unreachable cuts every route of the factory, known or not, and leaves the control routes alone', async () => {
  await vendor.switchTo('unreachable');
  const { api } = vendor;
  const calls = [
    vendor.order({ id: 3 }),
    vendor.probe(),
    vendor.verify('x'),
    api.get('/.well-known/jwks.json'),
    api.get(`/api/report?apiKey=${API_KEY}&fixCode=x`),
    api.get(`/api/support/${API_KEY}/report/x`),
    api.post('/api/order').type('json').send('{"broken'),
    api.get('/api/nothing'),
    api.get('/api/support/%E0%A4%A/report/x'),
  ];
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'ECONNRESET' });
  const journal = await vendor.journal();
  expect(journal.calls.map(({ kind, orderId, status }) => [kind, orderId, status])).toEqual([
    ['order', 3, 0],
    ['probe', null, 0],
    ['verify', null, 0],
    ['jwks', null, 0],
    ['report', null, 0],
    ['report', null, 0],
    ['order', null, 0],
  ]);
  expect(journal.pizzas).toEqual([]);
  await vendor.switchTo('none');
  await vendor.order().expect(200);
});

it('unreachable cuts the calls that wait already', async () => {
  await vendor.switchTo('throttle');
  const call = vendor.orderByPhone();
  await vendor.journalSays(({ calls }) => calls.length === 1);
  await vendor.switchTo('unreachable');
  expect(await call.ended).toBe('cut');
  expect((await vendor.journal()).calls).toMatchObject([{ status: 0 }]);
});

it('a fault with a duration ends by itself, its code with it', async () => {
  holdPerformance();
  try {
    await vendor.switchTo('fail', { durationMs: 1000 });
    const { reportUrl } = (await vendor.order().expect(500)).body;
    jest.advanceTimersByTime(999);
    await vendor.order().expect(500);
    jest.advanceTimersByTime(1);
    await vendor.order().expect(200);
    await vendor.report(reportUrl).expect(400);
  } finally {
    jest.useRealTimers();
  }
});

it.each(['fail', 'error', 'busy', 'malformed', 'badjwt'] as const)(
  '%s waits, too, when given a delay',
  async (type) => {
    await vendor.switchTo(type, { delayMs: 40 });
    const startMs = performance.now();
    const call = vendor.orderByPhone();
    expect(await call.ended).toBe('answered');
    expect(performance.now() - startMs).toBeGreaterThan(35);
  },
);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
