import { createHmac, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CompactSign } from 'jose';
import { sql } from 'kysely';
import { anOrderRequest, aStoredOrder, aUser } from '../../../test/support/builders.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
afterAll(() => service.stop());

async function aReadyOrder() {
  const diner = await aUser(service);
  const body = await anOrderRequest(service);
  const answer = await service.http.post('/api/order').set(diner.bearer).send(body).expect(200);
  const { order, jwt } = answer.body as { order: { id: number }; jwt: string };
  return { diner, order, jwt };
}

describe('the list of my orders', () => {
  const read = (bearer: { authorization: string }, page = '1') =>
    service.http.get('/api/order').query({ page }).set(bearer);

  it('shows them newest first in pages of ten, and `more` until the last page', async () => {
    const diner = await aUser(service);
    const ids: number[] = [];
    for (let count = 0; count < 21; count += 1) {
      ids.unshift(await aStoredOrder(service, { dinerId: diner.id, state: 'failed' }));
    }
    const pages = await Promise.all(['1', '2', '3', '4'].map((page) => read(diner.bearer, page).expect(200)));
    expect(pages.map(({ body }) => body.orders.map(({ id }: { id: number }) => id))).toEqual([
      ids.slice(0, 10),
      ids.slice(10, 20),
      ids.slice(20),
      [],
    ]);
    expect(pages.map(({ body }) => [body.dinerId, body.page, body.more])).toEqual([
      [diner.id, '1', true],
      [diner.id, '2', true],
      [diner.id, '3', false],
      [diner.id, '4', false],
    ]);
  });

  it('names the following page by an address that repeats and loses nothing when an order comes in between', async () => {
    const diner = await aUser(service);
    const ids: number[] = [];
    const order = async () => {
      ids.unshift(await aStoredOrder(service, { dinerId: diner.id, state: 'failed' }));
    };
    for (let count = 0; count < 21; count += 1) await order();
    const wanted = [...ids];
    const seen: number[] = [];
    for (let address = '/api/order?page=1'; address; ) {
      const { body } = await service.http.get(address).set(diner.bearer).expect(200);
      seen.push(...body.orders.map(({ id }: { id: number }) => id));
      expect(body.next === undefined).toBe(!body.more);
      await order();
      address = body.next ?? '';
    }
    expect(seen).toEqual(wanted);
  });

  it('tells the page as it was sent, and takes 0 for the first', async () => {
    const { diner, order } = await aReadyOrder();
    const ask = async (query: string) =>
      (await service.http.get(`/api/order${query}`).set(diner.bearer).expect(200)).body;
    expect((await ask('')).page).toBe(1);
    expect((await ask('?page=1')).page).toBe('1');
    expect(await ask('?page=0')).toMatchObject({ page: '0', orders: [order] });
  });

  it('S19: shows nobody else’s orders by an address that names one of theirs', async () => {
    const { order } = await aReadyOrder();
    const stranger = await aUser(service);
    const { body } = await service.http
      .get(`/api/order?before=${order.id + 1}`)
      .set(stranger.bearer)
      .expect(200);
    expect(body.orders).toEqual([]);
  });

  it('says after exactly ten orders that there are no more', async () => {
    const diner = await aUser(service);
    for (let count = 0; count < 10; count += 1)
      await aStoredOrder(service, { dinerId: diner.id, state: 'failed' });
    const { body } = await read(diner.bearer);
    expect([body.orders.length, body.more]).toEqual([10, false]);
  });

  it('shows an order whole, as it was answered when it was placed', async () => {
    const { diner, order } = await aReadyOrder();
    expect((await service.http.get('/api/order').set(diner.bearer)).body).toEqual({
      dinerId: diner.id,
      orders: [order],
      page: 1,
      more: false,
    });
  });

  it('S27: holds nobody else’s orders, not even for an admin', async () => {
    await aReadyOrder();
    const admin = await aUser(service, [{ role: 'admin' }]);
    expect((await read(admin.bearer)).body.orders).toEqual([]);
  });

  it('S19: is not read without a session', async () => {
    expectProblem(await service.http.get('/api/order'), 'unauthorized');
  });

  it.each(['-1', '1.5', 'one', '', '1000001', '1;drop table orders'])(
    'S6: page %j is refused',
    async (page) => {
      const diner = await aUser(service);
      expect(wrongFields(expectProblem(await read(diner.bearer, page), 'invalid_input'))).toEqual(['page']);
    },
  );

  it('S4: a repeated page is refused', async () => {
    const diner = await aUser(service);
    const answer = await service.http.get('/api/order?page=1&page=1').set(diner.bearer);
    expect(wrongFields(expectProblem(answer, 'invalid_input'))).toEqual(['page']);
  });
});

describe('one order', () => {
  it('is read with its pizza and every state it went through', async () => {
    const { diner, order, jwt } = await aReadyOrder();
    const { body, headers } = await service.http.get(`/api/order/${order.id}`).set(diner.bearer).expect(200);
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(body).toEqual({
      order,
      jwt,
      history: [
        { status: 'making', at, cause: 'placed' },
        { status: 'ready', at, cause: 'made' },
      ],
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is read with a code for why it waits; a reason that this version does not know is left out', async () => {
    const diner = await aUser(service);
    const orderId = await aStoredOrder(service, { dinerId: diner.id, state: 'waiting' });
    const readOrder = async () =>
      (await service.http.get(`/api/order/${orderId}`).set(diner.bearer).expect(200)).body.order;
    expect(await readOrder()).toMatchObject({
      reasonCode: 'no_slot',
      reason: 'The oven is full. Your order is safe and next in line.',
    });
    await sql`update orders set reason = 'of_another_version' where id = ${orderId}`.execute(service.db);
    const order = await readOrder();
    expect([order.status, order.reason, order.reasonCode]).toEqual(['waiting', undefined, undefined]);
  });

  it('that is not ready is read without a pizza', async () => {
    const diner = await aUser(service);
    const id = await aStoredOrder(service, { dinerId: diner.id, state: 'waiting' });
    const { body } = await service.http.get(`/api/order/${id}`).set(diner.bearer).expect(200);
    expect(body.order).toMatchObject({ id, status: 'waiting', placeInLine: expect.any(Number) });
    expect(body.jwt).toBeUndefined();
    expect(body.history).toEqual([{ status: 'waiting', at: expect.any(String), cause: 'no_slot' }]);
  });

  it('S19: of somebody else is answered as one that never was; an admin reads it', async () => {
    const { order } = await aReadyOrder();
    const [stranger, admin] = [await aUser(service), await aUser(service, [{ role: 'admin' }])];
    const told = [
      await service.http.get(`/api/order/${order.id}`).set(stranger.bearer),
      await service.http.get('/api/order/2147483647').set(stranger.bearer),
    ].map((answer) => ({ ...expectProblem(answer, 'not_found'), requestId: '' }));
    expect(told[1]).toEqual(told[0]);
    expect(told[0]?.status).toBe(404);
    const read = await service.http.get(`/api/order/${order.id}`).set(admin.bearer).expect(200);
    expect(read.body.order.id).toBe(order.id);
  });

  it.each(['0', '-1', 'x', '1.5', '1e3', '4294967296', '%27', '..%2f1'])(
    'S2: with the id %s is refused',
    async (id) => {
      const diner = await aUser(service);
      const answer = await service.http.get(`/api/order/${id}`).set(diner.bearer);
      expect(wrongFields(expectProblem(answer, 'invalid_input'))).toEqual(['orderId']);
    },
  );
});

describe('verifying a pizza', () => {
  const verify = (jwt: unknown) => service.http.post('/api/order/verify').send({ jwt });
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const decode = (part = ''): Record<string, unknown> =>
    JSON.parse(Buffer.from(part, 'base64url').toString());
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });

  it('anybody learns that a pizza of our factory is valid, and what it says', async () => {
    const { diner, order, jwt } = await aReadyOrder();
    const { body } = await verify(jwt).expect(200);
    expect(body).toEqual({ message: 'valid', payload: decode(jwt.split('.')[1]) });
    expect(body.payload).toMatchObject({ diner: { id: diner.id }, order: { id: order.id } });
  });

  type Parts = [header: string, payload: string, signature: string];
  const forgeries: [string, (parts: Parts) => string | Promise<string>][] = [
    [
      'whose payload was changed',
      ([header, payload, signature]) =>
        `${header}.${encode({ ...decode(payload), order: { id: 1 } })}.${signature}`,
    ],
    [
      'whose header was changed',
      ([header, payload, signature]) =>
        `${encode({ ...decode(header), exp: 9_999_999_999 })}.${payload}.${signature}`,
    ],
    [
      'whose signature was changed',
      ([header, payload, signature]) =>
        `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    ],
    ['without its signature', ([header, payload]) => `${header}.${payload}.`],
    ['of alg none', ([header, payload]) => `${encode({ ...decode(header), alg: 'none' })}.${payload}.`],
    [
      'signed with another key under the same key id',
      ([header, payload]) =>
        new CompactSign(Buffer.from(payload, 'base64url'))
          .setProtectedHeader({ ...decode(header), alg: 'RS256' })
          .sign(foreign.privateKey),
    ],
    [
      'signed with another key that it brings along',
      ([header, payload]) =>
        new CompactSign(Buffer.from(payload, 'base64url'))
          .setProtectedHeader({
            ...decode(header),
            alg: 'RS256',
            kid: 'mine',
            jwk: foreign.publicKey.export({ format: 'jwk' }),
          })
          .sign(foreign.privateKey),
    ],
    [
      'signed with the public key as a secret',
      ([header, payload]) => {
        const content = `${encode({ ...decode(header), alg: 'HS256' })}.${payload}`;
        return `${content}.${createHmac('sha256', 'public').update(content).digest('base64url')}`;
      },
    ],
  ];
  it.each(forgeries)('S33: a pizza %s is invalid', async (_circumstance, forge) => {
    const { jwt } = await aReadyOrder();
    await verify(jwt).expect(200);
    const problem = expectProblem(await verify(await forge(jwt.split('.') as Parts)), 'invalid_pizza');
    expect([problem.status, problem.message]).toEqual([403, 'invalid']);
  });

  it.each(['x', 'a.b.c', '..', '{}.{}.{}', 'eyJhbGciOiJSUzI1NiJ9.e30.', 'x'.repeat(32_768), '🍕.🍕.🍕'])(
    'S33: the text %.30s is no pizza',
    async (text) => {
      expectProblem(await verify(text), 'invalid_pizza');
    },
  );

  it('S15, S33: a session of ours is no pizza', async () => {
    expectProblem(await verify((await aUser(service)).token), 'invalid_pizza');
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['an object', {}],
    ['a list', ['a.b.c']],
    ['a text of 32769 characters', 'x'.repeat(32_769)],
  ])('S2: to verify %s is refused', async (_circumstance, jwt) => {
    expect(wrongFields(expectProblem(await verify(jwt), 'invalid_input'))).toEqual(['jwt']);
  });
});
