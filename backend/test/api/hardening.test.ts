import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Response } from 'supertest';
import { serve } from '../../src/serve.ts';
import { anOrderRequest, aStore, aStoredOrder, aUser, type LoggedIn } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { attemptEnded, placeOrder } from '../support/order-flow.ts';
import { readAttempts } from '../support/order-rows.ts';
import { expectProblem } from '../support/problem.ts';
import { startStandInFactory } from '../support/stand-in-factory.ts';
import { dumpTables } from '../support/table-dump.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

const METRICS_TOKEN = 'a-token-of-the-operators';
const STRANGER = 'https://evil.example.com';
const SOON_MS = 10_000;

let service: TestService;
let admin: LoggedIn;
let diner: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, settings: { METRICS_TOKEN } });
  admin = await aUser(service, [{ role: 'admin' }]);
  diner = await aUser(service);
});
afterAll(() => service.stop());

async function withNode<T>(
  settings: Record<string, string>,
  work: (node: TestService) => Promise<T>,
): Promise<T> {
  const node = await startTestService({ besides: service, isWorkerRunning: false, settings });
  try {
    return await work(node);
  } finally {
    await node.stop();
  }
}

describe('the headers of an answer', () => {
  it('S29: hold exactly this policy for content: nothing foreign that runs, nothing inline', async () => {
    for (const answer of [await service.http.get('/'), await service.http.get('/nowhere')]) {
      expect(answer.headers['content-security-policy']?.split(';')).toEqual([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        // Pictures alone may come from elsewhere: an admin may name any over https (S7), and they do not run.
        "img-src 'self' data: https:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ]);
    }
  });

  it('S29: pin https for a year where the service is reached over https', async () => {
    await withNode({ PUBLIC_URL: 'https://pizza.example.com' }, async (node) => {
      const { headers } = await node.http.get('/');
      expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    });
  });

  it('S28: forbid storing whatever is personal, whether it was granted or refused', async () => {
    const { franchiseId } = await aStore(service);
    const orderId = await aStoredOrder(service, { dinerId: diner.id, state: 'ready' });
    const credentials = { name: 'Ada', email: 'stored.nowhere@example.com', password: 'a long pass phrase' };
    const read = (path: string, type = 'application/json') =>
      service.http.get(path).set(admin.bearer).set('accept', type);
    const report = `/api/franchise/${franchiseId}/report?from=2026-11-01&to=2026-11-02`;
    const answers: Response[] = [
      await service.http.post('/api/auth').send(credentials),
      await service.http.put('/api/auth').send(credentials),
      await service.http.put(`/api/user/${diner.id}`).set(diner.bearer).send({ name: 'Ada' }),
      await service.http
        .post('/api/order')
        .set(diner.bearer)
        .send(await anOrderRequest(service)),
      await read('/api/user/me'),
      await read('/api/user'),
      await read('/api/order'),
      await read(`/api/order/${orderId}`),
      await read(`/api/franchise/${admin.id}`),
      await read(`/api/franchise/${franchiseId}/orders`),
      await read(report),
      await read(report, 'text/csv'),
      await read('/api/operations/audit'),
      await read('/metrics'),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    answers.push(
      await service.http.get('/api/user/me'),
      await service.http.put('/api/auth').send({ ...credentials, password: 'wrong' }),
    );
    for (const { headers } of answers) {
      expect(headers['cache-control']).toBe('no-store');
      expect(headers.etag).toBeUndefined();
    }
  });
});

describe('the metrics', () => {
  const metrics = (headers: Record<string, string>, at = service) => at.http.get('/metrics').set(headers);

  it('S31: are answered on the machine itself', async () => {
    const { text: told } = await metrics({}).expect(200);
    expect(told).toContain('http_request_duration_seconds_bucket');
  });

  it.each([
    ['through a proxy on the machine', { 'x-forwarded-for': '203.0.113.1' }],
    ['to who claims to come from the machine', { 'x-forwarded-for': '127.0.0.1' }],
    ['through a proxy that says so in the standard way', { forwarded: 'for=203.0.113.1' }],
    [
      'for a wrong token',
      { 'x-forwarded-for': '203.0.113.1', authorization: 'Bearer a-token-of-somebody-else' },
    ],
    ['for an empty token', { 'x-forwarded-for': '203.0.113.1', authorization: 'Bearer ' }],
    [
      'for the token as a password',
      { 'x-forwarded-for': '203.0.113.1', authorization: `Basic ${METRICS_TOKEN}` },
    ],
  ])('S31: are not answered %s', async (_circumstance, headers) => {
    expectProblem(await metrics(headers), 'forbidden');
    await withNode({ TRUST_PROXY: '1' }, async (node) => {
      expectProblem(await metrics(headers, node), 'forbidden');
    });
  });

  it('S31: are not answered to an admin, whose role is another', async () => {
    expectProblem(await metrics({ ...admin.bearer, 'x-forwarded-for': '203.0.113.1' }), 'forbidden');
  });

  it('S31: are answered anywhere for the right token', async () => {
    await metrics({ 'x-forwarded-for': '203.0.113.1', authorization: `Bearer ${METRICS_TOKEN}` }).expect(200);
  });

  it('S27: hold no path, address, token or name that a client chose', async () => {
    await service.http.get(`/api/order/${admin.id}7777777?secret=hunter2`).set(admin.bearer);
    await service.http.get('/hunter2').set('user-agent', 'hunter2');
    await fetch(`${service.origin}/`, { method: 'HUNTER2' });
    const { text: told } = await metrics({}).expect(200);
    expect(told).not.toMatch(/hunter2|7777777|@|eyJ/i);
  });
});

describe('a factory that means harm', () => {
  it('S32: and never ends its answer is cut off after 64 KiB', async () => {
    let isCut = false;
    const endless = createServer(async (request, response) => {
      await text(request);
      response.on('close', () => {
        isCut = true;
      });
      response.writeHead(200, { 'content-type': 'application/json' });
      const pour = (): void => {
        while (!isCut && response.write('[0,'.repeat(1_000)));
      };
      response.on('drain', pour);
      pour();
    });
    endless.listen(0, '127.0.0.1');
    await once(endless, 'listening');
    const { port } = endless.address() as AddressInfo;
    const shut = (): void => {
      isCut = true;
      endless.close();
      endless.closeAllConnections();
    };
    await withNode({ FACTORY_URL: `http://127.0.0.1:${port}` }, async (node) => {
      const { orderId } = await placeOrder(node);
      expect(await attemptEnded(node, orderId, 1)).toBe('waiting');
      expect(await readAttempts(node, orderId)).toMatchObject([{ outcome: 'error' }]);
      await eventually('the line to the factory is cut', () => isCut, SOON_MS);
    }).finally(shut);
  });

  it('S35: and hands our own key back in every place it can finds that it goes no further', async () => {
    const { apiKey } = service.factory;
    const echo = await startStandInFactory({ status: 200 });
    const jwks = `${service.factory.origin}/.well-known/jwks.json`;
    const FACTORIES = JSON.stringify([{ origin: echo.origin, apiKey, jwks }]);
    await withNode({ FACTORIES }, async (node) => {
      for (const status of [200, 400, 401, 500, 503]) {
        const headers = { 'retry-after': apiKey, 'x-key': apiKey, location: `/${apiKey}` };
        const reportUrl = `https://127.0.0.1/api/support/${apiKey}/report/code`;
        echo.answerWith({
          status,
          headers,
          body: { jwt: `${apiKey}.${apiKey}.x`, message: apiKey, reportUrl },
        });
        const { bearer, orderId } = await placeOrder(node);
        await attemptEnded(node, orderId, 1);
        for (const who of [bearer, admin.bearer]) {
          const { text: told } = await node.http.get(`/api/order/${orderId}`).set(who).expect(200);
          expect(told.includes(apiKey)).toBe(false);
        }
      }
      expect(echo.calls.some(({ authorization }) => authorization === `Bearer ${apiKey}`)).toBe(true);
      expect(JSON.stringify(node.logLines()).includes(apiKey)).toBe(false);
      expect((await dumpTables(node)).includes(apiKey)).toBe(false);
    }).finally(() => echo.close());
  });
});

describe('a slow client', () => {
  /** A server as the service starts it, with its Node server in hand. */
  async function start(): Promise<{ port: number; server: Server; close: () => Promise<void> }> {
    let seen: Server | undefined;
    const running = await serve(
      (request, response) => {
        seen ??= (request.socket as typeof request.socket & { server: Server }).server;
        request.resume().on('end', () => response.end('whole'));
      },
      { port: 0, host: '127.0.0.1' },
    );
    await (await fetch(`http://127.0.0.1:${running.port}/`)).text();
    if (!seen) throw new Error('nothing was asked');
    return { ...running, server: seen };
  }

  it('S38: has 10 s for its headers and 30 s for its request, and sockets are bounded', async () => {
    const { server, close } = await start();
    expect(server.headersTimeout).toBe(10_000);
    expect(server.requestTimeout).toBe(30_000);
    expect(server.maxConnections).toBeGreaterThan(0);
    await close();
  });

  it.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow:'],
    ['body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nx'],
  ])('S38: that does not finish its %s is cut off within seconds of its time', async (_part, beginning) => {
    const { port, server, close } = await start();
    server.headersTimeout = 100;
    server.requestTimeout = 100;
    const socket = connect(port, '127.0.0.1');
    socket.write(beginning);
    const heard = text(socket);
    try {
      await eventually('the server has hung up', () => socket.readableEnded, 5_000);
      expect(await heard).toMatch(/^HTTP\/1\.1 408 /);
    } finally {
      socket.destroy();
      await close();
    }
  });
});

describe('the log of security events', () => {
  const eventsOf = (requestId: string) =>
    service.logLines().filter((line) => line.requestId === requestId && line.securityEvent !== undefined);

  it('S40: has every refusal with its reason, its request and, where there is one, its user', async () => {
    const { email } = diner;
    const password = 'not it';
    const asked: [string, Response, object][] = [
      [
        'a log-in that failed',
        await service.http.put('/api/auth').send({ email, password }),
        { result: 'failure', reason: 'unknown_user' },
      ],
      ['no session', await service.http.get('/api/user/me'), { code: 'unauthorized' }],
      [
        'a role that may not',
        await service.http.get('/api/user').set(diner.bearer),
        { code: 'forbidden', userId: diner.id },
      ],
      [
        'another site',
        await service.http
          .post('/api/order')
          .set({ cookie: `session=${diner.token}`, origin: STRANGER })
          .send({}),
        { code: 'foreign_origin' },
      ],
      [
        'a wrong current password',
        await service.http
          .put(`/api/user/${diner.id}`)
          .set(diner.bearer)
          .send({ password: 'a new pass phrase', currentPassword: password }),
        { code: 'wrong_password', userId: diner.id },
      ],
    ];
    for (const [what, answer, event] of asked) {
      expect([what, eventsOf(answer.headers['x-request-id'] ?? '')]).toEqual([
        what,
        [expect.objectContaining(event)],
      ]);
    }
  });

  it('S40: has a limit that was hit', async () => {
    const email = 'limited@example.com';
    const answers = [];
    for (let tries = 1; tries <= 6; tries += 1) {
      answers.push(await service.http.put('/api/auth').send({ email, password: 'x' }));
      // The first wait of 1 s may be over before a slow machine tries again.
      await service.db
        .updateTable('log_in_tries')
        .set({ blocked_until: sql<Date>`now(3) + interval 1 hour` })
        .where('tries', '=', 5)
        .execute();
    }
    const events = eventsOf(answers.at(-1)?.headers['x-request-id'] ?? '');
    expect(events).toContainEqual(
      expect.objectContaining({ result: 'failure', reason: 'too_many_requests' }),
    );
  });

  it('S40: has a change of roles with who made it and to whom', async () => {
    const user = await aUser(service);
    const roles = [{ role: 'diner' }, { role: 'admin' }];
    const answer = await service.http
      .put(`/api/user/${user.id}`)
      .set(admin.bearer)
      .send({ roles })
      .expect(200);
    expect(eventsOf(answer.headers['x-request-id'] ?? '')).toEqual([
      expect.objectContaining({
        securityEvent: 'admin-action',
        action: 'user.updated',
        userId: admin.id,
        subject: { type: 'user', id: user.id },
      }),
    ]);
  });

  it('S40: a name does not hold what would forge, colour or turn a line', async () => {
    const name = 'a\nb\r\nc\u0000d\u2028e\u0085f\u001b[31mred\u202eturned';
    const person = { name, email: 'forger@example.com', password: 'a long pass phrase' };
    const { body } = await service.http.post('/api/auth').send(person).expect(200);
    expect(body.user.name).toBe('a b c d e f [31mredturned');
  });

  it.each([
    '","level":"ERROR","message":"forged',
    'short',
    'x'.repeat(65),
    'ünknown-id',
    '../../etc/passwd',
    '%0d%0aforged',
  ])('S40: a request id that is none is not taken over: %j', async (requestId) => {
    const answer = await service.http.get('/').set('x-request-id', Buffer.from(requestId).toString('latin1'));
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(service.logLines().filter(({ message }) => message === 'forged')).toEqual([]);
  });
});

describe('what a body brings along', () => {
  it.each(['__proto__', 'constructor', 'prototype'])(
    'S3: a field named %s gives nobody a role',
    async (field) => {
      const evil = JSON.stringify({ roles: [{ role: 'admin' }], isAdmin: true, role: 'admin' });
      const email = `polluter.${field}@example.com`;
      const raw = `{"name":"Eve","email":"${email}","password":"a long pass phrase","${field}":${evil},"roles":[{"role":"admin"}]}`;
      const { body } = await service.http.post('/api/auth').type('json').send(raw).expect(200);
      expect(body.user.roles).toEqual([{ role: 'diner' }]);
      const bearer = { authorization: `Bearer ${body.token}` };
      await service.http
        .put(`/api/user/${body.user.id}`)
        .set(bearer)
        .type('json')
        .send(`{"${field}":${evil}}`)
        .expect(200);
      expectProblem(await service.http.get('/api/user').set(bearer), 'forbidden');
      expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
    },
  );
});

it('S37: while the queue of log-ins is full the menu is answered', async () => {
  await withNode({ BCRYPT_COST: '11' }, async (node) => {
    const flood = Array.from({ length: 34 }, (_, index) =>
      node.http
        .put('/api/auth')
        .send({ email: `flood.${index}@example.com`, password: 'x' })
        .then((answer) => answer),
    );
    let answered = 0;
    for (const answer of flood) answer.finally(() => (answered += 1)).catch(() => undefined);
    await Promise.any(flood.map(async (answer) => expect((await answer).status).toBe(503)));
    await node.http.get('/api/order/menu').expect(200);
    expect(answered).toBeLessThan(flood.length);
    await Promise.all(flood);
  });
});
