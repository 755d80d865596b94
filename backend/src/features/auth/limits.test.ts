import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Response } from 'supertest';
import { fieldError } from '#contract/field-errors.ts';
import {
  aMenuItem,
  anOrderRequest,
  aStore,
  aStoredOrder,
  aUser,
  type LoggedIn,
} from '../../../test/support/builders.ts';
import { UNTIL_RESET } from '../../../test/support/order-flow.ts';
import { countOrderRows } from '../../../test/support/order-rows.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const WRONG = 'not the right one';
const HOUR_SECONDS = 3_600;
const SLOWEST_TRY_SECONDS = 60;

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
afterAll(() => service.stop());

const started: TestService[] = [];
afterEach(async () => {
  for (const node of started.splice(0)) await node.stop();
});

/** Another node on the same database. */
async function anotherNode(settings: Record<string, string>): Promise<TestService> {
  const node = await startTestService({ besides: service, isWorkerRunning: false, settings });
  started.push(node);
  return node;
}

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const tally = (answers: Response[]): Record<number, number> =>
  Object.fromEntries(
    [...new Set(answers.map(({ status }) => status))].map((status) => [
      status,
      answers.filter((answer) => answer.status === status).length,
    ]),
  );

describe('the limit of an account', () => {
  const attempt = (email: string, password = WRONG, at = service) =>
    at.http.put('/api/auth').send({ email, password });
  /** The wait that the account was given is over: every row is moved back by it. */
  const waitOver = () =>
    service.db.updateTable('log_in_tries').set({ blocked_until: sql<Date>`now(3)` }).execute();
  /** How long the account has to wait, by its row. It then waits an hour more, which no slow machine outlasts. */
  async function waitOf(email: string): Promise<number> {
    // Tests come from one address, from where whoever has an account has logged in.
    const key = createHash('sha256')
      .update(JSON.stringify(['address', email, '127.0.0.1']))
      .digest('hex');
    const { seconds } = await service.db
      .selectFrom('log_in_tries')
      .select(sql<number>`timestampdiff(second, updated_at, blocked_until)`.as('seconds'))
      .where('account_key', '=', key)
      .executeTakeFirstOrThrow();
    await service.db
      .updateTable('log_in_tries')
      .set({ blocked_until: sql<Date>`blocked_until + interval 1 hour` })
      .where('account_key', '=', key)
      .execute();
    return Number(seconds);
  }
  /** The answer tells what is left of this wait and the hour. */
  const expectLimited = (answer: Response, wait: number): void => {
    expectProblem(answer, 'too_many_requests');
    const told = Number(answer.headers['retry-after']);
    expect(told).toBeLessThanOrEqual(wait + HOUR_SECONDS);
    expect(told).toBeGreaterThan(wait + HOUR_SECONDS - SLOWEST_TRY_SECONDS);
  };

  it('S12: five tries are free, then each wrong one doubles the wait, up to 15 minutes', async () => {
    const { email } = await aUser(service);
    for (let free = 1; free <= 5; free += 1) expectProblem(await attempt(email), 'unknown_user');
    const waits = [];
    for (let more = 1; more <= 12; more += 1) {
      const wait = await waitOf(email);
      waits.push(wait);
      expectLimited(await attempt(email), wait);
      await waitOver();
      expectProblem(await attempt(email), 'unknown_user');
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  it('S12: a wait is for the right password, too, and for the address in any case', async () => {
    const { email, password } = await aUser(service);
    for (let free = 1; free <= 5; free += 1) await attempt(email);
    const wait = await waitOf(email);
    expect(wait).toBe(1);
    expectLimited(await attempt(email, password), wait);
    expectLimited(await attempt(` ${email.toUpperCase()} `, password), wait);
    await waitOver();
    await attempt(email, password).expect(200);
  });

  it('S12: a right password clears the count', async () => {
    const { email, password } = await aUser(service);
    for (let round = 1; round <= 3; round += 1) {
      for (let wrong = 1; wrong <= 4; wrong += 1) expectProblem(await attempt(email), 'unknown_user');
      await attempt(email, password).expect(200);
    }
  });

  it('S12: of thirty tries at the same time, over two nodes, five are looked at', async () => {
    const node = await anotherNode({});
    const { email } = await aUser(service);
    const beganAt = performance.now();
    const answers = await Promise.all(many(30, (index) => attempt(email, WRONG, index % 2 ? node : service)));
    const seconds = (performance.now() - beganAt) / 1_000;
    const looked = await service.db
      .selectFrom('log_in_tries')
      .select('tries')
      .orderBy('updated_at', 'desc')
      .executeTakeFirstOrThrow();
    // A try that is looked at is counted.
    expect(tally(answers)).toEqual({ 404: looked.tries, 429: 30 - looked.tries });
    // Waits of 1 s, 2 s, 4 s ... end while a slow machine answers all of them: one more is looked at after each.
    const waitsOver = Math.floor(Math.log2(seconds + 1));
    expect(looked.tries).toBeGreaterThanOrEqual(5);
    expect(looked.tries).toBeLessThanOrEqual(5 + waitsOver);
  });

  it('S11, S12: an address nobody has is limited alike, so that the limit tells nothing', async () => {
    const email = 'nobody.at.all@example.com';
    for (let free = 1; free <= 5; free += 1) expectProblem(await attempt(email), 'unknown_user');
    const wait = await waitOf(email);
    expect(wait).toBe(1);
    expectLimited(await attempt(email), wait);
  });

  it('S12: a limited account does not keep anybody else from logging in', async () => {
    const [limited, other] = [await aUser(service), await aUser(service)];
    for (let tries = 1; tries <= 7; tries += 1) await attempt(limited.email);
    await attempt(other.email, other.password).expect(200);
  });

  it('S9, S12: with more hashes waiting than 20 the next log-in is 503 with Retry-After, and a limited one 429 all the same', async () => {
    const slow = await anotherNode({ BCRYPT_COST: '11' });
    const { email } = await aUser(service);
    for (let tries = 1; tries <= 5; tries += 1) await attempt(email);
    await waitOf(email);
    const answers = many(34, (index) =>
      attempt(`flood.${index}@example.com`, WRONG, slow).then((answer) => answer),
    );
    await Promise.any(answers.map(async (answer) => expect((await answer).status).toBe(503)));
    // Counted before it is hashed: a limited try is told that it is limited, however full the queue is.
    expectProblem(await attempt(email, WRONG, slow), 'too_many_requests');
    const flood = await Promise.all(answers);
    const refused = flood.filter(({ status }) => status === 503);
    expect(tally(flood)[404]).toBeGreaterThanOrEqual(22);
    expect(refused.length + (tally(flood)[404] ?? 0)).toBe(34);
    for (const answer of refused) {
      expectProblem(answer, 'unavailable');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
  });
});

describe('the limit of an address', () => {
  let people = 0;
  const from = (at: TestService, address: string, verb: 'put' | 'post' = 'put') => {
    people += 1;
    const [name, email] = ['Ada', `ada.${people}@example.com`];
    return at.http[verb]('/api/auth').set('x-forwarded-for', address).send({ name, email, password: WRONG });
  };
  const forget = () => service.db.deleteFrom('address_windows').execute();
  beforeAll(forget);
  afterEach(forget);

  it('S12: 20 log-ins and registrations a minute, then 429 until the minute is over', async () => {
    const node = await anotherNode({ LOGIN_LIMIT_PER_MINUTE: '20', TRUST_PROXY: '1' });
    const address = '203.0.113.1';
    for (let pair = 1; pair <= 10; pair += 1) {
      await from(node, address, 'post').expect(200);
      expectProblem(await from(node, address), 'unknown_user');
    }
    for (const verb of ['put', 'post'] as const) {
      const refused = await from(node, address, verb);
      expectProblem(refused, 'too_many_requests');
      expect(Number(refused.headers['retry-after'])).toBe(60);
    }
    await from(node, '203.0.113.2', 'post').expect(200);
    const minuteOver = sql<Date>`window_start - interval 60 second`;
    await service.db.updateTable('address_windows').set({ window_start: minuteOver }).execute();
    await from(node, address, 'post').expect(200);
  });

  it('S12: of sixty log-ins at the same time, over two nodes, 20 are looked at', async () => {
    const settings = { LOGIN_LIMIT_PER_MINUTE: '20', TRUST_PROXY: '1' };
    const nodes = [await anotherNode(settings), await anotherNode(settings)] as const;
    const answers = await Promise.all(many(60, (index) => from(nodes[index % 2 ? 0 : 1], '203.0.113.3')));
    expect(tally(answers)[429]).toBe(40);
  });

  it.each([
    ['2001:db8:0:1::1', '2001:db8:0:1:ffff:ffff:ffff:ffff', true],
    ['2001:db8::1', '2001:db8:0:0:5::', true],
    ['2001:db8:0:1::1', '2001:db8:0:2::1', false],
    ['::ffff:203.0.113.4', '203.0.113.4', true],
    ['::ffff:203.0.113.4', '::ffff:203.0.113.5', false],
  ])('S12: %s and %s count as one: %p', async (one, other, isOne) => {
    const node = await anotherNode({ LOGIN_LIMIT_PER_MINUTE: '1', TRUST_PROXY: '1' });
    await from(node, one, 'post').expect(200);
    await from(node, other, 'post').expect(isOne ? 429 : 200);
  });

  it('S12: what a client claims in X-Forwarded-For is not believed without TRUST_PROXY', async () => {
    const node = await anotherNode({ LOGIN_LIMIT_PER_MINUTE: '3' });
    const answers = [];
    for (let address = 1; address <= 5; address += 1) answers.push(await from(node, `203.0.113.${address}`));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 429, 429]);
  });

  it('S12: with one trusted proxy what stands before its own entry is not believed', async () => {
    const node = await anotherNode({ LOGIN_LIMIT_PER_MINUTE: '1', TRUST_PROXY: '1' });
    await from(node, '198.51.100.1, 203.0.113.6', 'post').expect(200);
    await from(node, '198.51.100.2, 203.0.113.6', 'post').expect(429);
  });

  it.each([['x'.repeat(300)], ['\u00fcnknown'], ["'; drop table users; --"], ['unknown']])(
    'S26: an entry of a proxy that is no address is no fault of ours: %j',
    async (address) => {
      const node = await anotherNode({ LOGIN_LIMIT_PER_MINUTE: '1', TRUST_PROXY: '1' });
      await from(
        node,
        encodeURI(address) === address ? address : Buffer.from(address).toString('latin1'),
        'post',
      ).expect(200);
    },
  );

  it('S12: 0 is no limit', async () => {
    const node = await anotherNode({ LOGIN_LIMIT_PER_MINUTE: '0' });
    const answers = await Promise.all(many(18, () => from(node, '203.0.113.7')));
    expect(tally(answers)).toEqual({ 404: 18 });
    expect(await service.db.selectFrom('address_windows').selectAll().execute()).toEqual([]);
  });
});

describe('the limits of orders', () => {
  const order = (at: TestService, diner: LoggedIn, request: object, headers: Record<string, string> = {}) =>
    at.http
      .post('/api/order')
      .set({ ...diner.bearer, prefer: 'respond-async, wait=0', ...headers })
      .send(request);
  async function placedBefore(dinerId: number, count: number, state: 'ready' | 'waiting'): Promise<void> {
    const store = await aStore(service);
    for (let made = 1; made <= count; made += 1) await aStoredOrder(service, { dinerId, state, store });
  }

  it('S25: of 30 requests of one diner at the same time exactly 10 are taken while none is ready', async () => {
    const node = await anotherNode({ OPEN_ORDER_LIMIT: '10' });
    const [diner, request] = [await aUser(service), await anOrderRequest(service)];
    await service.factory.setFault('slow', UNTIL_RESET);
    const before = (await countOrderRows(service)).orders ?? 0;
    const answers = await Promise.all(many(30, () => order(node, diner, request)));
    await service.factory.reset();
    expect(tally(answers)).toEqual({ 202: 10, 429: 20 });
    expect((await countOrderRows(service)).orders).toBe(before + 10);
    const refused = answers.find(({ status }) => status === 429);
    if (refused) expect(expectProblem(refused, 'too_many_requests').message).toMatch(/^10 of your orders/);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('S25: of 30 requests at the same time only as many are taken as the hour has left of 60', async () => {
    const node = await anotherNode({ ORDER_LIMIT_PER_HOUR: '60' });
    const [diner, request] = [await aUser(service), await anOrderRequest(service)];
    await placedBefore(diner.id, 57, 'ready');
    const answers = await Promise.all(many(30, () => order(node, diner, request)));
    expect(tally(answers)[429]).toBe(27);
    // An hour later they do not count any more.
    const anHourAgo = sql<Date>`placed_at - interval 1 hour`;
    await service.db
      .updateTable('orders')
      .set({ placed_at: anHourAgo })
      .where('diner_id', '=', diner.id)
      .execute();
    expect((await order(node, diner, request)).status).toBeLessThan(300);
  });

  it('S25: an order that is over frees its place, and a refused request takes none', async () => {
    const node = await anotherNode({ OPEN_ORDER_LIMIT: '1', ORDER_LIMIT_PER_HOUR: '3' });
    const [diner, request] = [await aUser(service), await anOrderRequest(service)];
    await placedBefore(diner.id, 1, 'waiting');
    expectProblem(await order(node, diner, request, { 'idempotency-key': 'limited' }), 'too_many_requests');
    const [open] = await service.db
      .selectFrom('orders')
      .select('id')
      .where('diner_id', '=', diner.id)
      .execute();
    await service.http.post(`/api/order/${open?.id}/cancel`).set(diner.bearer).expect(200);
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      expectProblem(await order(node, diner, { ...request, storeId: 2_000_000_000 }), 'invalid_input');
    }
    const taken = await order(node, diner, request, { 'idempotency-key': 'limited' });
    expect(taken.status).toBeLessThan(300);
  });

  it('S25: a diner at the limit does not keep another from ordering', async () => {
    const node = await anotherNode({ OPEN_ORDER_LIMIT: '1' });
    const [diner, other, request] = [
      await aUser(service),
      await aUser(service),
      await anOrderRequest(service),
    ];
    await placedBefore(diner.id, 1, 'waiting');
    expectProblem(await order(node, diner, request), 'too_many_requests');
    expect((await order(node, other, request)).status).toBeLessThan(300);
  });

  it('S25: failed orders that are tried again at the same time fill the limit of open ones, and not more', async () => {
    const node = await anotherNode({ OPEN_ORDER_LIMIT: '3' });
    const diner = await aUser(service);
    const ids = await Promise.all(
      many(6, () => aStoredOrder(service, { dinerId: diner.id, state: 'failed' })),
    );
    const answers = await Promise.all(
      ids.map((id) => node.http.post(`/api/order/${id}/retry`).set(diner.bearer)),
    );
    expect(tally(answers)).toEqual({ 200: 3, 429: 3 });
  });

  it('S25: 0 is no limit', async () => {
    const node = await anotherNode({ OPEN_ORDER_LIMIT: '0', ORDER_LIMIT_PER_HOUR: '0' });
    const diner = await aUser(service);
    const store = await aStore(service);
    const { id: menuId } = await aMenuItem(service);
    await placedBefore(diner.id, 61, 'waiting');
    const request = { franchiseId: store.franchiseId, storeId: store.id, items: [{ menuId }] };
    expect((await order(node, diner, request)).status).toBeLessThan(300);
  });
});

describe('the list of common passwords', () => {
  let people = 0;
  const register = (at: TestService, password: string) => {
    people += 1;
    return at.http.post('/api/auth').send({ name: 'Ada', email: `common.${people}@example.com`, password });
  };

  it.each(['password', 'PassWord', '12345678', 'qwertyuiop', 'iloveyou', 'password1'])(
    'S8: %s is on it and refused',
    async (password) => {
      const problem = expectProblem(await register(service, password), 'invalid_input');
      expect(problem.errors).toEqual([fieldError('password', 'common_password')]);
    },
  );

  it('S8: is not applied in a demo whose minimum is lower, for its old clients, but the minimum is', async () => {
    const demo = await anotherNode({ PASSWORD_MIN_LENGTH: '4' });
    for (const password of ['password', 'diner', 'abcd']) await register(demo, password).expect(200);
    expect(wrongFields(expectProblem(await register(demo, 'abc'), 'invalid_input'))).toEqual(['password']);
  });
});
