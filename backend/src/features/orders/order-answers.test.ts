import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { anOrderRequest, aUser } from '../../../test/support/builders.ts';
import { eventually } from '../../../test/support/eventually.ts';
import {
  countOrderRows,
  historyIsPath,
  readAttempts,
  readHistory,
  readOrderRow,
} from '../../../test/support/order-rows.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { readPreference } from './prefer-header.ts';

const SOON_MS = 10_000;
const ASYNC = { prefer: 'respond-async, wait=0' };

let service: TestService;
/** A node on which a plain client is given up after a second; the other one lets three refusals happen first. */
let impatient: TestService;
beforeAll(async () => {
  // A fifth of the back-off: 0.2 s before the second attempt, 0.4 s before the third.
  service = await startTestService({ random: () => 0.2 });
  impatient = await startTestService({
    besides: service,
    settings: { ORDER_SYNC_BUDGET_SECONDS: '1' },
    isWorkerRunning: false,
  });
});
afterEach(() => service.factory.setFault('none'));
afterAll(async () => {
  await impatient.stop();
  await service.stop();
});

const place = (
  bearer: { authorization: string },
  body: object,
  headers: Record<string, string> = {},
  node = service,
): Promise<Response> =>
  node.http
    .post('/api/order')
    .set({ ...bearer, ...headers })
    .send(body)
    .then((answer) => answer);

const isIn = (orderId: number, state: string) =>
  eventually(
    `order ${orderId} is ${state}`,
    async () => (await readOrderRow(service, orderId)).state === state,
    SOON_MS,
  );

async function callsFor(orderId: number): Promise<number> {
  return (await service.factory.journal()).calls.filter((call) => call.orderId === orderId).length;
}

describe('a client that prefers to come back', () => {
  it('is answered 202 with the address of its order, which becomes ready there', async () => {
    const { bearer } = await aUser(service);
    await service.factory.setFault('throttle', { delayMs: 400 });
    const answer = await place(bearer, await anOrderRequest(service), ASYNC);
    expect(answer.status).toBe(202);
    const { id } = answer.body.order;
    expect(answer.body).toEqual({ order: expect.objectContaining({ id, status: 'making' }) });
    expect(answer.headers.location).toBe(`/api/order/${id}`);
    expect(answer.headers['preference-applied']).toBe('respond-async');
    await isIn(id, 'ready');
    const read = await service.http
      .get(answer.headers.location ?? '')
      .set(bearer)
      .expect(200);
    expect(read.body).toMatchObject({ order: { id, status: 'ready' }, jwt: expect.any(String) });
  });

  it('is answered 200 with its pizza when that comes within the wait', async () => {
    const { bearer } = await aUser(service);
    await service.factory.setFault('throttle', { delayMs: 200 });
    const answer = await place(bearer, await anOrderRequest(service), { prefer: 'respond-async, wait=10' });
    expect([answer.status, answer.body.order.status, typeof answer.body.jwt]).toEqual([
      200,
      'ready',
      'string',
    ]);
    expect(answer.headers.location).toBeUndefined();
  });

  it('is told why its order waits and which place in the line it has', async () => {
    const { bearer } = await aUser(service);
    await service.factory.setFault('unreachable');
    const { id } = (await place(bearer, await anOrderRequest(service), ASYNC)).body.order;
    await isIn(id, 'waiting');
    const waiting = await eventually(
      'it is seen waiting',
      async () => {
        const { body } = await service.http.get(`/api/order/${id}`).set(bearer);
        return body.order.status === 'waiting' && body.order;
      },
      SOON_MS,
    );
    expect(waiting).toMatchObject({
      reason: 'The factory cannot be reached. Your order is safe.',
      placeInLine: 1,
    });
    await service.factory.setFault('none');
    await isIn(id, 'ready');
  });

  it.each([
    ['nothing', undefined, false, 2000],
    ['respond-async', 'respond-async', true, 2000],
    ['respond-async with a wait', 'respond-async, wait=5', true, 5000],
    ['the two in the other order and case', 'WAIT=0 ,Respond-Async', true, 0],
    ['a quoted wait', 'respond-async, wait="3"', true, 3000],
    ['parameters behind', 'respond-async;foo=bar, wait=4; x', true, 4000],
    ['a wait beyond 10 s', 'respond-async, wait=999', true, 10_000],
    ['a wait that is negative', 'respond-async, wait=-5', true, 2000],
    ['a wait that is no number', 'respond-async, wait=soon', true, 2000],
    ['a wait of many digits', 'respond-async, wait=99999999999', true, 2000],
    ['an unknown preference', 'return=minimal', false, 2000],
    ['rubbish', ',;=,"', false, 2000],
  ])('Prefer of %s is read so', (_circumstance, header, isAsync, waitMs) => {
    expect(readPreference(header)).toEqual({ isAsync, waitMs });
  });

  it('a Prefer header that says nothing known is ignored: the client waits for its pizza', async () => {
    const { bearer } = await aUser(service);
    const answer = await place(bearer, await anOrderRequest(service), {
      prefer: 'wait=0, handling=lenient, ;;',
    });
    expect([answer.status, answer.body.order.status]).toEqual([200, 'ready']);
    expect(answer.headers['preference-applied']).toBeUndefined();
  });
});

describe('a client that waits for the truth', () => {
  async function expectFailed(answer: Response, reason: string): Promise<number> {
    const problem = expectProblem(answer, 'factory_failed');
    expect(problem).toMatchObject({ status: 500, message: 'Failed to fulfill order at factory' });
    const id = problem.order?.id ?? 0;
    expect(problem.order).toEqual({ id, status: 'failed' });
    expect(await readOrderRow(service, id)).toMatchObject({ state: 'failed', reason, jwt: null });
    expect(historyIsPath(await readHistory(service, id))).toBe(true);
    return id;
  }

  it('is told after 3 refusals that the order failed, and the factory is never asked for it again', async () => {
    const { bearer } = await aUser(service);
    await service.factory.setFault('fail', { reportWorks: false });
    const id = await expectFailed(await place(bearer, await anOrderRequest(service)), 'not_made_in_time');
    expect((await readAttempts(service, id)).map(({ outcome }) => outcome)).toEqual([
      'refused',
      'refused',
      'refused',
    ]);
    await service.factory.setFault('none');
    await service.worker.runOnce();
    expect(await callsFor(id)).toBe(3);
    expect((await service.http.get(`/api/order/${id}`).set(bearer)).body.order).toMatchObject({
      status: 'failed',
      reason: 'The factory could not make it in time. You were not charged.',
    });
  });

  it('is told within its budget that the order failed; the pizza that still arrives is discarded', async () => {
    const diner = await aUser(service);
    await service.factory.setFault('throttle', { delayMs: 3_000 });
    const body = await anOrderRequest(service);
    const id = await expectFailed(await place(diner.bearer, body, {}, impatient), 'not_made_in_time');
    const late = await eventually(
      'the late pizza was looked at',
      () =>
        impatient.logLines().find(({ message, orderId }) => message === 'factory attempt' && orderId === id),
      SOON_MS,
    );
    expect(late).toMatchObject({ outcome: 'made_slow', isDiscarded: true, state: 'failed' });
    expect((await service.factory.journal()).pizzas.map(({ orderId }) => orderId)).toContain(id);
    expect(await readOrderRow(service, id)).toMatchObject({ state: 'failed', jwt: null });
    expect(await readAttempts(service, id)).toMatchObject([{ outcome: 'made_slow' }]);
    const admin = await aUser(service, [{ role: 'admin' }]);
    const { franchises } = (await service.http.get('/api/franchise?limit=100').set(admin.bearer)).body;
    const stores = franchises.flatMap(({ stores: all }: { stores: { id: number }[] }) => all);
    expect(stores.find((store: { id: number }) => store.id === body.storeId)).toMatchObject({
      totalRevenue: 0,
    });
  });

  it('S26, S35: neither the failure nor the log of it tells the key of the factory', async () => {
    const { bearer } = await aUser(service);
    await service.factory.setFault('fail', { reportWorks: false });
    const answer = await place(bearer, await anOrderRequest(service));
    const rows = [
      await readOrderRow(service, answer.body.order.id),
      await readAttempts(service, answer.body.order.id),
    ];
    expect(answer.status).toBe(500);
    for (const text of [
      answer.text,
      JSON.stringify(answer.headers),
      JSON.stringify([...service.logLines(), ...impatient.logLines()]),
      JSON.stringify(rows),
    ]) {
      expect(text).not.toContain(service.factory.apiKey);
    }
  });
});

describe('the Idempotency-Key', () => {
  it('with the same body answers the same order and pizza, says so, and does not ask the factory again', async () => {
    const { bearer } = await aUser(service);
    const body = await anOrderRequest(service);
    const key = { 'idempotency-key': 'the-same' };
    const first = await place(bearer, body, key);
    const second = await place(bearer, body, key);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(await callsFor(first.body.order.id)).toBe(1);
  });

  it('of an order that is still being made answers it as it stands', async () => {
    const { bearer } = await aUser(service);
    const body = await anOrderRequest(service);
    await service.factory.setFault('throttle', { delayMs: 700 });
    const headers = { 'idempotency-key': 'still-making', ...ASYNC };
    const first = await place(bearer, body, headers);
    const second = await place(bearer, body, headers);
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.body.order.id).toBe(first.body.order.id);
    await isIn(first.body.order.id, 'ready');
    const third = await place(bearer, body, headers);
    expect([third.status, third.body.order.id]).toEqual([200, first.body.order.id]);
    expect(await callsFor(first.body.order.id)).toBe(1);
  });

  it('of an order that failed answers the failure again, and does not try it again', async () => {
    const { bearer } = await aUser(service);
    const body = await anOrderRequest(service);
    await service.factory.setFault('fail', { reportWorks: false });
    const key = { 'idempotency-key': 'failed-once' };
    const first = expectProblem(await place(bearer, body, key), 'factory_failed');
    await service.factory.setFault('none');
    const answer = await place(bearer, body, key);
    expect(expectProblem(answer, 'factory_failed').order).toEqual(first.order);
    expect(answer.headers['idempotency-replayed']).toBe('true');
  });

  it('with another body is refused, and the first order stays as it was', async () => {
    const { bearer } = await aUser(service);
    const body = await anOrderRequest(service);
    const key = { 'idempotency-key': 'reused' };
    const first = await place(bearer, body, key);
    const before = await countOrderRows(service);
    const other = { ...body, items: [...body.items, ...body.items] };
    expect(expectProblem(await place(bearer, other, key), 'key_reused').status).toBe(422);
    expect(await countOrderRows(service)).toEqual(before);
    expect((await place(bearer, body, key)).body).toEqual(first.body);
  });

  it('of one diner means nothing for another', async () => {
    const [one, other] = [await aUser(service), await aUser(service)];
    const body = await anOrderRequest(service);
    const key = { 'idempotency-key': 'shared' };
    const [first, second] = [await place(one.bearer, body, key), await place(other.bearer, body, key)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.order.id).not.toBe(first.body.order.id);
    expect(second.headers['idempotency-replayed']).toBeUndefined();
  });

  it.each([
    ['empty', ''],
    ['of 256 characters', 'k'.repeat(256)],
    ['with a blank inside', 'a b'],
    ['beyond ASCII', 'clé'],
  ])('S3: that is %s is refused and stores nothing', async (_circumstance, value) => {
    const { bearer } = await aUser(service);
    const body = await anOrderRequest(service);
    const before = await countOrderRows(service);
    const answer = await place(bearer, body, { 'idempotency-key': value });
    expect(wrongFields(expectProblem(answer, 'invalid_input'))).toEqual(['idempotency-key']);
    expect(await countOrderRows(service)).toEqual(before);
  });

  it.each([
    ['one character', '!'],
    ['255 characters', '~'.repeat(255)],
  ])('of %s is taken', async (_circumstance, value) => {
    const { bearer } = await aUser(service);
    expect((await place(bearer, await anOrderRequest(service), { 'idempotency-key': value })).status).toBe(
      200,
    );
  });

  it('of 30 identical requests at once makes exactly one order and one pizza', async () => {
    const { bearer, id: dinerId } = await aUser(service);
    const body = await anOrderRequest(service);
    const key = { 'idempotency-key': 'thirty', prefer: 'respond-async, wait=10' };
    const answers = await Promise.all(Array.from({ length: 30 }, () => place(bearer, body, key)));
    // 409 is for those who would wait longer than a second for the first one's commit.
    expect(answers.filter(({ status }) => ![200, 409].includes(status)).map(({ text }) => text)).toEqual([]);
    const made = answers.filter(({ status }) => status === 200);
    const orders = await service.db
      .selectFrom('orders')
      .select('id')
      .where('diner_id', '=', dinerId)
      .execute();
    expect(orders).toHaveLength(1);
    const orderId = orders[0]?.id ?? 0;
    expect(new Set(made.map((answer) => answer.body.order.id))).toEqual(new Set([orderId]));
    expect(made.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    const { pizzas } = await service.factory.journal();
    expect(pizzas.filter((pizza) => pizza.orderId === orderId)).toHaveLength(1);
  });

  it('whose first request is still committing after a second is answered 409 with Retry-After', async () => {
    const { bearer, id } = await aUser(service);
    const body = await anOrderRequest(service);
    const first = await service.db.startTransaction().execute();
    const row = { diner_id: id, idempotency_key: 'committing', body_hash: 'x'.repeat(64) };
    await first.insertInto('idempotency_keys').values(row).execute();
    const answer = await place(bearer, body, { 'idempotency-key': 'committing' });
    expect(expectProblem(answer, 'key_in_use').status).toBe(409);
    expect(answer.headers['retry-after']).toBe('1');
    await first.rollback().execute();
    expect((await place(bearer, body, { 'idempotency-key': 'committing' })).status).toBe(200);
  });
});
