import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFranchise, aStore, aStoredOrder, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { whileRefusing } from '../../../test/support/table-dump.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

const franchiseeOf = (objectId: number) =>
  aUser(service, [{ role: 'diner' }, { role: 'franchisee', objectId }]);
const create = (body: object, who = admin) => service.http.post('/api/franchise').set(who.bearer).send(body);
const edit = (id: number, body: object, who = admin) =>
  service.http.put(`/api/franchise/${id}`).set(who.bearer).send(body);
const close = (id: number, who = admin) => service.http.delete(`/api/franchise/${id}`).set(who.bearer);
const ofUser = async (user: LoggedIn) =>
  (await service.http.get(`/api/franchise/${user.id}`).set(user.bearer).expect(200)).body;
const peopleOf = (...users: LoggedIn[]) => users.map(({ id, name, email }) => ({ id, name, email }));

let names = 0;
function aName(): string {
  names += 1;
  return `Forno ${names}`;
}

/** What creating or editing a franchise could have left behind. */
async function stored() {
  const franchises = await service.db.selectFrom('franchises').selectAll().execute();
  const roles = await service.db
    .selectFrom('user_roles')
    .selectAll()
    .where('role', '=', 'franchisee')
    .execute();
  const audits = await service.db.selectFrom('audit_log').select('id').execute();
  return { franchises, roles, audits: audits.length };
}

async function lastAudit() {
  const { body } = await service.http.get('/api/operations/audit?limit=1').set(admin.bearer).expect(200);
  return body.entries[0];
}

describe('creating a franchise', () => {
  it('answers it with each franchisee and no store; they run it with their next request', async () => {
    const [one, other] = [await aUser(service), await aUser(service)];
    const name = aName();
    const admins = [{ email: one.email.toUpperCase() }, { email: ` ${other.email} ` }, { email: one.email }];
    const answer = await create({ name, admins }).expect(200);
    const { id } = answer.body;
    expect(answer.body).toEqual({ id, name, admins: peopleOf(one, other), stores: [], version: 1 });
    for (const user of [one, other]) {
      expect(await ofUser(user)).toEqual([answer.body]);
    }
    await service.http.post(`/api/franchise/${id}/store`).set(other.bearer).send({ name: 'SLC' }).expect(200);
    expect(await lastAudit()).toMatchObject({ action: 'store.created', actor: { id: other.id } });
    const { body } = await service.http.get('/api/operations/audit').set(admin.bearer).expect(200);
    expect(body.entries).toContainEqual(
      expect.objectContaining({
        actor: { id: admin.id, name: admin.name },
        action: 'franchise.created',
        subject: { type: 'franchise', id, name },
        requestId: answer.headers['x-request-id'],
      }),
    );
  });

  it('with an address nobody has is refused with the message clients know, and nothing half is stored', async () => {
    const user = await aUser(service);
    const before = await stored();
    const admins = [{ email: user.email }, { email: 'nobody@example.com' }];
    const problem = expectProblem(await create({ name: aName(), admins }), 'unknown_user');
    expect(problem.message).toBe('unknown user for franchise admin nobody@example.com provided');
    expect(problem.status).toBe(404);
    expect(wrongFields(problem)).toEqual(['admins.1.email']);
    expect(await stored()).toEqual(before);
  });

  it('with the address of a deleted user is refused alike', async () => {
    const user = await aUser(service);
    await service.http.delete(`/api/user/${user.id}`).set(user.bearer).expect(200);
    const problem = expectProblem(
      await create({ name: aName(), admins: [{ email: user.email }] }),
      'unknown_user',
    );
    expect(problem.message).toBe(`unknown user for franchise admin ${user.email} provided`);
  });

  it('with a name that is taken, in whatever case, is 409; of ten at the same time one is created', async () => {
    const admins = [{ email: admin.email }];
    const name = aName();
    const attempts = Array.from({ length: 10 }, () => create({ name, admins }));
    const answers = await Promise.all(attempts);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
    const before = await stored();
    const refused = expectProblem(await create({ name: name.toUpperCase(), admins }), 'name_taken');
    expect(wrongFields(refused)).toEqual(['name']);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['no name', { name: undefined }, ['name']],
    ['a blank name', { name: '  ' }, ['name']],
    ['a name of nothing visible', { name: '\u200b\u2800' }, ['name']],
    ['no franchisee', { admins: [] }, ['admins']],
    ['franchisees as a text', { admins: 'a@example.com' }, ['admins']],
    ['a franchisee without an address', { admins: [{}] }, ['admins.0.email']],
    ['an object for an address', { admins: [{ email: { $ne: '' } }] }, ['admins.0.email']],
    ['everything wrong', { name: {}, admins: [{ email: 'x' }] }, ['admins.0.email', 'name']],
  ])('S2: with %s is refused, and every wrong field is named', async (_fault, change, fields) => {
    const before = await stored();
    const body = { name: aName(), admins: [{ email: admin.email }], ...change };
    expect(wrongFields(expectProblem(await create(body), 'invalid_input'))).toEqual(fields);
    expect(await stored()).toEqual(before);
  });

  it('S40: does not happen when it cannot be audited', async () => {
    const before = await stored();
    await whileRefusing(service, 'audit_log', async () => {
      expectProblem(await create({ name: aName(), admins: [{ email: admin.email }] }), 'internal');
    });
    expect(await stored()).toEqual(before);
  });
});

describe('editing a franchise', () => {
  it('renames it and leaves its franchisees', async () => {
    const franchise = await aFranchise(service);
    const user = await franchiseeOf(franchise.id);
    const name = aName();
    const { body } = await edit(franchise.id, { name }).expect(200);
    expect(body).toEqual({ id: franchise.id, name, admins: peopleOf(user), stores: [], version: 2 });
    expect(await lastAudit()).toMatchObject({
      action: 'franchise.updated',
      subject: { type: 'franchise', id: franchise.id },
      details: { name },
    });
  });

  it('S16: replaces its franchisees at once, and their other roles stay', async () => {
    const franchise = await aFranchise(service);
    const [before, after] = [await franchiseeOf(franchise.id), await aUser(service)];
    const { body } = await edit(franchise.id, { admins: [{ email: after.email }] }).expect(200);
    expect(body.admins).toEqual(peopleOf(after));
    const store = (who: LoggedIn) =>
      service.http.post(`/api/franchise/${franchise.id}/store`).set(who.bearer).send({ name: 'SLC' });
    expectProblem(await store(before), 'forbidden');
    await store(after).expect(200);
    const me = await service.http.get('/api/user/me').set(before.bearer).expect(200);
    expect(me.body.roles).toEqual([{ role: 'diner' }]);
  });

  it('with an unknown franchisee or a taken name changes neither name nor people', async () => {
    const [franchise, another] = [await aFranchise(service), await aFranchise(service)];
    await franchiseeOf(franchise.id);
    const before = await stored();
    const unknown = { name: aName(), admins: [{ email: admin.email }, { email: 'nobody@example.com' }] };
    expect(expectProblem(await edit(franchise.id, unknown), 'unknown_user').message).toBe(
      'unknown user for franchise admin nobody@example.com provided',
    );
    const taken = { name: another.name, admins: [{ email: admin.email }] };
    expectProblem(await edit(franchise.id, taken), 'name_taken');
    expectProblem(await edit(2_000_000_000, { name: aName() }), 'not_found');
    expect(await stored()).toEqual(before);
  });

  it('S40: does not happen when it cannot be audited', async () => {
    const franchise = await aFranchise(service);
    const before = await stored();
    await whileRefusing(service, 'audit_log', async () => {
      const change = { name: aName(), admins: [{ email: admin.email }] };
      expectProblem(await edit(franchise.id, change), 'internal');
      expectProblem(await close(franchise.id), 'internal');
    });
    expect(await stored()).toEqual(before);
  });
});

describe('closing a franchise', () => {
  it('takes it and its stores off the list, and its name is free again', async () => {
    const store = await aStore(service);
    const { name } = await edit(store.franchiseId, { name: aName() }).then(({ body }) => body);
    expect((await close(store.franchiseId).expect(200)).body).toEqual({ message: 'franchise deleted' });
    const { body } = await service.http.get('/api/franchise').query({ name }).expect(200);
    expect(body.franchises).toEqual([]);
    expect(await lastAudit()).toMatchObject({
      action: 'franchise.closed',
      subject: { id: store.franchiseId },
    });
    expectProblem(await close(store.franchiseId), 'not_found');
    expectProblem(await edit(store.franchiseId, { name: aName() }), 'not_found');
    await create({ name, admins: [{ email: admin.email }] }).expect(200);
  });

  it('S16: takes the role from its franchisees at once, and no other of their roles', async () => {
    const [closing, staying] = [await aFranchise(service), await aFranchise(service)];
    const roles = [closing, staying].map(({ id }) => ({ role: 'franchisee', objectId: id }) as const);
    const user = await aUser(service, [{ role: 'diner' }, ...roles]);
    await close(closing.id).expect(200);
    expect((await ofUser(user)).map(({ id }: { id: number }) => id)).toEqual([staying.id]);
    const store = { name: 'SLC' };
    const open = (id: number) => service.http.post(`/api/franchise/${id}/store`).set(user.bearer).send(store);
    expectProblem(await open(closing.id), 'forbidden');
    await open(staying.id).expect(200);
  });

  it('leaves its orders with the names they were placed under', async () => {
    const franchise = await aFranchise(service);
    const store = await aStore(service, franchise.id);
    const diner = await aUser(service);
    const orderId = await aStoredOrder(service, { dinerId: diner.id, state: 'ready', store });
    await close(franchise.id).expect(200);
    const { body } = await service.http.get(`/api/order/${orderId}`).set(diner.bearer).expect(200);
    expect(body.order).toMatchObject({
      franchiseName: franchise.name,
      storeName: store.name,
      status: 'ready',
    });
  });
});

describe('who may not', () => {
  it('S19: create, edit or close a franchise is told so with 403 in the words clients know', async () => {
    const franchise = await aFranchise(service);
    const before = await stored();
    for (const who of [await aUser(service), await franchiseeOf(franchise.id)]) {
      const rolesAdded = (await stored()).roles.length - before.roles.length;
      const body = { name: aName(), admins: [{ email: who.email }] };
      const refusals = [
        await create(body, who),
        await edit(franchise.id, body, who),
        await close(franchise.id, who),
      ];
      expect(refusals.map((refusal) => expectProblem(refusal, 'forbidden').message)).toEqual([
        'unable to create a franchise',
        'unable to edit a franchise',
        'unable to delete a franchise',
      ]);
      const after = await stored();
      expect(after.franchises).toEqual(before.franchises);
      expect(after.roles.length - before.roles.length).toBe(rolesAdded);
      expect(after.audits).toBe(before.audits);
    }
  });
});

describe('the audit log', () => {
  const read = (query: object, who = admin) =>
    service.http.get('/api/operations/audit').query(query).set(who.bearer);

  it('S40: is read by admins alone', async () => {
    const { id } = await aFranchise(service);
    expectProblem(await service.http.get('/api/operations/audit'), 'unauthorized');
    for (const who of [await aUser(service), await franchiseeOf(id)]) {
      expectProblem(await read({}, who), 'forbidden');
    }
  });

  it('S40: shows newest first, in pages from 1 with `more` on all but the last', async () => {
    const { id } = await aFranchise(service);
    for (let made = 1; made <= 3; made += 1) await edit(id, { name: aName() }).expect(200);
    const whole = (await read({ limit: 100 }).expect(200)).body;
    const ids = whole.entries.map((entry: { id: number }) => entry.id);
    expect(ids).toEqual([...ids].sort((one, other) => other - one));
    const first = (await read({ limit: 2 }).expect(200)).body;
    const second = (await read({ limit: 2, page: 2 }).expect(200)).body;
    expect([...first.entries, ...second.entries]).toEqual(whole.entries.slice(0, 4));
    expect([first.more, second.more, whole.more]).toEqual([true, true, false]);
  });
});
