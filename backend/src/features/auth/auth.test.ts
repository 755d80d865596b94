import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { aUser } from '../../../test/support/builders.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { createPasswords } from './passwords.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ settings: { BCRYPT_COST: '5' } });
});
afterAll(() => service.stop());

let people = 0;
function aPerson(): { name: string; email: string; password: string } {
  people += 1;
  return { name: `Ada ${people}`, email: `ada.${people}@example.com`, password: 'a long pass phrase' };
}

const register = (body: object): Promise<Response> =>
  service.http
    .post('/api/auth')
    .send(body)
    .then((answer) => answer);
const logIn = (body: object): Promise<Response> =>
  service.http
    .put('/api/auth')
    .send(body)
    .then((answer) => answer);

async function countUsers(): Promise<number> {
  const row = await service.db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

async function countSessions(): Promise<number> {
  const row = await service.db
    .selectFrom('sessions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

const NO_TEXT = [{}, [], true, 7, null, ['a'], { $ne: '' }];

describe('registration', () => {
  it('a person who registers is a diner and logged in', async () => {
    const person = aPerson();
    const { status, body } = await register(person);
    expect(status).toBe(200);
    const { name, email } = person;
    const user = { id: expect.any(Number), name, email, roles: [{ role: 'diner' }] };
    expect(body).toEqual({ user, token: expect.any(String) });
    const me = await service.http.get('/api/user/me').auth(body.token, { type: 'bearer' }).expect(200);
    expect(me.body).toEqual(body.user);
  });

  it.each([['name'], ['email'], ['password']])(
    'S8: registration without %s is refused with the message clients know, and names the field',
    async (field) => {
      const before = await countUsers();
      const answer = await register({ ...aPerson(), [field]: undefined });
      const problem = expectProblem(answer, 'invalid_input');
      expect(problem.message).toBe('name, email, and password are required');
      expect(wrongFields(problem)).toEqual([field]);
      expect(await countUsers()).toBe(before);
    },
  );

  it('registration without a body names all three fields', async () => {
    const problem = expectProblem(await service.http.post('/api/auth'), 'invalid_input');
    expect(problem.message).toBe('name, email, and password are required');
    expect(wrongFields(problem)).toEqual(['email', 'name', 'password']);
  });

  it('a refused registration says what is wrong with each field by a code and its params, beside the sentence', async () => {
    const answer = await register({ name: 'n'.repeat(101), email: 'ada.example.com' });
    expect(expectProblem(answer, 'invalid_input').errors).toEqual([
      { path: 'name', code: 'too_long', params: { count: 100 }, message: 'must have at most 100 characters' },
      { path: 'email', code: 'not_email', message: 'must be an e-mail address' },
      { path: 'password', code: 'required', message: 'is required' },
    ]);
    const { errors } = expectProblem(await register({ ...aPerson(), password: 'x7!pq;Z' }), 'invalid_input');
    expect(errors).toEqual([
      {
        path: 'password',
        code: 'too_short',
        params: { count: 8 },
        message: 'must have at least 8 characters',
      },
    ]);
  });

  it.each(
    ['name', 'email', 'password'].flatMap((field) =>
      NO_TEXT.map((value) => [field, JSON.stringify(value), value] as const),
    ),
  )('S2: registration with the %s %s is refused and stores nobody', async (field, _text, value) => {
    const before = await countUsers();
    const problem = expectProblem(await register({ ...aPerson(), [field]: value }), 'invalid_input');
    expect(wrongFields(problem)).toEqual([field]);
    expect(await countUsers()).toBe(before);
  });

  it.each([
    ['a blank name', { name: ' \t ' }, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a name of 101 characters', { name: 'n'.repeat(101) }, 'name'],
    ['a name of nothing visible', { name: '\u200b\u2060\ufeff' }, 'name'],
    ['a name of half a character', { name: 'Ada\ud83c' }, 'name'],
    ['an empty e-mail', { email: '' }, 'email'],
    ['an e-mail without @', { email: 'ada.example.com' }, 'email'],
    ['an e-mail of 255 characters', { email: `${'a'.repeat(243)}@example.com` }, 'email'],
    ['S8: an empty password', { password: '' }, 'password'],
    ['S8: a blank password', { password: ' '.repeat(12) }, 'password'],
    ['S8: a password of 7 characters', { password: 'x7!pq;Z' }, 'password'],
    ['S8: a password of 4 characters that take 8 bytes', { password: 'éàüö' }, 'password'],
    ['S8: a password of 129 characters', { password: 'p'.repeat(129) }, 'password'],
  ])('registration with %s is refused and stores nobody', async (_circumstance, part, field) => {
    const before = await countUsers();
    const problem = expectProblem(await register({ ...aPerson(), ...part }), 'invalid_input');
    expect(wrongFields(problem)).toEqual([field]);
    expect(await countUsers()).toBe(before);
  });

  it('registration with three wrong fields names all three', async () => {
    const problem = expectProblem(await register({ name: 7, email: 'x', password: [] }), 'invalid_input');
    expect(wrongFields(problem)).toEqual(['email', 'name', 'password']);
  });

  it.each([
    ['with 8 characters', 'x7!pq;Zu'],
    ['of any Unicode', '🍕пиццаピザ 😀'],
    ['with 128 characters', 'p'.repeat(127).concat('q')],
    ['with blanks around it', '  spaces count  '],
  ])('S8: a password %s opens the account it was chosen for', async (_circumstance, password) => {
    const person = { ...aPerson(), password };
    expect((await register(person)).status).toBe(200);
    expect((await logIn({ email: person.email, password })).status).toBe(200);
    expectProblem(
      await logIn({ email: person.email, password: `${password.slice(0, -1)}_` }),
      'unknown_user',
    );
  });

  it('S22: registration cannot choose a role, an id or anything else', async () => {
    const person = aPerson();
    const answer = await service.http
      .post('/api/auth')
      .type('json')
      .send(
        `{"__proto__":{"role":"admin"},"roles":[{"role":"admin"}],"role":"admin","id":1,"isAdmin":true,${JSON.stringify(person).slice(1)}`,
      );
    expect(answer.status).toBe(200);
    expect(answer.body.user.roles).toEqual([{ role: 'diner' }]);
    const stored = await service.db
      .selectFrom('user_roles')
      .select(['role', 'object_id'])
      .where('user_id', '=', answer.body.user.id)
      .execute();
    expect(stored).toEqual([{ role: 'diner', object_id: 0 }]);
  });

  it('S13: an address is taken in whatever case and with whatever blanks around it is written', async () => {
    const person = aPerson();
    await register(person);
    const before = await countUsers();
    for (const email of [person.email, person.email.toUpperCase(), `  ${person.email} `]) {
      const problem = expectProblem(await register({ ...aPerson(), email }), 'email_taken');
      expect(problem.status).toBe(409);
      expect(wrongFields(problem)).toEqual(['email']);
    }
    expect(await countUsers()).toBe(before);
  });

  it('S13: of many registrations of one address at once exactly one succeeds', async () => {
    const person = aPerson();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        register({ ...person, email: index % 2 ? person.email.toUpperCase() : person.email }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
  });

  it('S27: neither registration nor log-in answers a password or its hash', async () => {
    const person = aPerson();
    const answers = [await register(person), await logIn(person)];
    const { password_hash } = await service.db
      .selectFrom('users')
      .select('password_hash')
      .where('email', '=', person.email)
      .executeTakeFirstOrThrow();
    expect(password_hash).toMatch(/^\$2b\$05\$/);
    for (const { text } of answers) {
      expect(text).not.toContain(person.password);
      expect(text).not.toContain(password_hash);
      expect(text).not.toMatch(/hash|\$2b\$/);
    }
  });
});

describe('log-in', () => {
  it('a user logs in with their address in any case and gets a session of their own', async () => {
    const user = await aUser(service);
    const { status, body } = await logIn({ email: ` ${user.email.toUpperCase()}`, password: user.password });
    expect(status).toBe(200);
    const { id, name, email } = user;
    expect(body.user).toEqual({ id, name, email, roles: [{ role: 'diner' }] });
    expect(body.token).not.toBe(user.token);
  });

  it.each([
    ['no password', undefined],
    ['an empty password', ''],
    ['a blank password', '   '],
    ['null', null],
    ['true', true],
    ['a number', 0],
    ['an empty object', {}],
    ['an object of operators', { $gt: '' }],
    ['an empty list', []],
    ['the password in a list', ['correct horse battery']],
    ['the password with a blank behind it', 'correct horse battery '],
    ['a password of 129 characters', 'p'.repeat(129)],
  ])('S10: log-in with %s never works', async (_circumstance, password) => {
    const { email } = await aUser(service);
    const sessions = await countSessions();
    const answer = await logIn({ email, password });
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await countSessions()).toBe(sessions);
  });

  it('S10: an account without a password hash cannot be logged in to', async () => {
    const user = await aUser(service);
    await service.db.updateTable('users').set({ password_hash: null }).where('id', '=', user.id).execute();
    expectProblem(await logIn(user), 'unknown_user');
  });

  it.each(NO_TEXT.map((value) => [JSON.stringify(value), value] as const))(
    'S2: log-in with the e-mail %s is refused as invalid',
    async (_text, email) => {
      const problem = expectProblem(await logIn({ email, password: 'x' }), 'invalid_input');
      expect(wrongFields(problem)).toEqual(['email']);
    },
  );

  it('S11: an unknown address and a wrong password get the same answer', async () => {
    const user = await aUser(service);
    const answers = [
      await logIn({ email: 'nobody@example.com', password: user.password }),
      await logIn({ email: user.email, password: 'not the password' }),
    ];
    const told = answers.map((answer) => {
      const { requestId, ...problem } = expectProblem(answer, 'unknown_user');
      const { date, 'x-request-id': id, ...headers } = answer.headers;
      expect([requestId, date]).toEqual([id, expect.any(String)]);
      return { problem, headers };
    });
    expect(told[0]).toEqual(told[1]);
    expect(told[0]?.problem).toMatchObject({ status: 404, message: 'unknown user' });
  });

  it('S11: for an address nobody has a hash is computed all the same', async () => {
    const passwords = createPasswords({ peppers: ['p'.repeat(32)], cost: 10 });
    await passwords.matches('the dummy hash is made by now', undefined);
    const start = performance.now();
    expect(await passwords.matches('a guess', undefined)).toBe(false);
    // No machine computes bcrypt of cost 10 this fast.
    expect(performance.now() - start).toBeGreaterThan(5);
  });
});

describe('passwords', () => {
  it('S9: two passwords that differ only in byte 73 are two passwords', async () => {
    const person = { ...aPerson(), password: `${'p'.repeat(72)}A` };
    await register(person);
    expectProblem(await logIn({ ...person, password: `${'p'.repeat(72)}B` }), 'unknown_user');
    expect((await logIn(person)).status).toBe(200);
  });

  it('S9: a log-in after the cost was raised stores a hash of the new cost, and the password stays', async () => {
    const person = aPerson();
    const old = createPasswords({ peppers: service.config.passwordPeppers, cost: 4 });
    const passwordHash = await old.hash(person.password);
    const { id } = await service.users.createUser({ ...person, passwordHash, roles: [{ role: 'diner' }] });
    const storedHash = () =>
      service.db
        .selectFrom('users')
        .select('password_hash')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
        .then(({ password_hash }) => password_hash);
    expectProblem(await logIn({ ...person, password: 'not the password' }), 'unknown_user');
    expect(await storedHash()).toBe(passwordHash);
    expect((await logIn(person)).status).toBe(200);
    const raised = await storedHash();
    expect(raised).toMatch(/^\$2b\$05\$/);
    expect((await logIn(person)).status).toBe(200);
    expect(await storedHash()).toBe(raised);
  });

  it('S9: a hash made with another pepper opens nothing', async () => {
    const [ours, theirs] = ['a', 'b'].map((letter) =>
      createPasswords({ peppers: [letter.repeat(32)], cost: 4 }),
    );
    const passwordHash = await ours?.hash('a long pass phrase');
    expect(await ours?.matches('a long pass phrase', passwordHash)).toBe(true);
    expect(await theirs?.matches('a long pass phrase', passwordHash)).toBe(false);
  });

  it('S46: a hash of an older pepper is right, outdated, and tried as often as there are peppers', async () => {
    const [older, newer] = ['a'.repeat(32), 'b'.repeat(32)] as const;
    const before = createPasswords({ peppers: [older], cost: 4 });
    const both = createPasswords({ peppers: [newer, older], cost: 4 });
    const password = 'a long pass phrase';
    const passwordHash = await before.hash(password);
    expect(await both.check(password, passwordHash)).toEqual({ isMatch: true, isOutdated: true });
    expect(await both.check(password, await both.hash(password))).toEqual({
      isMatch: true,
      isOutdated: false,
    });
    const wrong = { isMatch: false, isOutdated: false };
    expect(await both.check('a wrong pass phrase', passwordHash)).toEqual(wrong);
    expect(await both.check(password, undefined)).toEqual(wrong);
  });

  it('S9: with 2 hashes running and 20 waiting the next one is told to come back later', async () => {
    const passwords = createPasswords({ peppers: ['p'.repeat(32)], cost: 6 });
    const accepted = Array.from({ length: 22 }, () => passwords.hash('a long pass phrase'));
    await expect(passwords.hash('one too many')).rejects.toMatchObject({
      code: 'unavailable',
      status: 503,
      details: { retryAfterSeconds: expect.any(Number) },
    });
    expect(await Promise.all(accepted)).toHaveLength(22);
    await expect(passwords.hash('there is room again')).resolves.toMatch(/^\$2b\$06\$/);
  });
});
