import { request as rawRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { EndpointDeclaration } from '#contract/endpoint.ts';
import { endpoints } from '#contract/endpoints.ts';
import { problemSchema } from '#contract/errors.ts';
import { fieldError } from '#contract/field-errors.ts';
import { anOrderRequest, aUser, type LoggedIn } from '../../test/support/builders.ts';
import { eventually } from '../../test/support/eventually.ts';
import { expectProblem, wrongFields } from '../../test/support/problem.ts';
import { startTestService, type TestService } from '../../test/support/test-service.ts';

const SOON_MS = 10_000;

let service: TestService;
let user: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  user = await aUser(service);
});
afterAll(() => service.stop());

const postText = (body: string, type = 'application/json') =>
  service.http.post('/api/order/verify').set('content-type', type).send(body);

function nested(levels: number): string {
  return `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
}

/** What comes back for bytes that no well-behaved client sends. */
async function sendBytes(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(service.origin).port), '127.0.0.1');
  socket.end(bytes);
  return text(socket);
}

describe('an error has one shape', () => {
  it.each([
    ['GET', '/api/nothing'],
    ['GET', '/nothing'],
    ['DELETE', '/api/order/menu'],
    ['PATCH', '/api/auth'],
    ['POST', '/api/user/me'],
    ['GET', '/API/order/menu'],
    ['GET', '/api/order/menu//'],
    ['GET', '/api//order/menu'],
    ['GET', '/%zz'],
  ])('%s %s is an unknown endpoint', async (method, path) => {
    const answer = await service.http[method.toLowerCase() as 'get'](path);
    expect(expectProblem(answer, 'unknown_endpoint')).toMatchObject({
      status: 404,
      message: 'unknown endpoint',
    });
  });

  it.each(['%', '%zz', '%E0%A4%A', '%ff'])(
    'the malformed escape %s in a path is the client’s mistake',
    async (part) => {
      expectProblem(await service.http.get(`/api/order/${part}`).set(user.bearer), 'invalid_input');
      expectProblem(await service.http.get(`/api/franchise/${part}`).set(user.bearer), 'invalid_input');
    },
  );

  it.each(['{', '{"a":}', "{'a':1}", '{"a":1}}', 'NaN', '\u0000', '{"a":"\n"}'])(
    'S3: the body %j is malformed JSON',
    async (body) => {
      expect(expectProblem(await postText(body), 'malformed_json').status).toBe(400);
    },
  );

  it.each(['[]', '"text"', '7', 'true', 'null', '[[]]'])('S2: the body %s is no object', async (body) => {
    expect(wrongFields(expectProblem(await postText(body), 'invalid_input'))).toEqual(['']);
  });

  it('S5: a body of 64 KiB is read, one byte more is too large', async () => {
    const frame = '{"jwt":""}'.length;
    const body = (bytes: number): string => JSON.stringify({ jwt: 'x'.repeat(bytes - frame) });
    expectProblem(await postText(body(64 * 1024)), 'invalid_input');
    expect(expectProblem(await postText(body(64 * 1024 + 1)), 'body_too_large').status).toBe(413);
  });

  it('S5: a body that does not say its length is bounded alike', async () => {
    const { port } = new URL(service.origin);
    const request = rawRequest({
      port,
      path: '/api/order/verify',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    const answered = new Promise<{ status: number; body: string }>((resolve, reject) => {
      request.once('error', reject);
      request.once('response', async (response) =>
        resolve({ status: response.statusCode ?? 0, body: await text(response) }),
      );
    });
    request.write('{"jwt":"');
    request.end(`${'x'.repeat(70_000)}"}`);
    const { status, body } = await answered;
    expect([status, problemSchema.parse(JSON.parse(body)).code]).toEqual([413, 'body_too_large']);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/xml',
  ])('S5: a body of %s is refused', async (type) => {
    expect(expectProblem(await postText('{"jwt":"x"}', type), 'unsupported_media_type').status).toBe(415);
  });

  it('S5: a packed body and one in another alphabet are refused', async () => {
    const packed = await service.http
      .post('/api/order/verify')
      .type('json')
      .set('content-encoding', 'gzip')
      .send('{"jwt":"x"}');
    expectProblem(packed, 'unsupported_media_type');
    expectProblem(
      await postText('{"jwt":"x"}', 'application/json; charset=iso-8859-1'),
      'unsupported_media_type',
    );
  });

  it('S5: JSON of 8 levels is read, of 9 levels it is too deep, and of thousands too', async () => {
    const tooDeep = [fieldError('', 'too_deep', { levels: 8 })];
    expect(wrongFields(expectProblem(await postText(nested(8)), 'invalid_input'))).toEqual(['jwt']);
    expect(expectProblem(await postText(nested(9)), 'invalid_input').errors).toEqual(tooDeep);
    expect(
      expectProblem(await postText('['.repeat(30_000) + ']'.repeat(30_000)), 'invalid_input').errors,
    ).toEqual(tooDeep);
  });

  it('S3: nobody’s prototype is changed by a body', async () => {
    await postText('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"jwt":"x"}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('bytes that are no HTTP are answered 400 and end the connection', async () => {
    expect(await sendBytes('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await sendBytes(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    await service.http.get('/health/live').expect(200);
  });

  it('S26: a fault of our own is told as nothing but its request id, and is in the log under it', async () => {
    const body = await anOrderRequest(service);
    const store = service.db.updateTable('stores').where('id', '=', body.storeId);
    await store.set({ time_zone: 'Nowhere/Land', opening_hours: JSON.stringify({ weekdays: {} }) }).execute();
    const answer = await service.http.post('/api/order').set(user.bearer).send(body);
    await store.set({ time_zone: 'UTC', opening_hours: null }).execute();
    const { requestId, ...told } = expectProblem(answer, 'internal');
    expect(told).toEqual({
      type: '/api/docs#internal',
      title: 'Something broke on our side',
      status: 500,
      code: 'internal',
      message: 'something broke on our side; it has been recorded',
    });
    expect(service.logLines()).toContainEqual(
      expect.objectContaining({
        level: 'ERROR',
        requestId,
        err: expect.objectContaining({ message: expect.stringContaining('Nowhere/Land') }),
      }),
    );
  });

  it('S40: a statement that fails is logged without the values it was sent with', async () => {
    const unlucky = await startTestService({ isWorkerRunning: false });
    await sql`alter table users drop column password_hash`.execute(unlucky.db);
    const person = { name: 'Ada', email: 'ada-the-unlucky@example.com', password: 'a long pass phrase' };
    const { requestId } = expectProblem(await unlucky.http.post('/api/auth').send(person), 'internal');
    const logged = unlucky
      .logLines()
      .filter((line) => line.requestId === requestId && line.level === 'ERROR');
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toMatch(/\$2b\$|ada-the-unlucky|a long pass phrase/);
    await unlucky.stop();
  });
});

describe('every answer', () => {
  const samples: [string, () => PromiseLike<{ text: string; headers: Record<string, string> }>][] = [
    ['the welcome', () => service.http.get('/')],
    ['the menu', () => service.http.get('/api/order/menu')],
    ['who I am', () => service.http.get('/api/user/me').set(user.bearer)],
    ['my orders', () => service.http.get('/api/order').set(user.bearer)],
    ['a refusal', () => service.http.get('/api/user/me')],
    ['an unknown endpoint', () => service.http.get('/api/nothing')],
    ['malformed JSON', () => postText('{')],
    ['a wrong type', () => postText('{}', 'text/plain')],
    [
      'a log-in that fails',
      () => service.http.put('/api/auth').send({ email: "' or 1=1 -- ", password: '"\\' }),
    ],
    ['an id that is none', () => service.http.get("/api/order/1'").set(user.bearer)],
    ['liveness', () => service.http.get('/health/live')],
  ];

  it.each(samples)('S29: carries its protecting headers: %s', async (_sample, ask) => {
    const { headers } = await ask();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    const policy = new Map(
      headers['content-security-policy']
        ?.split(';')
        .map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
    );
    expect(Object.fromEntries(policy)).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
    });
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers.server).toBeUndefined();
    // HSTS over plain http would lock a demo out of its own localhost.
    expect(headers['strict-transport-security']).toBeUndefined();
    // What everybody is told may be kept, and must be asked about before it is used.
    expect(headers['cache-control']).toBe(headers.etag ? 'public, no-cache' : 'no-store');
  });

  it.each(samples)('S26: tells no stack, SQL, path or host: %s', async (_sample, ask) => {
    const answer = await ask();
    const told = answer.text + JSON.stringify(answer.headers);
    expect(told).not.toMatch(
      /\bat .+:\d+:\d+|node_modules|backend\/|\/(home|work|tmp|usr)\/|select |insert |ER_|mysql|sqlState|errno/i,
    );
    expect(told).not.toContain(new URL(service.config.databaseUrl).host);
  });

  it.each(samples)('S30: allows no other origin to read it: %s', async (_sample, ask) => {
    const asked = ask() as unknown as { set(name: string, value: string): ReturnType<typeof ask> };
    const { headers } = await asked.set('origin', 'https://evil.example.com');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('has the request id it was given, or the trace it belongs to, or one of its own', async () => {
    const id = async (headers: Record<string, string>) =>
      (await service.http.get('/health/live').set(headers)).headers['x-request-id'];
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    expect(await id({ 'x-request-id': 'from-a-client.1' })).toBe('from-a-client.1');
    expect(await id({ traceparent: `00-${trace}-00f067aa0ba902b7-01` })).toBe(trace);
    const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    const made = [await id({}), await id({})];
    expect(made[0]).not.toBe(made[1]);
    for (const refused of ['short', 'x'.repeat(65), 'has a blank inside', '<script>', 'a"b"c"d"e'])
      made.push(await id({ 'x-request-id': refused }));
    for (const value of made) expect(value).toMatch(uuid);
  });

  it('is one line of the log, with its id, route, status and user, and without what was asked for', async () => {
    const answer = await service.http
      .get('/api/order?page=7')
      .set({ ...user.bearer, 'x-request-id': 'the-logged-one' });
    expect(answer.status).toBe(200);
    const linesOfIt = () =>
      service
        .logLines()
        .filter(({ requestId, message }) => requestId === 'the-logged-one' && message === 'request');
    await eventually('the request is in the log', () => linesOfIt().length > 0, SOON_MS);
    expect(linesOfIt()).toMatchObject([
      { method: 'GET', route: '/api/order', status: 200, userId: user.id, ms: expect.any(Number) },
    ]);
  });
});

describe('the contract and the routes', () => {
  const all: [string, EndpointDeclaration][] = Object.values(endpoints).map((endpoint) => [
    `${endpoint.method} ${endpoint.path}`,
    endpoint,
  ]);
  const ask = ({ method, path, example }: EndpointDeclaration) => {
    const filled = path.replace(/:(\w+)/g, (_, name: string) => String(example.params?.[name] ?? 1));
    return service.http[method.toLowerCase() as 'get'](filled)
      .query(example.query ?? {})
      .send(example.body as object);
  };

  it.each(all.filter(([, { access }]) => access.who !== 'everyone'))(
    'S19: %s is answered 401 without a session',
    async (_key, endpoint) => {
      expectProblem(await ask(endpoint), 'unauthorized');
    },
  );

  it.each(all.filter(([, { access }]) => access.who === 'admin' || access.who === 'franchisee-or-admin'))(
    'S19: %s is answered 403 to a diner',
    async (_key, endpoint) => {
      expectProblem(await ask(endpoint).set(user.bearer), 'forbidden');
    },
  );

  it.each(all)(
    '%s is served as the contract says: it is found, and a good answer has a declared status',
    async (_key, endpoint) => {
      const answer = await ask(endpoint);
      const { status, text: body } = answer;
      const code = status >= 400 ? problemSchema.parse(JSON.parse(body)).code : 'none';
      expect(['unknown_endpoint', 'internal']).not.toContain(code);
      expect(status >= 400 || status in endpoint.answers).toBe(true);
    },
  );

  it('the documents list every endpoint of the contract with an example', async () => {
    const { body } = await service.http.get('/api/docs').expect(200);
    expect(
      body.endpoints.map(({ method, path }: { method: string; path: string }) => `${method} ${path}`),
    ).toEqual(all.map(([key]) => key));
    expect(body.config).toEqual({ factory: service.factory.origin, db: 'mysql' });
    expect(body.version).toBe('0.0.0-test');
  });

  it('S31: the documents tell no credentials and no database', async () => {
    const { text: documents } = await service.http.get('/api/docs').expect(200);
    const { databaseUrl, sessionSecrets, passwordPeppers, factories } = service.config;
    const { host, username, password } = new URL(databaseUrl);
    for (const secret of [
      host,
      `${username}:`,
      password || 'no password',
      ...sessionSecrets,
      ...passwordPeppers,
      factories[0]?.apiKey,
    ]) {
      expect(documents).not.toContain(secret);
    }
  });

  it('the welcome names the service and its version to a client of old', async () => {
    expect((await service.http.get('/').expect(200)).body).toEqual({
      message: 'welcome to JWT Pizza',
      version: '0.0.0-test',
    });
  });

  it('HEAD is answered as GET without a body', async () => {
    const { headers } = await service.http.head('/api/order/menu').expect(200);
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  });
});
