import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsonwebtoken, { type JwtPayload, type SignOptions } from 'jsonwebtoken';
import { sql } from 'kysely';
import { anOrderRequest, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { expectProblem } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const FRIEND = 'https://friend.example.com';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ settings: { ALLOWED_ORIGINS: FRIEND } });
});
afterAll(() => service.stop());

const me = (token: string) => service.http.get('/api/user/me').auth(token, { type: 'bearer' });

function claimsOf(token: string): JwtPayload {
  return jsonwebtoken.decode(token) as JwtPayload;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signedBy(secret: string, header: object, claims: object): string {
  const content = `${base64url(header)}.${base64url(claims)}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

describe('session tokens', () => {
  it('a session token names issuer, audience, session, and ends after a day', async () => {
    const user = await aUser(service);
    const claims = claimsOf(user.token);
    expect(claims).toEqual({
      iss: 'jwt-pizza',
      aud: 'jwt-pizza-api',
      sub: String(user.id),
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: expect.any(Number),
      exp: (claims.iat ?? 0) + 24 * 60 * 60,
    });
    await me(user.token).expect(200);
  });

  // Each carries the id of a live session, so nothing but the token itself can be what is refused.
  const now = Math.floor(Date.now() / 1000);
  const forgeries: [string, (claims: JwtPayload, secret: string) => string][] = [
    [
      'signed with nothing (alg none)',
      (claims) => `${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(claims)}.`,
    ],
    ['of alg none with a signature', (claims, secret) => signedBy(secret, { alg: 'none' }, claims)],
    [
      'signed with another secret',
      (claims) => jsonwebtoken.sign(claims, 'another-secret-that-has-32-bytes-too'),
    ],
    ['signed with an empty secret', (claims) => signedBy('', { alg: 'HS256', typ: 'JWT' }, claims)],
    ['of another algorithm', (claims, secret) => jsonwebtoken.sign(claims, secret, { algorithm: 'HS512' })],
    ['that has expired', (claims, secret) => jsonwebtoken.sign({ ...claims, exp: now - 1 }, secret)],
    [
      'for another audience',
      (claims, secret) => jsonwebtoken.sign({ ...claims, aud: 'jwt-pizza-factory' }, secret),
    ],
    ['of another issuer', (claims, secret) => jsonwebtoken.sign({ ...claims, iss: 'pizza-factory' }, secret)],
    [
      'whose session id is no id',
      (claims, secret) => jsonwebtoken.sign({ ...claims, jti: "' or 1=1 -- " }, secret),
    ],
    [
      'of a session that never was',
      (claims, secret) =>
        jsonwebtoken.sign({ ...claims, jti: '00000000-0000-4000-8000-000000000000' }, secret),
    ],
  ];
  it.each(forgeries)('S15: a token %s is nobody', async (_circumstance, forge) => {
    const user = await aUser(service);
    const [sessionSecret = ''] = service.config.sessionSecrets;
    await me(jsonwebtoken.sign(claimsOf(user.token), sessionSecret)).expect(200);
    const answer = await me(forge(claimsOf(user.token), sessionSecret));
    expect(expectProblem(answer, 'unauthorized').message).toBe('unauthorized');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('S15: a token whose claims were changed is nobody', async () => {
    const [user, victim] = [await aUser(service), await aUser(service)];
    const [header, , signature] = user.token.split('.');
    const claims = { ...claimsOf(user.token), sub: String(victim.id), jti: claimsOf(victim.token).jti };
    expectProblem(await me(`${header}.${base64url(claims)}.${signature}`), 'unauthorized');
  });

  it('S15: a pizza is no session', async () => {
    const diner = await aUser(service);
    const order = await service.http
      .post('/api/order')
      .set(diner.bearer)
      .send(await anOrderRequest(service));
    expect(order.status).toBe(200);
    expectProblem(await me(order.body.jwt), 'unauthorized');
  });

  it.each([
    ['no header', {}],
    ['an empty header', { authorization: '' }],
    ['no token', { authorization: 'Bearer ' }],
    ['rubbish', { authorization: 'Bearer rubbish' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['an empty cookie', { cookie: 'session=' }],
    ['a cookie of rubbish', { cookie: 'session=a.b.c; session=%zz' }],
  ])('a request with %s is answered 401', async (_circumstance, headers) => {
    expectProblem(await service.http.get('/api/user/me').set(headers), 'unauthorized');
  });

  const options: SignOptions = { algorithm: 'HS256' };
  it('S16: a session that has run out in the database is over, whatever its token says', async () => {
    const user = await aUser(service);
    const id = claimsOf(user.token).jti ?? '';
    await service.db
      .updateTable('sessions')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('id', '=', id)
      .execute();
    const later = jsonwebtoken.sign(
      { ...claimsOf(user.token), exp: now + 99_999 },
      service.config.sessionSecrets[0] ?? '',
      options,
    );
    expectProblem(await me(later), 'unauthorized');
  });
});

describe('the end of a session', () => {
  it('S16: a log-out ends that session at once and leaves the other sessions of its user', async () => {
    const user = await aUser(service);
    const { email, password } = user;
    const other = (await service.http.put('/api/auth').send({ email, password })).body.token;
    const answer = await service.http.delete('/api/auth').set(user.bearer).expect(200);
    expect(answer.body).toEqual({ message: 'logout successful' });
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^session=;.*Expires=Thu, 01 Jan 1970/);
    expectProblem(await me(user.token), 'unauthorized');
    expectProblem(await service.http.delete('/api/auth').set(user.bearer), 'unauthorized');
    await me(other).expect(200);
  });

  it.each([
    ['opens no session', {}],
    ['and would be hashed anew opens no session and brings it not back', { BCRYPT_COST: '5' }],
  ])(
    'S14: a log-in with the old password that is under way while it is changed %s',
    async (_what, settings) => {
      const node = await startTestService({ besides: service, isWorkerRunning: false, settings });
      const user = await aUser(service);
      const newHash = await service.passwords.hash('another long pass phrase');
      const { email, password } = user;
      const isWaiting = async (): Promise<boolean> => {
        const { rows } = await sql<{ Info: string | null }>`show full processlist`.execute(service.db);
        return rows.some(({ Info }) =>
          /^(insert into `sessions`|select .* from `users` .*for update)/.test(Info ?? ''),
        );
      };
      const { logIn } = await service.db.transaction().execute(async (change) => {
        const ofUser = change.updateTable('users').where('id', '=', user.id);
        await sql`select id from users where id = ${user.id} for update`.execute(change);
        const answer = node.http
          .put('/api/auth')
          .send({ email, password })
          .then((given) => given);
        await eventually('the log-in has looked at the password and waits', isWaiting, 8_000);
        await ofUser.set({ password_hash: newHash }).execute();
        await change.deleteFrom('sessions').where('user_id', '=', user.id).execute();
        return { logIn: answer };
      });
      expectProblem(await logIn, 'unknown_user');
      const sessions = service.db.selectFrom('sessions').select('id').where('user_id', '=', user.id);
      expect(await sessions.execute()).toEqual([]);
      const row = service.db.selectFrom('users').select('password_hash').where('id', '=', user.id);
      expect(await row.executeTakeFirstOrThrow()).toEqual({ password_hash: newHash });
      await node.stop();
    },
  );

  it('S16: a role given or taken in the database counts with the next request', async () => {
    const user = await aUser(service);
    await service.users.giveRole(service.db, user.id, { role: 'admin' });
    expect((await me(user.token)).body.roles).toEqual([{ role: 'admin' }, { role: 'diner' }]);
    await service.db
      .deleteFrom('user_roles')
      .where('user_id', '=', user.id)
      .where('role', '=', 'admin')
      .execute();
    expect((await me(user.token)).body.roles).toEqual([{ role: 'diner' }]);
  });

  it('S16: a deleted user is nobody at once and cannot log in again', async () => {
    const user = await aUser(service);
    await service.db.updateTable('users').set({ deleted_at: new Date() }).where('id', '=', user.id).execute();
    expectProblem(await me(user.token), 'unauthorized');
    const { email, password } = user;
    expectProblem(await service.http.put('/api/auth').send({ email, password }), 'unknown_user');
  });
});

describe('the session of a browser', () => {
  it.each(['register', 'log in'])(
    'S17: to %s sets an HttpOnly, SameSite=Strict cookie that opens the session',
    async (door) => {
      const { email, password } = await aUser(service);
      const answer =
        door === 'log in'
          ? await service.http.put('/api/auth').send({ email, password })
          : await service.http.post('/api/auth').send({ name: 'Ada', email: `new.${email}`, password });
      expect(answer.status).toBe(200);
      const [cookie = '', ...others] = (answer.headers['set-cookie'] ?? []) as unknown as string[];
      const [value = '', ...attributes] = cookie.split('; ');
      expect(value).toMatch(/^session=[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(attributes).toEqual(
        expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Strict', expect.stringMatching(/^Expires=/)]),
      );
      expect(attributes.join()).not.toContain('Domain');
      // What scripts may read opens nothing.
      for (const part of value.split('=')[1]?.split('.').slice(1) ?? [])
        expect(others.join()).not.toContain(part);
      const own = await service.http.get('/api/user/me').set('cookie', value).expect(200);
      expect(own.body).toEqual(answer.body.user);
    },
  );

  it('S17: over https the cookie is Secure and bound to its host', async () => {
    const secure = await startTestService({
      besides: service,
      settings: { PUBLIC_URL: 'https://pizza.example.com' },
    });
    const { email, password } = await aUser(service);
    const answer = await secure.http.put('/api/auth').send({ email, password });
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^__Host-session=[\w.-]+; .*Secure/);
    await secure.http
      .get('/api/user/me')
      .set('cookie', cookie.split(';')[0] ?? '')
      .expect(200);
    expect(answer.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
    await secure.stop();
  });

  const logOut = (user: LoggedIn, headers: Record<string, string>) =>
    service.http.delete('/api/auth').set({ cookie: `session=${user.token}`, ...headers });

  it.each([
    ['another site', { origin: 'https://evil.example.com' }],
    ['a neighbouring port', { origin: 'http://localhost:3999' }],
    ['our name as a prefix', { origin: 'http://localhost:3000.evil.example.com' }],
    ['an opaque origin', { origin: 'null' }],
    ['nobody knows where', {}],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling of our site', { 'sec-fetch-site': 'same-site' }],
  ])(
    'S18: a write by cookie that comes from %s is refused and changes nothing',
    async (_circumstance, headers) => {
      const user = await aUser(service);
      expect(expectProblem(await logOut(user, headers), 'foreign_origin').status).toBe(403);
      await me(user.token).expect(200);
    },
  );

  it.each([
    ['our own page', { origin: 'http://localhost:3000' }],
    ['our own page, as the browser says', { 'sec-fetch-site': 'same-origin' }],
    ['an origin on the allow-list', { origin: FRIEND }],
  ])('S18: a write by cookie that comes from %s is done', async (_circumstance, headers) => {
    const user = await aUser(service);
    expect((await logOut(user, headers)).status).toBe(200);
    expectProblem(await me(user.token), 'unauthorized');
  });

  it('S18: a write by bearer token needs no origin, because no browser sends one on its own', async () => {
    const user = await aUser(service);
    await service.http
      .delete('/api/auth')
      .set({ ...user.bearer, origin: 'https://evil.example.com' })
      .expect(200);
  });

  it('S18: an order by cookie from another site is not placed', async () => {
    const user = await aUser(service);
    const body = await anOrderRequest(service);
    const send = (origin: string) =>
      service.http
        .post('/api/order')
        .set({ cookie: `session=${user.token}`, origin })
        .send(body);
    expectProblem(await send('https://evil.example.com'), 'foreign_origin');
    const list = await service.http.get('/api/order').set('cookie', `session=${user.token}`).expect(200);
    expect(list.body.orders).toEqual([]);
    await send('http://localhost:3000').expect(200);
  });
});

describe('what the log holds', () => {
  it('S40: no password, hash or token reaches the log, and every log-in result does with request and user', async () => {
    const user = await aUser(service);
    const { email, password, token } = user;
    const wrong = 'a wrong guess that must stay unknown';
    const failed = await service.http.put('/api/auth').send({ email, password: wrong });
    const second = await service.http.put('/api/auth').send({ email, password });
    const cookies = (second.headers['set-cookie'] ?? []) as unknown as string[];
    const kept = cookies.map((set) => set.split(/[=;]/)[1] ?? '').filter((value) => value.includes('.'));
    expect(kept).toHaveLength(2);
    const cookie = `session=${second.body.token}`;
    await service.http.get('/api/user/me').set('cookie', cookie).expect(200);
    await service.http.post('/api/auth').send({ name: 'x', email, password: wrong }).expect(409);
    await service.http.delete('/api/auth').set(user.bearer).expect(200);
    const log = JSON.stringify(service.logLines());
    const { password_hash } = await service.db
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', user.id)
      .executeTakeFirstOrThrow();
    for (const secret of [
      password,
      wrong,
      token,
      token.split('.')[2],
      second.body.token,
      password_hash,
      ...kept,
    ]) {
      expect(log).not.toContain(secret);
    }
    const events = service.logLines().filter(({ securityEvent }) => securityEvent !== undefined);
    const of = (answer: { headers: Record<string, string> }) =>
      events.filter(({ requestId }) => requestId === answer.headers['x-request-id']);
    expect(of(failed)).toMatchObject([{ securityEvent: 'log-in', result: 'failure' }]);
    expect(of(second)).toMatchObject([{ securityEvent: 'log-in', result: 'success', userId: user.id }]);
  });

  it('S40: line breaks in what a client sends cannot forge a line of the log', async () => {
    const forged = '\n{"level":"ERROR","message":"forged"}\r\n';
    await service.http.put('/api/auth').send({ email: `a@example.com${forged}`, password: forged });
    await service.http
      .post('/api/auth')
      .send({ name: forged, email: `b@example.com`, password: 'long enough' });
    await service.http.get(`/api/${encodeURIComponent(forged)}`).set('user-agent', 'x{"message":"forged"}');
    await service.http.get(`/api/franchise?name=${encodeURIComponent(forged)}`);
    expect(service.logLines().map(({ message }) => message)).not.toContain('forged');
  });
});
