import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { aUser, type LoggedIn, sessionIdOf } from '../../../../test/support/builders.ts';
import { expectProblem } from '../../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const HOME = '203.0.113.7';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let service: TestService;
let passedMs = 0;
beforeAll(async () => {
  service = await startTestService({
    isWorkerRunning: false,
    settings: { TRUST_PROXY: '1' },
    clock: () => new Date(Date.now() + passedMs),
  });
});
afterEach(() => {
  passedMs = 0;
});
afterAll(() => service.stop());

/** As it is asked for by whoever holds the token or cookie. */
type Held = { authorization: string } | { cookie: string };

/** Another log-in of a user; answers both kinds of what a client may hold. */
async function logIn(
  { email, password }: LoggedIn,
  headers: Record<string, string> = {},
): Promise<{ bearer: Held; browser: Held; token: string }> {
  const answer = await service.http.put('/api/auth').set(headers).send({ email, password }).expect(200);
  const [cookie = ''] = (answer.headers['set-cookie'] ?? []) as unknown as string[];
  const { token } = answer.body as { token: string };
  return {
    token,
    bearer: { authorization: `Bearer ${token}` },
    browser: { cookie: cookie.split(';')[0] ?? '' },
  };
}

const me = (held: Held) => service.http.get('/api/user/me').set({ ...held });
const list = async (held: Held) =>
  (
    await service.http
      .get('/api/session')
      .set({ ...held })
      .expect(200)
  ).body.sessions;
const end = (held: Held, id: string) => service.http.delete(`/api/session/${id}`).set({ ...held });

describe('the list of one’s sessions', () => {
  it('S47: tells the device, address and last use of each, the own one marked, and nothing of other people', async () => {
    const [user, somebody] = [await aUser(service), await aUser(service)];
    const there = await logIn(user, { 'user-agent': FIREFOX, 'x-forwarded-for': HOME });
    await logIn(user, { 'user-agent': 'curl/8.9.1', 'x-forwarded-for': '2001:db8::7' });
    const sessions = await list(there.bearer);
    expect(sessions).toHaveLength(3);
    expect(sessions).toContainEqual({
      id: sessionIdOf(there),
      isCurrent: true,
      program: 'Firefox',
      system: 'Linux',
      address: HOME,
      openedAt: expect.any(String),
      lastUsedAt: expect.any(String),
      endsAt: expect.any(String),
    });
    expect(sessions).toContainEqual(
      expect.objectContaining({ program: 'curl', system: null, address: '2001:db8::7', isCurrent: false }),
    );
    expect(JSON.stringify(sessions)).not.toContain(sessionIdOf(somebody));
  });

  it('S47: shows a session of an older node, which kept nothing of its client', async () => {
    const user = await aUser(service);
    await service.db
      .updateTable('sessions')
      .set({ address: null, user_agent: null, last_used_at: null })
      .where('user_id', '=', user.id)
      .execute();
    expect(await list(user.bearer)).toMatchObject([{ program: null, system: null, address: null }]);
  });

  it('S47: cuts a user agent of any length, and keeps no address that is none', async () => {
    const user = await aUser(service);
    const held = await logIn(user, {
      'user-agent': `curl/${'9'.repeat(3_000)}`,
      'x-forwarded-for': 'rubbish',
    });
    const own = (await list(held.bearer)).find(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
    expect(own).toMatchObject({ program: 'curl', address: null });
  });
});

describe('the end of a session from elsewhere', () => {
  it('S47: one that is logged out is over at once, and the others go on', async () => {
    const user = await aUser(service);
    const [here, there] = [await logIn(user), await logIn(user)];
    const answer = await end(here.bearer, sessionIdOf(there)).expect(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    for (const held of [there.bearer, there.browser]) expectProblem(await me(held), 'unauthorized');
    await me(here.bearer).expect(200);
    await me(user.bearer).expect(200);
    expectProblem(await end(here.bearer, sessionIdOf(there)), 'not_found');
  });

  it('S47: the own one can be logged out there, too, and its browser forgets the cookie', async () => {
    const user = await aUser(service);
    const answer = await end(user.bearer, sessionIdOf(user)).expect(200);
    expect(String(answer.headers['set-cookie'])).toMatch(/session=;.*Expires=Thu, 01 Jan 1970/);
    expectProblem(await me(user.bearer), 'unauthorized');
  });

  it('S47: everywhere else is everywhere but here, and nobody else’s', async () => {
    const [user, somebody] = [await aUser(service), await aUser(service)];
    const others = [await logIn(user), await logIn(user)];
    await service.http.delete('/api/session').set(user.bearer).expect(200);
    for (const { bearer } of others) expectProblem(await me(bearer), 'unauthorized');
    expect(await list(user.bearer)).toMatchObject([{ isCurrent: true }]);
    await me(somebody.bearer).expect(200);
  });

  it.each(['diner', 'admin'] as const)(
    'S47: another’s is unknown to a %s like one that never was',
    async (role) => {
      const [user, somebody] = [await aUser(service, [{ role }]), await aUser(service)];
      const foreign = expectProblem(await end(user.bearer, sessionIdOf(somebody)), 'not_found');
      const unknown = expectProblem(
        await end(user.bearer, '00000000-0000-4000-8000-000000000000'),
        'not_found',
      );
      expect({ ...foreign, requestId: '' }).toEqual({ ...unknown, requestId: '' });
      await me(somebody.bearer).expect(200);
    },
  );

  it('S18, S47: a write by cookie from another site ends nothing', async () => {
    const user = await aUser(service);
    const { browser } = await logIn(user);
    const answer = await service.http
      .delete('/api/session')
      .set({ ...browser, origin: 'https://evil.example.com' });
    expectProblem(answer, 'foreign_origin');
    await me(user.bearer).expect(200);
  });
});

describe('how long a session lasts', () => {
  it('S47: a browser that comes every six days is logged in for thirty days, and then no more', async () => {
    const { browser } = await logIn(await aUser(service));
    for (const day of [6, 12, 18, 24, 29.9]) {
      passedMs = day * DAY_MS;
      await me(browser).expect(200);
    }
    passedMs = 30.1 * DAY_MS;
    expectProblem(await me(browser), 'unauthorized');
  });

  it('S47: one that nobody used for seven days is over', async () => {
    const user = await aUser(service);
    const held = await logIn(user);
    passedMs = 6.9 * DAY_MS;
    await me(held.browser).expect(200);
    passedMs += 7.1 * DAY_MS;
    expectProblem(await me(held.browser), 'unauthorized');
  });

  it('S15, S47: a Bearer token ends after a day, though the session goes on in the browser', async () => {
    const held = await logIn(await aUser(service));
    passedMs = 1.1 * DAY_MS;
    expectProblem(await me(held.bearer), 'unauthorized');
    await me(held.browser).expect(200);
  });

  it('S47: what an edit of the account answers ends when the session does', async () => {
    const user = await aUser(service);
    const { browser } = await logIn(user);
    passedMs = 6 * DAY_MS;
    await me(browser).expect(200);
    const edited = await service.http
      .put(`/api/user/${user.id}`)
      .set({ ...browser, 'sec-fetch-site': 'same-origin' })
      .send({ name: 'Ada' })
      .expect(200);
    const [cookie = ''] = (edited.headers['set-cookie'] ?? []) as unknown as string[];
    const expires = new Date(/Expires=([^;]+)/.exec(cookie)?.[1] ?? '').getTime();
    expect(Math.abs(expires - Date.now() - 30 * DAY_MS)).toBeLessThan(MINUTE_MS);
    await me({ authorization: `Bearer ${edited.body.token}` }).expect(200);
  });
});

describe('the last use of a session', () => {
  const statements = () =>
    service.logLines().filter(({ statement }) => /^update `sessions`/.test(String(statement)));

  it('S47: is kept every five minutes, by one of simultaneous requests, with where it came from', async () => {
    const user = await aUser(service);
    passedMs = 4 * MINUTE_MS;
    const before = statements().length;
    await me(user.bearer).expect(200);
    expect(statements()).toHaveLength(before);
    passedMs = 6 * MINUTE_MS;
    const ask = () => me(user.bearer).set({ 'user-agent': FIREFOX, 'x-forwarded-for': HOME }).expect(200);
    await Promise.all([ask(), ask(), ask()]);
    const [session] = await list(user.bearer);
    expect(session).toMatchObject({ program: 'Firefox', address: HOME });
    expect(new Date(session.lastUsedAt).getTime() - new Date(session.openedAt).getTime()).toBeGreaterThan(
      5 * MINUTE_MS,
    );
    const kept = statements().length;
    await me(user.bearer).expect(200);
    expect(statements()).toHaveLength(kept);
  });

  it('S47: a database that takes no writes keeps nobody from reading', async () => {
    const user = await aUser(service);
    passedMs = 10 * MINUTE_MS;
    await sql`create trigger refuse_use before update on sessions for each row
      signal sqlstate '45000' set message_text = 'refused by a test'`.execute(service.db);
    try {
      await me(user.bearer).expect(200);
    } finally {
      await sql`drop trigger refuse_use`.execute(service.db);
    }
    expect(service.logLines()).toContainEqual(
      expect.objectContaining({ message: 'the last use of a session is not kept' }),
    );
  });
});
