import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import {
  aFranchise,
  aUser,
  type LoggedIn,
  letSessionsAge,
  sessionIdOf,
} from '../../../test/support/builders.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { whileRefusing } from '../../../test/support/table-dump.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const ANOTHER_PASSWORD = 'another long pass phrase';

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

const edit = (who: LoggedIn, userId: number, body: object) =>
  service.http.put(`/api/user/${userId}`).set(who.bearer).send(body);
const me = (token: string) => service.http.get('/api/user/me').auth(token, { type: 'bearer' });
const logIn = (email: string, password: string) => service.http.put('/api/auth').send({ email, password });

let addresses = 0;
function aNewAddress(): string {
  addresses += 1;
  return `new.address.${addresses}@example.com`;
}

async function anotherSession(user: LoggedIn): Promise<string> {
  return (await logIn(user.email, user.password).expect(200)).body.token;
}

const userRow = (id: number) =>
  service.db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const sessionsOf = async (id: number): Promise<string[]> =>
  (await service.db.selectFrom('sessions').select('id').where('user_id', '=', id).execute()).map(
    (session) => session.id,
  );
const rolesOf = async (id: number): Promise<string[]> =>
  (await service.db.selectFrom('user_roles').select('role').where('user_id', '=', id).execute()).map(
    ({ role }) => role,
  );
const auditOf = (id: number) =>
  service.db
    .selectFrom('audit_log')
    .select(['actor_id', 'action', 'details'])
    .where('subject_type', '=', 'user')
    .where('subject_id', '=', id)
    .execute();

describe('editing oneself', () => {
  it('a new name needs no password, keeps every session, and is answered with a token of the same session', async () => {
    const user = await aUser(service);
    const elsewhere = await anotherSession(user);
    const { body, headers } = await edit(user, user.id, { name: '  Zoë  ' }).expect(200);
    const { id, email } = user;
    expect(body).toEqual({
      user: { id, name: 'Zoë', email, roles: [{ role: 'diner' }] },
      token: expect.any(String),
    });
    const [, inBrowser = ''] = /^session=([^;]+)/.exec(headers['set-cookie']?.[0] ?? '') ?? [];
    expect(sessionIdOf({ token: inBrowser })).toBe(sessionIdOf(user));
    expect(await sessionsOf(id)).toHaveLength(2);
    for (const token of [user.token, elsewhere, body.token]) {
      expect((await me(token).expect(200)).body).toEqual(body.user);
    }
  });

  it.each([
    ['e-mail address', () => ({ email: aNewAddress() })],
    ['password', () => ({ password: ANOTHER_PASSWORD })],
  ])(
    'S14: a new %s needs the current password from a session of long ago; without it or with a wrong one nothing changes',
    async (_what, change) => {
      const user = await aUser(service);
      const before = await userRow(user.id);
      const elsewhere = await anotherSession(user);
      await letSessionsAge(service, user.id);
      const asked = await edit(user, user.id, { ...change(), name: 'Changed' });
      expect(wrongFields(expectProblem(asked, 'reauthentication_required'))).toEqual(['currentPassword']);
      for (const currentPassword of ['', 'not it', ANOTHER_PASSWORD]) {
        const refused = await edit(user, user.id, { ...change(), name: 'Changed', currentPassword });
        expect(wrongFields(expectProblem(refused, 'wrong_password'))).toEqual(['currentPassword']);
      }
      expect(await userRow(user.id)).toEqual(before);
      await me(elsewhere).expect(200);
    },
  );

  it.each([
    ['e-mail address', () => ({ email: aNewAddress() })],
    ['password', () => ({ password: ANOTHER_PASSWORD })],
  ])(
    'S14: a new %s is taken without the current password just after the log-in, and not with a wrong one',
    async (_what, change) => {
      const user = await aUser(service);
      const refused = await edit(user, user.id, { ...change(), currentPassword: 'not it' });
      expectProblem(refused, 'wrong_password');
      const elsewhere = await anotherSession(user);
      await edit(user, user.id, change()).expect(200);
      expectProblem(await me(elsewhere), 'unauthorized');
    },
  );

  it('S14: a log-in of today elsewhere proves nothing for a session of long ago', async () => {
    const user = await aUser(service);
    await letSessionsAge(service, user.id);
    await logIn(user.email, user.password).expect(200);
    expectProblem(await edit(user, user.id, { password: ANOTHER_PASSWORD }), 'reauthentication_required');
  });

  it('S14: a new e-mail address ends the other sessions, and only it logs in', async () => {
    const user = await aUser(service);
    const elsewhere = await anotherSession(user);
    const email = aNewAddress();
    const { body } = await edit(user, user.id, { email, currentPassword: user.password }).expect(200);
    expect(body.user.email).toBe(email);
    expectProblem(await me(elsewhere), 'unauthorized');
    await me(user.token).expect(200);
    await me(body.token).expect(200);
    await logIn(email, user.password).expect(200);
    expectProblem(await logIn(user.email, user.password), 'unknown_user');
  });

  it('S14: a new password ends the other sessions, and only it logs in', async () => {
    const user = await aUser(service);
    const elsewhere = await anotherSession(user);
    const change = { password: ANOTHER_PASSWORD, currentPassword: user.password };
    const { body } = await edit(user, user.id, change).expect(200);
    expectProblem(await me(elsewhere), 'unauthorized');
    await me(user.token).expect(200);
    await me(body.token).expect(200);
    await logIn(user.email, ANOTHER_PASSWORD).expect(200);
    expectProblem(await logIn(user.email, user.password), 'unknown_user');
  });

  it('S14: an address and a password equal to the present ones are no change: nothing is asked, nothing ends', async () => {
    const user = await aUser(service);
    const before = await userRow(user.id);
    const elsewhere = await anotherSession(user);
    const { name, email, password } = user;
    await edit(user, user.id, { name, email, password }).expect(200);
    expect(await userRow(user.id)).toEqual(before);
    await me(elsewhere).expect(200);
  });

  it.each([['short'], ['        '], ['password'], ['x'.repeat(129)]])(
    'S8: the password %j is refused also when it is changed, and the old one stays',
    async (password) => {
      const user = await aUser(service);
      const refused = await edit(user, user.id, { password, currentPassword: user.password });
      expect(wrongFields(expectProblem(refused, 'invalid_input'))).toEqual(['password']);
      await logIn(user.email, user.password).expect(200);
    },
  );

  it('S13: an address somebody has, in whatever case, is refused with 409 and nothing changes', async () => {
    const [user, somebody] = [await aUser(service), await aUser(service)];
    const before = await userRow(user.id);
    const elsewhere = await anotherSession(user);
    const change = { name: 'Changed', email: somebody.email.toUpperCase(), currentPassword: user.password };
    expect(wrongFields(expectProblem(await edit(user, user.id, change), 'email_taken'))).toEqual(['email']);
    expect(await userRow(user.id)).toEqual(before);
    await me(elsewhere).expect(200);
  });

  it('S13: of ten who take one address at the same time one gets it', async () => {
    const users = await Promise.all(Array.from({ length: 10 }, () => aUser(service)));
    const email = aNewAddress();
    const answers = await Promise.all(
      users.map((user) => edit(user, user.id, { email, currentPassword: user.password })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
  });

  it('S22: the roles a diner or a franchisee gives themselves are not read', async () => {
    const { id: franchiseId } = await aFranchise(service);
    const franchisee = await aUser(service, [{ role: 'franchisee', objectId: franchiseId }]);
    for (const user of [await aUser(service), franchisee]) {
      const { body } = await edit(user, user.id, { name: 'Eve', roles: [{ role: 'admin' }] }).expect(200);
      expect(body.user.roles).not.toContainEqual({ role: 'admin' });
      expect(await rolesOf(user.id)).not.toContain('admin');
    }
  });

  it('S3: fields nobody declared are not stored', async () => {
    const user = await aUser(service);
    const before = await userRow(user.id);
    const body = {
      id: admin.id,
      password_hash: 'x',
      email_key: 'x',
      deleted_at: '2020-01-01',
      isAdmin: true,
    };
    await edit(user, user.id, body).expect(200);
    expect(await userRow(user.id)).toEqual(before);
  });

  it('S19: somebody else is refused to a diner as one who never was', async () => {
    const [user, somebody] = [await aUser(service), await aUser(service)];
    const before = await userRow(somebody.id);
    const foreign = expectProblem(await edit(user, somebody.id, { name: 'Eve' }), 'forbidden');
    const unknown = expectProblem(await edit(user, 2_000_000_000, { name: 'Eve' }), 'forbidden');
    expect({ ...foreign, requestId: '' }).toEqual({ ...unknown, requestId: '' });
    expect(foreign.message).toBe('unauthorized');
    expect(await userRow(somebody.id)).toEqual(before);
  });
});

describe('guessing at a password with a session', () => {
  it.each([
    ['as the current one', (guess: string) => ({ email: aNewAddress(), currentPassword: guess })],
    ['as the new one, which would be no change', (guess: string) => ({ password: guess })],
  ])('S12: after five wrong guesses %s the right one is not even looked at', async (_what, guess) => {
    const user = await aUser(service);
    await letSessionsAge(service, user.id);
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      expect((await edit(user, user.id, guess(`wrong guess ${wrong}`))).status).toBe(403);
    }
    const answer = await edit(user, user.id, guess(user.password));
    expectProblem(answer, 'too_many_requests');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('S12: a name sent with a current password that nobody looked at does not clear the count', async () => {
    const user = await aUser(service);
    await letSessionsAge(service, user.id);
    for (let wrong = 1; wrong <= 4; wrong += 1) {
      const refused = await edit(user, user.id, { password: `wrong guess ${wrong}` });
      expectProblem(refused, 'reauthentication_required');
    }
    await edit(user, user.id, { name: 'Ada', currentPassword: 'whatever' }).expect(200);
    expectProblem(await edit(user, user.id, { password: 'wrong guess 5' }), 'too_many_requests');
  });
});

describe('an admin who edits somebody else', () => {
  it('S21: gets the user, and neither a token nor a cookie nor a session of theirs', async () => {
    const user = await aUser(service);
    const before = await sessionsOf(user.id);
    const answer = await edit(admin, user.id, { name: 'Renamed' }).expect(200);
    expect(answer.body).toEqual({
      user: { id: user.id, name: 'Renamed', email: user.email, roles: [{ role: 'diner' }] },
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await sessionsOf(user.id)).toEqual(before);
  });

  it('S14: sets address and password without knowing the old one, and all sessions of that user end', async () => {
    const user = await aUser(service);
    const email = aNewAddress();
    await edit(admin, user.id, { email, password: ANOTHER_PASSWORD }).expect(200);
    expect(await sessionsOf(user.id)).toEqual([]);
    expectProblem(await me(user.token), 'unauthorized');
    await logIn(email, ANOTHER_PASSWORD).expect(200);
    await me(admin.token).expect(200);
  });

  it('S14: needs the current password to change their own from a session of long ago', async () => {
    await letSessionsAge(service, admin.id);
    const refused = await edit(admin, admin.id, { password: ANOTHER_PASSWORD });
    expectProblem(refused, 'reauthentication_required');
  });

  it('S16: gives and takes roles, which count with the next request of a session that was open before', async () => {
    const user = await aUser(service);
    const asAdmin = () => service.http.get('/api/user').set(user.bearer);
    expectProblem(await asAdmin(), 'forbidden');
    const roles = [{ role: 'diner' }, { role: 'admin' }];
    const { body } = await edit(admin, user.id, { roles }).expect(200);
    expect(body.user.roles).toEqual([{ role: 'admin' }, { role: 'diner' }]);
    await asAdmin().expect(200);
    await edit(admin, user.id, { roles: [{ role: 'diner' }] }).expect(200);
    expectProblem(await asAdmin(), 'forbidden');
  });

  it('a role for a franchise that is not there is refused by its field, and the roles stay', async () => {
    const user = await aUser(service);
    const refused = await edit(admin, user.id, { roles: [{ role: 'franchisee', objectId: 2_000_000_000 }] });
    expect(wrongFields(expectProblem(refused, 'invalid_input'))).toEqual(['roles.0.objectId']);
    expect(await rolesOf(user.id)).toEqual(['diner']);
  });

  it.each([
    ['an unknown role', [{ role: 'owner' }]],
    ['no role at all', []],
    ['a franchisee of nothing', [{ role: 'franchisee' }]],
    ['an admin of a franchise', [{ role: 'admin', objectId: 1 }]],
    ['a text', 'admin'],
  ])('S2: %s is refused and the roles stay', async (_what, roles) => {
    const user = await aUser(service);
    expectProblem(await edit(admin, user.id, { roles }), 'invalid_input');
    expect(await rolesOf(user.id)).toEqual(['diner']);
  });

  it('S40: is in the audit log with what was changed, and without the address or password', async () => {
    const user = await aUser(service);
    const change = { email: aNewAddress(), password: ANOTHER_PASSWORD, roles: [{ role: 'diner' }] };
    await edit(admin, user.id, change).expect(200);
    const entries = await auditOf(user.id);
    expect(entries).toMatchObject([{ actor_id: admin.id, action: 'user.updated' }]);
    const text = JSON.stringify(entries);
    for (const field of ['email', 'password', 'diner']) expect(text).toContain(field);
    for (const secret of [change.email, change.password]) expect(text).not.toContain(secret);
  });

  it('S40: changes nothing when it cannot be audited', async () => {
    const user = await aUser(service);
    const before = await userRow(user.id);
    await whileRefusing(service, 'audit_log', async () => {
      const change = { name: 'Changed', password: ANOTHER_PASSWORD, roles: [{ role: 'admin' }] };
      expectProblem(await edit(admin, user.id, change), 'internal');
    });
    expect(await userRow(user.id)).toEqual(before);
    expect(await rolesOf(user.id)).toEqual(['diner']);
    await me(user.token).expect(200);
  });

  it('is told 404 for nobody and 409 for an address somebody has', async () => {
    const [user, somebody] = [await aUser(service), await aUser(service)];
    expectProblem(await edit(admin, 2_000_000_000, { name: 'Nobody' }), 'not_found');
    expectProblem(await edit(admin, user.id, { email: somebody.email }), 'email_taken');
    await me(user.token).expect(200);
  });
});

describe('the last admin', () => {
  const demote = (who: LoggedIn, userId: number): Promise<Response> =>
    edit(who, userId, { roles: [{ role: 'diner' }] }).then((answer) => answer);
  const remove = (who: LoggedIn, userId: number): Promise<Response> =>
    service.http
      .delete(`/api/user/${userId}`)
      .set(who.bearer)
      .then((answer) => answer);

  /** Nobody else is an admin any more. */
  async function onlyAdmins(count: number): Promise<LoggedIn[]> {
    await service.db.deleteFrom('user_roles').where('role', '=', 'admin').execute();
    return Promise.all(Array.from({ length: count }, () => aUser(service, [{ role: 'admin' }])));
  }
  const countAdmins = async (): Promise<number> =>
    (await service.db.selectFrom('user_roles').select('user_id').where('role', '=', 'admin').execute())
      .length;

  afterAll(async () => {
    [admin = admin] = await onlyAdmins(1);
  });

  it('cannot give up the role and cannot leave', async () => {
    const [last] = await onlyAdmins(1);
    if (!last) throw new Error('no admin was made');
    expectProblem(await demote(last, last.id), 'state_conflict');
    expectProblem(await remove(last, last.id), 'state_conflict');
    expect(await countAdmins()).toBe(1);
    await me(last.token).expect(200);
  });

  it.each<[string, (one: LoggedIn, other: LoggedIn) => Promise<Response>[]]>([
    ['take the role from each other', (one, other) => [demote(one, other.id), demote(other, one.id)]],
    ['give it up', (one, other) => [demote(one, one.id), demote(other, other.id)]],
    ['delete each other', (one, other) => [remove(one, other.id), remove(other, one.id)]],
    ['leave', (one, other) => [remove(one, one.id), remove(other, other.id)]],
    ['leave and give it up', (one, other) => [remove(one, one.id), demote(other, other.id)]],
  ])('of two admins who at the same time %s, one remains', async (_what, act) => {
    for (let round = 1; round <= 5; round += 1) {
      const [one, other] = await onlyAdmins(2);
      if (!one || !other) throw new Error('no admins were made');
      const statuses = (await Promise.all(act(one, other))).map(({ status }) => status).sort();
      // The second is refused as the last one, or is no admin any more when it is looked at.
      expect([statuses[0], [401, 403, 404, 409].includes(statuses[1] ?? 0)]).toEqual([200, true]);
      expect(await countAdmins()).toBe(1);
    }
  });
});
