import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '#contract/operations.ts';
import { aFranchise, aMenuItem, aStore, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { insertEntry } from './audit.repository.ts';

let service: TestService;
let admin: LoggedIn;
let other: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
  other = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

const read = (query: object, who = admin) =>
  service.http.get('/api/operations/audit').query(query).set(who.bearer);

async function entriesOf(query: object): Promise<AuditEntry[]> {
  return (await read({ limit: 100, ...query }).expect(200)).body.entries;
}

type Entry = Pick<Parameters<typeof insertEntry>[1], 'action' | 'subject'> & { by?: LoggedIn };

async function record({ by = admin, action, subject }: Entry): Promise<number> {
  const actor = { userId: by.id, requestId: 'request' };
  await insertEntry(service.db, { actor, action, subject, details: {} });
  const last = await service.db.selectFrom('audit_log').select('id').orderBy('id', 'desc').limit(1).execute();
  return last[0]?.id ?? 0;
}

const dateEntry = (id: number, at: string) =>
  service.db
    .updateTable('audit_log')
    .set({ at: new Date(at) })
    .where('id', '=', id)
    .execute();

const idsOf = (entries: AuditEntry[]) => entries.map(({ id }) => id);

describe('the audit log', () => {
  it('is read by actor, action and subject, alone and together, newest first', async () => {
    const store = await aStore(service);
    const subject = { type: 'store', id: store.id } as const;
    const franchise = { type: 'franchise', id: store.id } as const;
    const closed = await record({ by: other, action: 'store.deleted', subject });
    const made = await record({ by: other, action: 'franchise.created', subject: franchise });
    const mine = await record({ action: 'store.deleted', subject });
    expect(idsOf(await entriesOf({ actorId: other.id }))).toEqual([made, closed]);
    expect(idsOf(await entriesOf({ action: 'store.deleted' }))).toEqual([mine, closed]);
    expect(idsOf(await entriesOf({ subjectType: 'franchise' }))).toEqual([made]);
    expect(idsOf(await entriesOf({ subjectType: 'store', subjectId: store.id }))).toEqual([mine, closed]);
    expect(idsOf(await entriesOf({ actorId: admin.id, action: 'store.deleted' }))).toEqual([mine]);
    expect(idsOf(await entriesOf({ actorId: admin.id, subjectType: 'franchise' }))).toEqual([]);
  });

  it('is read by time: its beginning is included, its end is not, and pages follow the filter', async () => {
    const { id } = await aFranchise(service);
    const ids = [];
    for (const at of ['2020-01-01T00:00:00.000Z', '2020-01-01T12:00:00.000Z', '2020-01-02T00:00:00.000Z']) {
      const entry = await record({ action: 'franchise.updated', subject: { type: 'franchise', id } });
      await dateEntry(entry, at);
      ids.push(entry);
    }
    const day = { from: '2020-01-01T00:00:00.000Z', to: '2020-01-02T00:00:00.000Z' };
    expect(idsOf(await entriesOf(day))).toEqual([ids[1], ids[0]]);
    const first = await read({ ...day, limit: 1 }).expect(200);
    expect([idsOf(first.body.entries), first.body.more]).toEqual([[ids[1]], true]);
    const second = await read({ ...day, limit: 1, page: 2 }).expect(200);
    expect([idsOf(second.body.entries), second.body.more]).toEqual([[ids[0]], false]);
  });

  it('repeats nothing on the next page when an entry came in between, for who names the last one they saw', async () => {
    const { id } = await aFranchise(service);
    const subject = { type: 'franchise', id } as const;
    const add = () => record({ action: 'franchise.updated', subject });
    const ids = [await add(), await add(), await add()].reverse();
    const filter = { subjectType: 'franchise', subjectId: id, limit: 2 };
    const first = idsOf(await entriesOf(filter));
    await add();
    const second = idsOf(await entriesOf({ ...filter, before: first.at(-1) ?? 0 }));
    expect([...first, ...second]).toEqual(ids);
  });

  it('calls each subject what it is called now, and one that is gone nothing', async () => {
    const franchise = await aFranchise(service);
    const store = await aStore(service, franchise.id);
    const item = await aMenuItem(service);
    const gone = await aUser(service);
    const subjects = [
      { subject: { type: 'franchise', id: franchise.id }, name: franchise.name },
      { subject: { type: 'store', id: store.id }, name: store.name },
      { subject: { type: 'menu-item', id: item.id }, name: item.title },
      { subject: { type: 'user', id: other.id }, name: other.name },
      { subject: { type: 'user', id: gone.id }, name: null },
    ] as const;
    await service.http.delete(`/api/user/${gone.id}`).set(gone.bearer).expect(200);
    for (const { subject, name } of subjects) {
      const id = await record({ action: 'user.updated', subject });
      const [entry] = await entriesOf({ limit: 1 });
      expect(entry).toMatchObject({ id, subject: { ...subject, name } });
    }
  });

  it.each([
    [{ action: 'pizza.eaten' }, ['action']],
    [{ subjectType: 'pizza' }, ['subjectType']],
    [{ subjectId: 1 }, ['subjectType']],
    [{ from: 'yesterday' }, ['from']],
    [{ from: '2020-01-02T00:00:00.000Z', to: '2020-01-01T00:00:00.000Z' }, ['to']],
  ])('refuses the filter %j and names the field', async (query, fields) => {
    expect(wrongFields(expectProblem(await read(query), 'invalid_input'))).toEqual(fields);
  });
});
