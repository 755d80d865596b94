import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsonwebtoken from 'jsonwebtoken';
import { fillEmptyDemo } from '../../src/demo/fill-demo.ts';
import {
  aFranchise,
  aMenuItem,
  anOrderRequest,
  aStore,
  aStoredOrder,
  aUser,
  type LoggedIn,
} from '../support/builders.ts';
import { countOrderRows } from '../support/order-rows.ts';
import { expectProblem } from '../support/problem.ts';
import { type ServiceProcess, startServiceProcess } from '../support/service-process.ts';
import { whileRefusing } from '../support/table-dump.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

const FRIEND = 'https://friend.example.com';
const STRANGER = 'https://evil.example.com';
const ASYNC = { prefer: 'respond-async, wait=0' };

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, settings: { ALLOWED_ORIGINS: FRIEND } });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

const logIn = (body: object) => service.http.put('/api/auth').send(body);
const me = (token: string) => service.http.get('/api/user/me').auth(token, { type: 'bearer' });

/** What production is started with, on the database of a test. */
function productionSettings(databaseUrl: string, pepper: string): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL: 'http://127.0.0.1',
    DATABASE_URL: databaseUrl,
    JWT_SECRET: 'a-secret-of-production-with-32-bytes',
    PASSWORD_PEPPER: pepper,
    BCRYPT_COST: '10',
    FACTORY_URL: service.factory.origin,
    FACTORY_API_KEY: service.factory.apiKey,
  };
}

describe('known holes of systems like this', () => {
  it('S10: log-in without a password: there is none, whatever stands in its place', async () => {
    const { email } = await aUser(service);
    const blanks = [undefined, null, '', ' ', '\u0000', {}, [], [''], true, 0, { $ne: '' }, { length: 1 }];
    const before = await service.db.selectFrom('sessions').select('id').execute();
    for (const password of blanks) {
      const answer = await logIn({ email, password });
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect(await service.db.selectFrom('sessions').select('id').execute()).toEqual(before);
  });

  it('S1: SQL through name, e-mail, page, limit: a text stays a text, a number must be one', async () => {
    const attacks = [
      "' or '1'='1",
      "'; drop table users; --",
      "x'/**/union/**/select/**/password_hash/**/from/**/users#",
      '" or ""="',
      '\\',
      '1) or sleep(5) -- ',
      '%27%20or%201=1',
    ];
    const list = (path: string, query: object) => service.http.get(path).query(query).set(admin.bearer);
    for (const attack of attacks) {
      expect((await list('/api/user', { name: attack }).expect(200)).body).toEqual({
        users: [],
        more: false,
      });
      expect((await list('/api/franchise', { name: attack }).expect(200)).body).toEqual({
        franchises: [],
        more: false,
      });
      for (const parameter of ['page', 'limit']) {
        for (const path of ['/api/user', '/api/franchise', '/api/operations/audit']) {
          expectProblem(await list(path, { [parameter]: `1 ${attack}` }), 'invalid_input');
        }
      }
      expectProblem(await logIn({ email: attack, password: attack }), 'unknown_user');
      const own = await aUser(service);
      const renamed = await service.http
        .put(`/api/user/${own.id}`)
        .set(own.bearer)
        .send({ name: attack })
        .expect(200);
      expect(renamed.body.user.name).toBe(attack.trim());
      expect((await list('/api/user', { name: attack.trim() })).body.users).toHaveLength(1);
    }
    await me(admin.token).expect(200);
  });

  it('S19: franchise deletion without a session: 401, for a diner 403, and it is still there', async () => {
    const { id, name } = await aFranchise(service);
    const remove = () => service.http.delete(`/api/franchise/${id}`);
    expectProblem(await remove(), 'unauthorized');
    expectProblem(await remove().auth('x.y.z', { type: 'bearer' }), 'unauthorized');
    expectProblem(await remove().set((await aUser(service)).bearer), 'forbidden');
    const { body } = await service.http.get('/api/franchise').query({ name }).expect(200);
    expect(body.franchises).toMatchObject([{ id }]);
  });

  it('S23: client-chosen or negative price: what is charged is the price of the menu', async () => {
    const diner = await aUser(service);
    const store = await aStore(service);
    const item = await aMenuItem(service, { price: 0.0042 });
    const order = (line: object) =>
      service.http
        .post('/api/order')
        .set(diner.bearer)
        .send({ franchiseId: store.franchiseId, storeId: store.id, items: [{ menuId: item.id, ...line }] });
    const before = await countOrderRows(service);
    for (const price of [-1, -0.0042, '0.0042', '-1', null, {}, 1e-9]) {
      expectProblem(await order({ price }), 'invalid_input');
    }
    for (const quantity of [0, -1, 0.5, 21]) expectProblem(await order({ quantity }), 'invalid_input');
    for (const price of [0, 0.00000001, 0.00419999]) expectProblem(await order({ price }), 'price_changed');
    expect(await countOrderRows(service)).toEqual(before);
    const { body } = await order({ price: 99, total: 0, description: 'Free pizza' }).expect(200);
    expect(body.order).toMatchObject({ total: 0.0042, items: [{ description: item.title, price: 0.0042 }] });
    const [, payload = ''] = body.jwt.split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString()).order.items).toMatchObject([
      { price: 0.0042 },
    ]);
  });

  it('S20: published admin account outside the demo: production refuses to start over one, and makes none', async () => {
    const demo = await startTestService({ isWorkerRunning: false });
    let refused: ServiceProcess | undefined;
    try {
      await fillEmptyDemo(demo);
      refused = startServiceProcess(
        productionSettings(demo.config.databaseUrl, demo.config.passwordPeppers[0] ?? ''),
      );
      expect(await refused.ended()).toBe(1);
      expect(refused.stderr().trimEnd().split('\n')).toEqual([
        'Everybody knows the passwords of these accounts: a@jwt.com, f@jwt.com, d@jwt.com. Change or delete them first.',
      ]);
      expect(refused.stdout()).not.toContain('"message":"ready"');
    } finally {
      refused?.child.kill('SIGKILL');
      await demo.stop();
    }
    const database = await createTestDatabase();
    const production = startServiceProcess(
      productionSettings(database.url, 'a-pepper-of-production-with-32-bytes'),
    );
    try {
      const origin = await production.ready();
      const read = async (path: string) => (await fetch(`${origin}${path}`)).json();
      expect([await read('/api/order/menu'), await read('/api/franchise')]).toEqual([
        [],
        { franchises: [], more: false },
      ]);
      for (const [email, password] of [
        ['a@jwt.com', 'admin'],
        ['f@jwt.com', 'franchisee'],
        ['d@jwt.com', 'diner'],
      ]) {
        const body = JSON.stringify({ email, password });
        const headers = { 'content-type': 'application/json' };
        expect((await fetch(`${origin}/api/auth`, { method: 'PUT', headers, body })).status).toBe(404);
      }
    } finally {
      production.child.kill('SIGKILL');
      await production.ended();
      await database.drop();
    }
  }, 60_000);

  it('S26: stack traces: a fault of ours tells its request id and nothing else, in any environment', async () => {
    const order = await anOrderRequest(service);
    const answers = await whileRefusing(service, 'order_items', async () => [
      await service.http.post('/api/order').set(admin.bearer).send(order),
      await service.http.post('/api/order').set(admin.bearer).send('{"a":').type('json'),
      await service.http.get('/api/order/%zz').set(admin.bearer),
      await service.http.get('/nowhere'),
    ]);
    for (const { text } of answers) {
      expect(text).not.toMatch(
        /\bat .+:\d+:\d+|node_modules|\.ts\b|insert |select |order_items|sqlstate|refused by/i,
      );
    }
    const [fault] = answers;
    if (!fault) throw new Error('no answer');
    expect(expectProblem(fault, 'internal')).toEqual({
      type: '/api/docs#internal',
      title: 'Something broke on our side',
      status: 500,
      code: 'internal',
      message: 'something broke on our side; it has been recorded',
      requestId: fault.headers['x-request-id'],
    });
  });

  it('S31: docs that show hosts: neither database nor key nor inner host, only the origin of the factory', async () => {
    const database = new URL(service.config.databaseUrl);
    const secrets = [
      database.host,
      database.pathname.slice(1),
      service.factory.apiKey,
      service.config.sessionSecrets[0] ?? '',
    ];
    for (const path of ['/api/docs', '/api/openapi.json', '/', '/api/status', '/health/ready']) {
      const { text } = await service.http.get(path).expect(200);
      for (const secret of secrets) expect(text.includes(secret)).toBe(false);
    }
    const { body } = await service.http.get('/api/docs');
    expect(body.config).toEqual({ factory: service.factory.origin, db: 'mysql' });
  });

  it('S30: reflected CORS: the listed origin is answered, any other never, and the cookie stays with our own site', async () => {
    const ask = (origin: string) => service.http.get('/api/order/menu').set('origin', origin);
    const preflight = (origin: string) =>
      service.http.options('/api/order').set({
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      });
    for (const answer of [await ask(FRIEND), await preflight(FRIEND)]) {
      expect(answer.headers['access-control-allow-origin']).toBe(FRIEND);
      expect(answer.headers['access-control-allow-credentials']).toBe('true');
      expect(answer.headers.vary).toContain('Origin');
    }
    const person = { name: 'Ada', email: 'ada.of.a.friend@example.com', password: 'a long pass phrase' };
    const cookies = (await service.http.post('/api/auth').set('origin', FRIEND).send(person)).headers[
      'set-cookie'
    ];
    for (const cookie of [cookies ?? []].flat()) expect(cookie).toContain('SameSite=Strict');
    const strangers = [
      STRANGER,
      'null',
      `${FRIEND}.evil.example.com`,
      'http://friend.example.com',
      `${FRIEND}:8443`,
    ];
    for (const origin of strangers) {
      for (const answer of [await ask(origin), await preflight(origin)]) {
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
        expect(answer.headers.vary).toContain('Origin');
      }
    }
  });

  it('S16: eternal sessions and roles read from the token: both are read from the database', async () => {
    const user = await aUser(service);
    const claims = jsonwebtoken.decode(user.token) as jsonwebtoken.JwtPayload;
    expect((claims.exp ?? Number.POSITIVE_INFINITY) - (claims.iat ?? 0)).toBe(24 * 60 * 60);
    // Signed with our own secret, so that nothing but the claim itself is on trial.
    const promoted = jsonwebtoken.sign(
      { ...claims, roles: [{ role: 'admin' }], role: 'admin' },
      service.config.sessionSecrets[0] ?? '',
    );
    expect((await me(promoted).expect(200)).body.roles).toEqual([{ role: 'diner' }]);
    expectProblem(await service.http.get('/api/user').auth(promoted, { type: 'bearer' }), 'forbidden');
    await service.http.delete('/api/auth').set(user.bearer).expect(200);
    for (const token of [user.token, promoted]) expectProblem(await me(token), 'unauthorized');
  });

  it("S21: an admin's edit returning the edited user's session: it returns none, and opens none", async () => {
    const user = await aUser(service);
    const edit = { name: 'Renamed', email: `renamed.${user.id}@example.com`, password: 'a new pass phrase' };
    const answer = await service.http.put(`/api/user/${user.id}`).set(admin.bearer).send(edit).expect(200);
    expect(Object.keys(answer.body)).toEqual(['user']);
    expect(answer.headers['set-cookie']).toBeUndefined();
    const open = await service.db
      .selectFrom('sessions')
      .select('id')
      .where('user_id', '=', user.id)
      .execute();
    expect(open).toEqual([]);
  });

  it.each(['order_items', 'order_transitions'])(
    'S13: order without transaction, duplicate e-mail: an order that breaks at %s is stored nowhere',
    async (table) => {
      const [diner, order] = [await aUser(service), await anOrderRequest(service)];
      const before = await countOrderRows(service);
      const place = () =>
        service.http
          .post('/api/order')
          .set({ ...diner.bearer, 'idempotency-key': `broken-at-${table}` })
          .send(order);
      const calls = (await service.factory.journal()).calls.length;
      await whileRefusing(service, table, async () => expectProblem(await place(), 'internal'));
      expect(await countOrderRows(service)).toEqual(before);
      expect((await service.factory.journal()).calls).toHaveLength(calls);
      // The key was not bound, so the same request now makes the order.
      expect((await place().expect(200)).headers['idempotency-replayed']).toBeUndefined();
    },
  );

  it('S13: order without transaction, duplicate e-mail: of 20 registrations at once one account is made', async () => {
    const email = 'twenty.at.once@example.com';
    const person = (index: number) => ({
      name: `Ada ${index}`,
      email: index % 2 ? email : email.toUpperCase(),
      password: 'a long pass phrase',
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => service.http.post('/api/auth').send(person(index))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)]);
    const accounts = service.db.selectFrom('users').select('id').where('email_key', '=', email);
    expect(await accounts.execute()).toHaveLength(1);
  });

  it('S25: no limit on the order path: unless told otherwise 60 an hour, 10 unfinished, with Retry-After', async () => {
    const limited = await startTestService({
      besides: service,
      isWorkerRunning: false,
      settings: { ORDER_LIMIT_PER_HOUR: '', OPEN_ORDER_LIMIT: '' },
    });
    try {
      const store = await aStore(service);
      const request = await anOrderRequest(service);
      for (const [state, count] of [
        ['waiting', 10],
        ['ready', 60],
      ] as const) {
        const diner = await aUser(service);
        const order = () =>
          limited.http
            .post('/api/order')
            .set({ ...diner.bearer, ...ASYNC })
            .send(request);
        for (let placed = 1; placed < count; placed += 1) {
          await aStoredOrder(service, { dinerId: diner.id, state, store });
        }
        if (state === 'ready') expect((await order()).status).toBeLessThan(300);
        else await aStoredOrder(service, { dinerId: diner.id, state, store });
        const refused = await order();
        expectProblem(refused, 'too_many_requests');
        expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      }
    } finally {
      await limited.stop();
    }
  });
});
