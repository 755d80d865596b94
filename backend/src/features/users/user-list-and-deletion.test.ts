import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aFranchise,
  anOrderRequest,
  aStore,
  aStoredOrder,
  aUser,
  type LoggedIn,
  letSessionsAge,
} from '../../../test/support/builders.ts';
import { readHistory, readOrderRow } from '../../../test/support/order-rows.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { dumpTables, foundIn, whileRefusing } from '../../../test/support/table-dump.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

const me = (token: string) => service.http.get('/api/user/me').auth(token, { type: 'bearer' });
const remove = (who: LoggedIn, userId: number) => service.http.delete(`/api/user/${userId}`).set(who.bearer);
const rename = (userId: number, name: string) =>
  service.db.updateTable('users').set({ name }).where('id', '=', userId).execute();

describe('the list of users', () => {
  const list = (query: object) => service.http.get('/api/user').query(query).set(admin.bearer);
  const idsOf = (body: { users: { id: number }[] }): number[] => body.users.map(({ id }) => id);

  it('is read by an admin in pages from 1, by id, with `more` on all but the last', async () => {
    const users = [];
    for (let made = 1; made <= 5; made += 1) users.push(await aUser(service));
    for (const { id } of users) await rename(id, `Paged ${id}`);
    const ids = users.map(({ id }) => id);
    const pages = [];
    for (const page of [1, 2, 3, 4]) {
      const { body } = await list({ name: 'Paged*', page, limit: 2 }).expect(200);
      pages.push([...idsOf(body), body.more]);
    }
    expect(pages).toEqual([[ids[0], ids[1], true], [ids[2], ids[3], true], [ids[4], false], [false]]);
  });

  it('S27: shows of a user id, name, e-mail address and every role, and nothing else', async () => {
    const { id: objectId } = await aFranchise(service);
    const user = await aUser(service, [{ role: 'diner' }, { role: 'franchisee', objectId }]);
    const { body } = await list({ name: user.email }).expect(200);
    const { id, name, email } = user;
    const roles = [{ role: 'diner' }, { role: 'franchisee', objectId }];
    expect(body).toEqual({ users: [{ id, name, email, roles }], more: false });
  });

  it('is filtered by name or address, `*` stands for any text anywhere, letters count in either case', async () => {
    const user = await aUser(service);
    await rename(user.id, 'Quirin Zander');
    for (const name of [
      'Quirin Zander',
      'quirin*',
      '*ZANDER',
      'q*in*der',
      user.email,
      `*${user.email.slice(3)}`,
    ]) {
      expect(idsOf((await list({ name }).expect(200)).body)).toEqual([user.id]);
    }
    expect(idsOf((await list({ name: 'Quirin' }).expect(200)).body)).toEqual([]);
  });

  it.each(['%', '_', '\\', "'", "' or '1'='1", '%%%', 'Q_irin%'])(
    'S1: the filter %j stands for itself and finds nobody',
    async (name) => {
      expect((await list({ name }).expect(200)).body).toEqual({ users: [], more: false });
    },
  );

  it.each([
    ['page', 'x'],
    ['page', '1.5'],
    ['page', '1;drop table users'],
    ['limit', '0'],
    ['limit', '101'],
    ['limit', 'all'],
    ['name', ''],
    ['name', 'x'.repeat(101)],
  ])('S6: %s=%s is refused', async (parameter, value) => {
    expect(wrongFields(expectProblem(await list({ [parameter]: value }), 'invalid_input'))).toEqual([
      parameter,
    ]);
  });
});

describe('a user who is deleted', () => {
  it('by themselves is logged out everywhere, cannot log in, and their cookie is cleared', async () => {
    const user = await aUser(service);
    const { email, password } = user;
    const second = await service.http.put('/api/auth').send({ email, password }).expect(200);
    const answer = await remove(user, user.id).expect(200);
    expect(answer.body).toEqual({ message: 'user deleted' });
    for (const name of ['session', 'signed-in', 'device']) {
      expect(answer.headers['set-cookie']).toContainEqual(
        expect.stringMatching(new RegExp(`^${name}=;.*Expires=Thu, 01 Jan 1970`)),
      );
    }
    for (const token of [user.token, second.body.token]) expectProblem(await me(token), 'unauthorized');
    expectProblem(await service.http.put('/api/auth').send({ email, password }), 'unknown_user');
    const sessions = await service.db
      .selectFrom('sessions')
      .select('id')
      .where('user_id', '=', user.id)
      .execute();
    expect(sessions).toEqual([]);
  });

  it('S14: asks for the password in a session of long ago, and leaves all as it was without the right one', async () => {
    const user = await aUser(service);
    await letSessionsAge(service, user.id);
    const asked = await remove(user, user.id);
    expect(wrongFields(expectProblem(asked, 'reauthentication_required'))).toEqual(['currentPassword']);
    for (const currentPassword of ['', 'not it']) {
      const refused = await remove(user, user.id).send({ currentPassword });
      expect(wrongFields(expectProblem(refused, 'wrong_password'))).toEqual(['currentPassword']);
    }
    await me(user.token).expect(200);
    await remove(user, user.id).send({ currentPassword: user.password }).expect(200);
    expectProblem(await me(user.token), 'unauthorized');
  });

  it('S14: a wrong password is refused just after the log-in, too', async () => {
    const user = await aUser(service);
    expectProblem(await remove(user, user.id).send({ currentPassword: 'not it' }), 'wrong_password');
    await me(user.token).expect(200);
  });

  it('S12: guesses with a session at hand meet the limit of the log-in', async () => {
    const user = await aUser(service);
    const guess = (currentPassword: string) => remove(user, user.id).send({ currentPassword });
    for (let wrong = 1; wrong <= 5; wrong += 1) await guess(`wrong guess ${wrong}`).expect(403);
    expectProblem(await guess(user.password), 'too_many_requests');
    await me(user.token).expect(200);
  });

  it('S14: an admin is asked for the own password to be deleted, and for none to delete somebody else', async () => {
    const user = await aUser(service);
    const another = await aUser(service, [{ role: 'admin' }]);
    await letSessionsAge(service, another.id);
    await remove(another, user.id).expect(200);
    expectProblem(await remove(another, another.id), 'reauthentication_required');
  });

  it('frees the e-mail address: who registers with it is somebody new', async () => {
    const user = await aUser(service);
    await remove(user, user.id).expect(200);
    const { name, email, password } = user;
    const { body } = await service.http.post('/api/auth').send({ name, email, password }).expect(200);
    expect(body.user.id).not.toBe(user.id);
    expect((await service.http.get('/api/order').auth(body.token, { type: 'bearer' })).body.orders).toEqual(
      [],
    );
  });

  it('leaves no name and no address behind, in no table, no list and no pizza', async () => {
    const store = await aStore(service);
    const user = await aUser(service, [
      { role: 'diner' },
      { role: 'franchisee', objectId: store.franchiseId },
    ]);
    const made = await service.http
      .post('/api/order')
      .set(user.bearer)
      .send(await anOrderRequest(service))
      .expect(200);
    expect(foundIn(await dumpTables(service), [user.email, user.name])).toEqual([user.email, user.name]);
    await remove(user, user.id).expect(200);
    const read = (path: string) => service.http.get(path).set(admin.bearer).expect(200);
    const told = [
      await dumpTables(service),
      (await read('/api/user?limit=100')).text,
      (await read('/api/franchise?limit=100')).text,
      (await read(`/api/order/${made.body.order.id}`)).text,
      (await read('/api/operations/audit')).text,
    ].join('\n');
    expect(foundIn(told, [user.email, user.name])).toEqual([]);
  });

  it('leaves the orders: what is open is cancelled, what is over stays as it was', async () => {
    const user = await aUser(service);
    const store = await aStore(service);
    const open = [];
    for (const state of ['waiting', 'making'] as const)
      open.push(await aStoredOrder(service, { dinerId: user.id, state, store }));
    const over = [];
    for (const state of ['ready', 'failed', 'cancelled'] as const)
      over.push(await aStoredOrder(service, { dinerId: user.id, state, store }));
    const before = await Promise.all(over.map((orderId) => readOrderRow(service, orderId)));
    await remove(user, user.id).expect(200);
    for (const orderId of open) {
      expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'cancelled', diner_id: user.id });
      expect((await readHistory(service, orderId)).at(-1)).toMatchObject({
        to: 'cancelled',
        cause: 'diner_left',
      });
    }
    expect(await Promise.all(over.map((orderId) => readOrderRow(service, orderId)))).toEqual(before);
    const { body } = await service.http
      .get(`/api/franchise/${store.franchiseId}/orders`)
      .set(admin.bearer)
      .expect(200);
    expect(body.orders).toHaveLength(5);
  });

  it('by an admin is gone alike, without touching the session of that admin, and it is audited', async () => {
    const user = await aUser(service);
    const answer = await remove(admin, user.id).expect(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expectProblem(await me(user.token), 'unauthorized');
    await me(admin.token).expect(200);
    expectProblem(await remove(admin, user.id), 'not_found');
    const { body } = await service.http.get('/api/operations/audit?limit=1').set(admin.bearer).expect(200);
    expect(body.entries).toMatchObject([
      {
        actor: { id: admin.id, name: admin.name },
        action: 'user.deleted',
        subject: { type: 'user', id: user.id },
        requestId: answer.headers['x-request-id'],
      },
    ]);
  });

  it('S40: is still there when that cannot be audited', async () => {
    const user = await aUser(service);
    const orderId = await aStoredOrder(service, { dinerId: user.id, state: 'waiting' });
    await whileRefusing(service, 'audit_log', async () => {
      expectProblem(await remove(user, user.id), 'internal');
    });
    expect((await me(user.token).expect(200)).body).toMatchObject({ name: user.name, email: user.email });
    expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'waiting' });
  });

  it('S19: is not deleted by another diner, who is refused as for one who never was', async () => {
    const [user, somebody] = [await aUser(service), await aUser(service)];
    const foreign = expectProblem(await remove(somebody, user.id), 'forbidden');
    const unknown = expectProblem(await remove(somebody, 2_000_000_000), 'forbidden');
    expect({ ...foreign, requestId: '' }).toEqual({ ...unknown, requestId: '' });
    await me(user.token).expect(200);
  });
});
