import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aFranchise,
  aMenuItem,
  aStore,
  aStoredOrder,
  aUser,
  type LoggedIn,
} from '../../../test/support/builders.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { whileRefusing } from '../../../test/support/table-dump.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

// A Friday; in Denver it is 11:00, in Kiritimati it is Saturday already.
const FRIDAY = new Date('2020-11-20T18:00:00.000Z');
const MINUTE_MS = 60_000;

/** The time it is for the service while a test says so. */
let now: Date | undefined;
let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, clock: () => now ?? new Date() });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterEach(() => {
  now = undefined;
});
afterAll(() => service.stop());

interface StoreKey {
  id: number;
  franchiseId: number;
}
const pathOf = (store: StoreKey): string => `/api/franchise/${store.franchiseId}/store/${store.id}`;
const edit = (store: StoreKey, body: object, who = admin) =>
  service.http.put(pathOf(store)).set(who.bearer).send(body);
const remove = (store: StoreKey, who = admin) => service.http.delete(pathOf(store)).set(who.bearer);
const open = (franchiseId: number, body: object, who = admin) =>
  service.http.post(`/api/franchise/${franchiseId}/store`).set(who.bearer).send(body);
const soldOut = (store: StoreKey, menuId: number, isSoldOut: unknown, who = admin) =>
  service.http
    .put(`${pathOf(store)}/menu/${menuId}`)
    .set(who.bearer)
    .send({ soldOut: isSoldOut });
const franchiseeOf = (objectId: number) => aUser(service, [{ role: 'franchisee', objectId }]);
const order = (store: StoreKey, menuId: number) =>
  service.http
    .post('/api/order')
    .set(admin.bearer)
    .send({ franchiseId: store.franchiseId, storeId: store.id, items: [{ menuId }] });

async function storeRow(store: StoreKey) {
  return service.db.selectFrom('stores').selectAll().where('id', '=', store.id).executeTakeFirst();
}
async function countAudits(): Promise<number> {
  return (await service.db.selectFrom('audit_log').select('id').execute()).length;
}
async function lastAudit() {
  const { body } = await service.http.get('/api/operations/audit?limit=1').set(admin.bearer).expect(200);
  return body.entries[0];
}

describe('a franchisee', () => {
  it('opens a store, which takes orders at once', async () => {
    const { id: franchiseId } = await aFranchise(service);
    const who = await franchiseeOf(franchiseId);
    const answer = await open(franchiseId, { name: ' SLC ' }, who).expect(200);
    const { id } = answer.body;
    expect(answer.body).toEqual({ id, franchiseId, name: 'SLC', totalRevenue: 0 });
    expect(await lastAudit()).toMatchObject({
      actor: { id: who.id },
      action: 'store.created',
      subject: { type: 'store', id },
      requestId: answer.headers['x-request-id'],
    });
    await order({ id, franchiseId }, (await aMenuItem(service)).id).expect(200);
  });

  it('renames a store and gives it hours of its own time zone; both are answered as they were given', async () => {
    const store = await aStore(service);
    const who = await franchiseeOf(store.franchiseId);
    const openingHours = {
      weekdays: { 5: [{ opens: '10:00', closes: '12:00' }], 6: [{ opens: '17:00', closes: '02:00' }] },
      exceptions: [{ date: '2026-12-24', intervals: [] }],
    };
    const change = { name: 'Provo', timeZone: 'America/Denver', openingHours };
    const { body } = await edit(store, change, who).expect(200);
    expect(body).toEqual({ ...store, ...change, pausedUntil: null, isOpen: expect.any(Boolean), version: 2 });
    expect(await lastAudit()).toMatchObject({
      action: 'store.updated',
      subject: { id: store.id },
      details: change,
    });
  });

  it.each([
    [
      'the hours of its own clock',
      { timeZone: 'America/Denver', weekdays: { 5: [['10:00', '12:00']] } },
      true,
    ],
    ['the same hours on another clock', { timeZone: 'UTC', weekdays: { 5: [['10:00', '12:00']] } }, false],
    [
      'a day that has begun there already',
      { timeZone: 'Pacific/Kiritimati', weekdays: { 6: [['06:00', '09:00']] } },
      true,
    ],
    [
      'hours that began the evening before',
      { timeZone: 'Asia/Tokyo', weekdays: { 5: [['20:00', '04:00']] } },
      true,
    ],
    ['no hours on that day', { timeZone: 'UTC', weekdays: { 4: [['00:00', '24:00']] } }, false],
    [
      'an exception that closes the day',
      { timeZone: 'UTC', weekdays: { 5: [['00:00', '24:00']] }, exception: [] },
      false,
    ],
    [
      'an exception that opens the day',
      { timeZone: 'UTC', weekdays: {}, exception: [['17:30', '18:30']] },
      true,
    ],
  ])('whose store has %s takes orders by them', async (_circumstance, schedule, isOpen) => {
    const store = await aStore(service);
    const { id: menuId } = await aMenuItem(service);
    const intervals = (list: readonly (readonly string[])[]) =>
      list.map(([opens, closes]) => ({ opens, closes }));
    const openingHours = {
      weekdays: Object.fromEntries(
        Object.entries(schedule.weekdays).map(([day, list]) => [day, intervals(list as string[][])]),
      ),
      ...('exception' in schedule && {
        exceptions: [{ date: '2020-11-20', intervals: intervals(schedule.exception as string[][]) }],
      }),
    };
    await edit(store, { timeZone: schedule.timeZone, openingHours }).expect(200);
    now = FRIDAY;
    const { franchiseId, id: storeId } = store;
    const body = { franchiseId, storeId, items: [{ menuId }] };
    const quote = () => service.http.post('/api/order/quote').send(body).expect(200);
    expect((await quote()).body).toMatchObject({ canOrder: isOpen, store: { isOpen } });
    if (!isOpen) expectProblem(await order(store, menuId), 'store_closed');
    await edit(store, { openingHours: null }).expect(200);
    expect((await quote()).body).toMatchObject({ canOrder: true });
  });

  it('pauses a store for some minutes; it opens again by itself when they are over', async () => {
    const store = await aStore(service);
    const { id: menuId } = await aMenuItem(service);
    const start = new Date();
    now = start;
    const { body } = await edit(store, { paused: true, pausedForMinutes: 30 }).expect(200);
    const until = new Date(start.getTime() + 30 * MINUTE_MS);
    expect(body).toMatchObject({ pausedUntil: until.toISOString(), isOpen: false });
    now = new Date(until.getTime() - 1);
    expectProblem(await order(store, menuId), 'store_closed');
    now = until;
    await order(store, menuId).expect(200);
  });

  it('pauses a store until it is reopened', async () => {
    const store = await aStore(service);
    const { id: menuId } = await aMenuItem(service);
    const { body } = await edit(store, { paused: true }).expect(200);
    expect(body.isOpen).toBe(false);
    now = new Date(Date.now() + 23 * 60 * MINUTE_MS);
    expectProblem(await order(store, menuId), 'store_closed');
    now = undefined;
    expect((await edit(store, { paused: false }).expect(200)).body).toMatchObject({
      pausedUntil: null,
      isOpen: true,
    });
    await order(store, menuId).expect(200);
  });

  it.each([
    ['an unknown time zone', { timeZone: 'Mars/Olympus' }, ['timeZone']],
    [
      'a time that is none',
      { openingHours: { weekdays: { 5: [{ opens: '25:00', closes: '9' }] } } },
      ['openingHours.weekdays.5.0.closes', 'openingHours.weekdays.5.0.opens'],
    ],
    ['an eighth weekday', { openingHours: { weekdays: { 7: [] } } }, ['openingHours.weekdays']],
    [
      'a date that is none',
      { openingHours: { weekdays: {}, exceptions: [{ date: '2026-02-30', intervals: [] }] } },
      ['openingHours.exceptions.0.date'],
    ],
    ['a pause of no minutes', { pausedForMinutes: 0 }, ['pausedForMinutes']],
    ['a pause of more than a week', { pausedForMinutes: 10_081 }, ['pausedForMinutes']],
    ['a pause as a text', { paused: 'true' }, ['paused']],
    ['a blank name', { name: ' ' }, ['name']],
  ])('S2: is refused %s, and the store stays as it was', async (_fault, change, fields) => {
    const store = await aStore(service);
    const [before, audits] = [await storeRow(store), await countAudits()];
    expect(wrongFields(expectProblem(await edit(store, change), 'invalid_input'))).toEqual(fields);
    expect(await storeRow(store)).toEqual(before);
    expect(await countAudits()).toBe(audits);
  });

  it('marks a pizza sold out in one store, twice like once, and available again', async () => {
    const store = await aStore(service);
    const next = await aStore(service, store.franchiseId);
    const { id: menuId } = await aMenuItem(service);
    const who = await franchiseeOf(store.franchiseId);
    const seen = async ({ id }: StoreKey) =>
      (await service.http.get(`/api/order/menu?storeId=${id}`)).body.find(
        (item: { id: number }) => item.id === menuId,
      ).available;
    for (const _twice of [1, 2]) {
      const { body } = await soldOut(store, menuId, true, who).expect(200);
      expect(body).toEqual({ storeId: store.id, menuId, soldOut: true });
    }
    expect([await seen(store), await seen(next)]).toEqual([false, true]);
    expectProblem(await order(store, menuId), 'item_unavailable');
    await order(next, menuId).expect(200);
    expect(await lastAudit()).toMatchObject({ action: 'store.sold-out', details: { menuId } });
    await soldOut(store, menuId, false, who).expect(200);
    expect(await lastAudit()).toMatchObject({ action: 'store.back-in-stock', details: { menuId } });
    await order(store, menuId).expect(200);
  });

  it('is told 404 for a pizza that is not on the menu, and 400 for what is neither true nor false', async () => {
    const store = await aStore(service);
    expectProblem(await soldOut(store, 2_000_000_000, true), 'not_found');
    const { id } = await aMenuItem(service);
    for (const value of ['true', 1, null, undefined, {}]) {
      expectProblem(await soldOut(store, id, value), 'invalid_input');
    }
  });
});

describe('a store that is deleted', () => {
  it('while an order is placed there either keeps that order or refuses it, and no fault is told', async () => {
    const outcomes = new Set<string>();
    for (let round = 1; round <= 15; round += 1) {
      const [store, { id: menuId }] = [await aStore(service), await aMenuItem(service)];
      const [placed, removed] = await Promise.all([order(store, menuId), remove(store)]);
      const kept = await storeRow(store);
      outcomes.add(`${removed.status}: order ${placed.status}, store ${kept ? 'archived' : 'gone'}`);
    }
    const allowed = ['200: order 200, store archived', '200: order 400, store gone'];
    expect([...outcomes].filter((outcome) => !allowed.includes(outcome))).toEqual([]);
  });

  it('without an order is gone, with what was sold out in it', async () => {
    const store = await aStore(service);
    await soldOut(store, (await aMenuItem(service)).id, true).expect(200);
    const { body } = await remove(store).expect(200);
    expect(body).toEqual({ message: 'store deleted' });
    expect(await storeRow(store)).toBeUndefined();
    expect(await lastAudit()).toMatchObject({
      action: 'store.deleted',
      subject: { type: 'store', id: store.id },
      details: { name: store.name },
    });
    expectProblem(await remove(store), 'not_found');
  });

  it('with an order is archived: it takes none any more, and that order still names it', async () => {
    const store = await aStore(service);
    const orderId = await aStoredOrder(service, { dinerId: admin.id, state: 'ready', store });
    await remove(store).expect(200);
    expect((await storeRow(store))?.archived_at).not.toBeNull();
    const problem = expectProblem(await order(store, (await aMenuItem(service)).id), 'invalid_input');
    expect(wrongFields(problem)).toEqual(['storeId']);
    const { body } = await service.http.get(`/api/order/${orderId}`).set(admin.bearer).expect(200);
    expect(body.order).toMatchObject({ storeId: store.id, storeName: store.name });
    const { body: listed } = await service.http.get('/api/franchise?limit=100').expect(200);
    expect(JSON.stringify(listed)).not.toContain(`"${store.name}"`);
    for (const again of [await remove(store), await edit(store, { name: 'Lehi' })]) {
      expectProblem(again, 'not_found');
    }
  });
});

describe('a store', () => {
  const changes: [
    string,
    string,
    (store: StoreKey, who: LoggedIn) => Promise<Awaited<ReturnType<typeof edit>>>,
  ][] = [
    [
      'edited',
      'unable to edit a store',
      async (store, who) => edit(store, { name: 'Lehi', paused: true }, who),
    ],
    ['deleted', 'unable to delete a store', async (store, who) => remove(store, who)],
    [
      'sold out of',
      'unable to edit a store',
      async (store, who) => soldOut(store, (await aMenuItem(service)).id, true, who),
    ],
    [
      'opened',
      'unable to create a store',
      async (store, who) => open(store.franchiseId, { name: 'Lehi' }, who),
    ],
  ];

  it.each(changes)(
    'S19: is not %s by a diner (403), nor by the franchisee of another (404, and 403 for a new store)',
    async (what, refusal, act) => {
      const store = await aStore(service);
      const another = await aStore(service);
      const stranger = await franchiseeOf(another.franchiseId);
      const [before, audits] = [await storeRow(store), await countAudits()];
      expect(expectProblem(await act(store, await aUser(service)), 'forbidden').message).toBe(refusal);
      expectProblem(await act(store, stranger), what === 'opened' ? 'forbidden' : 'not_found');
      expect(await storeRow(store)).toEqual(before);
      expect(await countAudits()).toBe(audits);
    },
  );

  it.each(changes.slice(0, 3))(
    'S19: is not %s through the franchise of somebody else',
    async (_what, _refusal, act) => {
      const [store, own] = [await aStore(service), await aStore(service)];
      const who = await franchiseeOf(own.franchiseId);
      const before = await storeRow(store);
      const disguised = { id: store.id, franchiseId: own.franchiseId };
      for (const actor of [who, admin]) expectProblem(await act(disguised, actor), 'not_found');
      expect(await storeRow(store)).toEqual(before);
    },
  );

  it.each(changes)('S40: is not %s when that cannot be audited', async (_what, _refusal, act) => {
    const store = await aStore(service);
    const tables = async () => ({
      stores: await service.db.selectFrom('stores').selectAll().execute(),
      soldOut: await service.db.selectFrom('store_sold_out').selectAll().execute(),
    });
    const before = await tables();
    await whileRefusing(service, 'audit_log', async () => {
      expectProblem(await act(store, admin), 'internal');
    });
    expect(await tables()).toEqual(before);
  });
});
