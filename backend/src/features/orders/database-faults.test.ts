import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { COMMIT, type DatabaseProxy, startDatabaseProxy } from '../../../drill/database-proxy.ts';
import { anOrderRequest, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { inTheOven, UNTIL_RESET } from '../../../test/support/order-flow.ts';
import { readAttempts, readHistory } from '../../../test/support/order-rows.ts';
import { expectProblem } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const SOON_MS = 20_000;
const PATIENCE_SECONDS = 2;

// The first node reaches the database directly and only looks; the orders go through one whose line can break.
let onlooker: TestService;
let proxy: DatabaseProxy;
let service: TestService;
let diner: LoggedIn;
beforeAll(async () => {
  onlooker = await startTestService({ isWorkerRunning: false });
});
beforeEach(async () => {
  diner = await aUser(onlooker);
  proxy = await startDatabaseProxy(onlooker.config.databaseUrl);
  service = await startTestService({
    besides: onlooker,
    // Its worker starts when the COMMIT of the order is lost, because renewing leases has a COMMIT of its own.
    isWorkerRunning: false,
    settings: { DATABASE_URL: proxy.url, ORDER_SYNC_BUDGET_SECONDS: String(PATIENCE_SECONDS) },
  });
});
afterEach(async () => {
  await onlooker.factory.reset();
  await service.stop();
  await proxy.close();
});
afterAll(() => onlooker.stop());

const ordersOf = ({ id }: LoggedIn) =>
  onlooker.db.selectFrom('orders').selectAll().where('diner_id', '=', id).execute();
const keysOf = ({ id }: LoggedIn) =>
  onlooker.db.selectFrom('idempotency_keys').selectAll().where('diner_id', '=', id).execute();
const bakedFor = async (orderId: number): Promise<number> =>
  (await onlooker.factory.journal()).pizzas.filter((pizza) => pizza.orderId === orderId).length;
const isReady = (orderId: number) => async () =>
  (await ordersOf(diner)).some(({ id, state }) => id === orderId && state === 'ready');

/** Gets everything ready, so that the only COMMIT from now on is the order's. */
async function prepare(headers: Record<string, string> = {}) {
  const request = await anOrderRequest(onlooker);
  await service.http.get('/api/user/me').set(diner.bearer).expect(200);
  return () =>
    service.http
      .post('/api/order')
      .set({ ...diner.bearer, ...headers })
      .send(request);
}

/** Starts a request at once; supertest sends nothing before somebody waits for it. */
const sent = <T>(request: PromiseLike<T>): Promise<T> => Promise.resolve(request);

const WITH_KEY = { 'idempotency-key': 'a-key-that-survives' };
const CLIENTS = [
  { client: 'plain client', headers: {} },
  { client: 'client with a key', headers: WITH_KEY },
];

describe('an order whose COMMIT was never answered', () => {
  it.each(CLIENTS)(
    'is found by its key: a $client gets its pizza, and there is one order',
    async ({ headers }) => {
      const send = await prepare(headers);
      proxy.swallowNext({ statement: COMMIT, lose: 'answer', aftermath: 'reset' });
      const answer = await send();
      expect({ swallowed: proxy.swallowed(), status: answer.status }).toEqual({ swallowed: 1, status: 200 });
      expect(answer.body.jwt).toMatch(/^ey/);
      expect(await ordersOf(diner)).toMatchObject([{ id: answer.body.order.id, state: 'ready' }]);
      expect(await bakedFor(answer.body.order.id)).toBe(1);
    },
  );

  it.each(CLIENTS)('and was never stored is refused, and a $client may repeat it', async ({ headers }) => {
    const send = await prepare(headers);
    proxy.swallowNext({ statement: COMMIT, lose: 'statement', aftermath: 'reset' });
    const refused = await send();
    expectProblem(refused, 'unavailable');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(await ordersOf(diner)).toEqual([]);
    const again = await send();
    expect(again.status).toBe(200);
    expect(again.headers['idempotency-replayed']).toBeUndefined();
    expect(await ordersOf(diner)).toMatchObject([{ id: again.body.order.id, state: 'ready' }]);
  });

  it('and was not stored can never be stored later: a plain client’s key is spent', async () => {
    const send = await prepare();
    proxy.swallowNext({ statement: COMMIT, lose: 'statement', aftermath: 'reset' });
    expectProblem(await send(), 'unavailable');
    const [key, ...others] = await keysOf(diner);
    expect(others).toEqual([]);
    expect(key).toMatchObject({ order_id: null });
    const late = onlooker.db
      .insertInto('idempotency_keys')
      .values({ diner_id: diner.id, idempotency_key: key?.idempotency_key ?? '', body_hash: 'x'.repeat(64) });
    await expect(late.execute()).rejects.toMatchObject({ errno: 1062 });
  });

  it('while its first transaction hangs is settled once the hanging has ended', async () => {
    const send = await prepare();
    proxy.swallowNext({ statement: COMMIT, lose: 'statement', aftermath: 'silence' });
    expectProblem(await send(), 'unavailable');
    expect(await ordersOf(diner)).toEqual([]);
  });

  it('and whose database stays away is told as unknown, without an invitation to repeat it', async () => {
    const send = await prepare();
    proxy.swallowNext({ statement: COMMIT, lose: 'answer', aftermath: 'cut' });
    const answer = await send();
    const problem = expectProblem(answer, 'outcome_unknown');
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBeUndefined();
    expect(problem.message).toContain('GET /api/order');
    service.worker.start();
    proxy.restore();
    const [order] = await ordersOf(diner);
    await eventually('it is made', isReady(order?.id ?? 0), SOON_MS);
    expect(await bakedFor(order?.id ?? 0)).toBe(1);
  });

  it('and whose database stays away is made once, and the same key answers it', async () => {
    const send = await prepare({ ...WITH_KEY, prefer: 'respond-async' });
    proxy.swallowNext({ statement: COMMIT, lose: 'answer', aftermath: 'cut' });
    expectProblem(await send(), 'outcome_unknown');
    service.worker.start();
    proxy.restore();
    const again = await eventually(
      'the same request is answered',
      async () => {
        const answer = await send();
        return answer.status === 200 ? answer : undefined;
      },
      SOON_MS,
    );
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await ordersOf(diner)).toMatchObject([{ id: again.body.order.id, state: 'ready' }]);
    expect(await bakedFor(again.body.order.id)).toBe(1);
  });

  it('and whose node must stop is told as unknown at once', async () => {
    const send = await prepare();
    proxy.swallowNext({ statement: COMMIT, lose: 'answer', aftermath: 'cut' });
    const answer = sent(send());
    await proxy.whenSwallowed();
    service.beginShutdown();
    expectProblem(await answer, 'outcome_unknown');
    // What was stored is there for the next node.
    proxy.restore();
    expect(await ordersOf(diner)).toMatchObject([{ state: 'making' }]);
  });

  it('touches no order of another diner that was given the same number meanwhile', async () => {
    const send = await prepare();
    proxy.swallowNext({ statement: COMMIT, lose: 'statement', aftermath: 'cut' });
    const answer = sent(send());
    await proxy.whenSwallowed();
    // A server that crashed hands the numbers of what was not stored out again; this one has forgotten just now.
    const { last } = await onlooker.db
      .selectFrom('orders')
      .select((eb) => eb.fn.coalesce(eb.fn.max('id'), eb.lit(0)).as('last'))
      .executeTakeFirstOrThrow();
    await sql`alter table orders auto_increment = ${sql.lit(Number(last) + 1)}`.execute(onlooker.db);
    const other = await aUser(onlooker);
    const request = await anOrderRequest(onlooker);
    proxy.restore();
    // By the same node, so that neither the number nor the node tells the two apart.
    const placed = await service.http.post('/api/order').set(other.bearer).send(request).expect(200);
    expectProblem(await answer, 'unavailable');
    expect(await ordersOf(diner)).toEqual([]);
    expect(await ordersOf(other)).toMatchObject([{ id: placed.body.order.id, state: 'ready' }]);
    expect((await readHistory(onlooker, placed.body.order.id)).map(({ to }) => to)).toEqual([
      'making',
      'ready',
    ]);
  });
});

describe('a database that goes away after an order was stored', () => {
  const inTheOvenNow = () =>
    eventually(
      'the order is being made',
      async () => {
        const [order] = await ordersOf(diner);
        if (order) await inTheOven(onlooker, order.id);
        return order?.id;
      },
      SOON_MS,
    );

  it('and stays away leaves the acceptance as it is: a plain client is told 202 and where to look', async () => {
    const send = await prepare();
    await onlooker.factory.setFault('slow', UNTIL_RESET);
    const answer = sent(send());
    const orderId = await inTheOvenNow();
    proxy.cut();
    const { status, body, headers } = await answer;
    expect({ status, body }).toEqual({ status: 202, body: { order: { id: orderId, status: 'making' } } });
    expect(headers.location).toBe(`/api/order/${orderId}`);
    expect(headers['retry-after']).toBeUndefined();
    await onlooker.factory.reset();
    proxy.restore();
    await eventually('it is made', isReady(orderId), SOON_MS);
    expect(await readAttempts(onlooker, orderId)).toHaveLength(1);
    expect(await ordersOf(diner)).toHaveLength(1);
  });

  it.each(CLIENTS)('and comes back in time is not noticed by a $client', async ({ headers }) => {
    const send = await prepare(headers);
    await onlooker.factory.setFault('slow', UNTIL_RESET);
    const answer = sent(send());
    const orderId = await inTheOvenNow();
    proxy.cut();
    await onlooker.factory.reset();
    proxy.restore();
    const { status, body } = await answer;
    expect({ status, id: body.order.id }).toEqual({ status: 200, id: orderId });
    expect(await readAttempts(onlooker, orderId)).toHaveLength(1);
  });

  it('and comes back cannot make a plain client’s failure untrue: told failed is failed', async () => {
    const send = await prepare();
    await onlooker.factory.setFault('slow', UNTIL_RESET);
    const answer = sent(send());
    const orderId = await inTheOvenNow();
    proxy.reset();
    expect((await answer).status).toBe(500);
    expect(await ordersOf(diner)).toMatchObject([{ id: orderId, state: 'failed' }]);
  });
});

describe('a database that refuses to work', () => {
  // 1290 and 1836: read-only after a fail-over. 1040: too many connections. 1047: a cluster's minority. 1021: its disk
  // is full. 3100: a group without a majority. A trigger says what the server would.
  const REFUSALS = [1021, 1040, 1047, 1053, 1114, 1203, 1226, 1290, 1792, 1836, 3024, 3100];
  const refuseWith = (table: string, errno: number) =>
    sql`create trigger refusing before insert on ${sql.table(table)} for each row
      signal sqlstate 'HY000' set mysql_errno = ${sql.lit(errno)}`.execute(onlooker.db);
  const workAgain = () => sql`drop trigger if exists refusing`.execute(onlooker.db);
  afterEach(() => workAgain());

  it.each(REFUSALS)('with fault %i answers 503 with Retry-After, and stores nothing', async (errno) => {
    const send = await prepare();
    await refuseWith('orders', errno);
    const answer = await send();
    expectProblem(answer, 'unavailable');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(await ordersOf(diner)).toEqual([]);
    expect(await keysOf(diner)).toEqual([]);
  });

  it('while a pizza is in hand gets it as soon as it works again: nothing is baked twice', async () => {
    const send = await prepare({ prefer: 'respond-async, wait=0' });
    await refuseWith('factory_attempts', 1290);
    const accepted = await send();
    expect(accepted.status).toBe(202);
    const orderId = accepted.body.order.id as number;
    await eventually('it is baked', async () => (await bakedFor(orderId)) === 1, SOON_MS);
    await eventually(
      'it could not be stored',
      () => service.logLines().some(({ message }) => message === 'an attempt could not be stored yet'),
      SOON_MS,
    );
    await workAgain();
    await eventually('it is stored', isReady(orderId), SOON_MS);
    expect(await bakedFor(orderId)).toBe(1);
  });
});

describe('two requests with one key and different bodies', () => {
  it('while the database is away store nothing; afterwards the first one binds the key', async () => {
    const first = await prepare(WITH_KEY);
    const body = await anOrderRequest(onlooker);
    const second = () =>
      service.http
        .post('/api/order')
        .set({ ...diner.bearer, ...WITH_KEY })
        .send({ ...body, items: [...body.items, ...body.items] });
    proxy.cut();
    for (const answer of await Promise.all([first(), second()])) expectProblem(answer, 'unavailable');
    proxy.restore();
    expect((await first()).status).toBe(200);
    expectProblem(await second(), 'key_reused');
    expect(await ordersOf(diner)).toHaveLength(1);
  });

  it('of which the first is in doubt are told apart: one order, of the body that was stored', async () => {
    const first = await prepare({ ...WITH_KEY, prefer: 'respond-async' });
    const body = await anOrderRequest(onlooker);
    proxy.swallowNext({ statement: COMMIT, lose: 'answer', aftermath: 'cut' });
    expectProblem(await first(), 'outcome_unknown');
    proxy.restore();
    const second = await service.http
      .post('/api/order')
      .set({ ...diner.bearer, ...WITH_KEY })
      .send({ ...body, items: [...body.items, ...body.items] });
    expectProblem(second, 'key_reused');
    expect(await ordersOf(diner)).toHaveLength(1);
  });
});

describe('a frozen database', () => {
  it('is answered for with 503 within 5 s, whatever is asked', async () => {
    const send = await prepare();
    proxy.freeze();
    const startedAt = performance.now();
    const answers = await Promise.all([
      send(),
      service.http.get('/api/order').set(diner.bearer),
      service.http.get('/api/order/menu'),
    ]);
    const tookMs = performance.now() - startedAt;
    for (const answer of answers) {
      expectProblem(answer, 'unavailable');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    // A law of the design and not a figure: it names the seconds.
    expect(tookMs).toBeLessThan(5_000);
    proxy.restore();
    expect((await send()).status).toBe(200);
  });
});
