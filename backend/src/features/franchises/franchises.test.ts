import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fieldError } from '#contract/field-errors.ts';
import type { OpeningHours } from '#contract/opening-hours.ts';
import { aFranchise, aStore, aStoredOrder, aUser } from '../../../test/support/builders.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { insertFranchise } from './franchises.repository.ts';
import { isStoreOpen } from './opening-hours.ts';

interface ListedStore {
  id: number;
  name: string;
  isOpen: boolean;
  totalRevenue?: number;
}
interface Listed {
  id: number;
  name: string;
  admins?: unknown[];
  stores: ListedStore[];
}

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
afterAll(() => service.stop());

/** What is told of a store without hours. */
const ALWAYS_OPEN = {
  isOpen: true,
  open: true,
  opensAt: null,
  closesAt: null,
  timeZone: 'UTC',
  version: 1,
};

let words = 0;
/** A word no other test uses, so that a filter finds the rows of one test alone. */
function aWord(): string {
  words += 1;
  return `Word${words}x`;
}

async function list(
  query: Record<string, string | number>,
  headers = {},
): Promise<{ franchises: Listed[]; more: boolean }> {
  const answer = await service.http.get('/api/franchise').query(query).set(headers).expect(200);
  return answer.body;
}

const namesOf = ({ franchises }: { franchises: Listed[] }): string[] => franchises.map(({ name }) => name);

async function aNamedFranchise(name: string): Promise<number> {
  return insertFranchise(service.db, name);
}

describe('the list of franchises', () => {
  it('anybody reads franchises by name with their stores, and neither people nor revenue', async () => {
    const word = aWord();
    const second = await aNamedFranchise(`${word} B`);
    const first = await aNamedFranchise(`${word} A`);
    const store = await aStore(service, first);
    const diner = await aUser(service);
    await aUser(service, [{ role: 'franchisee', objectId: first }]);
    await aStoredOrder(service, { dinerId: diner.id, state: 'ready', store });
    const open = { ...ALWAYS_OPEN, id: store.id, name: store.name };
    const expected = [
      { id: first, name: `${word} A`, stores: [open], version: 1 },
      { id: second, name: `${word} B`, stores: [], version: 1 },
    ];
    expect(await list({ name: `${word}*` })).toEqual({ franchises: expected, more: false });
    expect((await list({ name: `${word}*` }, diner.bearer)).franchises).toEqual(expected);
  });

  it('S27: a franchisee sees neither people nor revenue in the public list, not even their own', async () => {
    const { id, name } = await aFranchise(service);
    await aStore(service, id);
    const owner = await aUser(service, [{ role: 'franchisee', objectId: id }]);
    const [franchise] = (await list({ name }, owner.bearer)).franchises;
    expect(Object.keys(franchise ?? {}).sort()).toEqual(['id', 'name', 'stores', 'version']);
    expect(Object.keys(franchise?.stores[0] ?? {}).sort()).toEqual([
      'closesAt',
      'id',
      'isOpen',
      'name',
      'open',
      'opensAt',
      'timeZone',
      'version',
    ]);
  });

  it('an admin reads the franchisees of each franchise and the revenue of each store: ready orders, exact', async () => {
    const { id, name } = await aFranchise(service);
    const [store, idle] = [await aStore(service, id), await aStore(service, id)];
    const owner = await aUser(service, [{ role: 'franchisee', objectId: id }]);
    const admin = await aUser(service, [{ role: 'admin' }]);
    for (const total of [0.1, 0.2, 0.00000001]) {
      await aStoredOrder(service, { dinerId: owner.id, state: 'ready', store, total });
    }
    for (const state of ['making', 'waiting', 'failed', 'cancelled'] as const) {
      await aStoredOrder(service, { dinerId: owner.id, state, store, total: 7 });
    }
    const [franchise] = (await list({ name }, admin.bearer)).franchises;
    expect(franchise?.admins).toEqual([{ id: owner.id, name: owner.name, email: owner.email }]);
    expect(Object.fromEntries(franchise?.stores.map((each) => [each.id, each.totalRevenue]) ?? [])).toEqual({
      [store.id]: 0.30000001,
      [idle.id]: 0,
    });
  });

  it('pages count from 0, hold `limit` franchises each, and `more` is true on all but the last', async () => {
    const word = aWord();
    for (const letter of 'ABCDE') await aNamedFranchise(`${word} ${letter}`);
    const name = `${word}*`;
    const pages = [0, 1, 2, 3].map((page) => list({ name, limit: 2, page }));
    const seen = (await Promise.all(pages)).map((page) => [
      namesOf(page).map((each) => each.at(-1)),
      page.more,
    ]);
    expect(seen).toEqual([
      [['A', 'B'], true],
      [['C', 'D'], true],
      [['E'], false],
      [[], false],
    ]);
    expect((await list({ name, limit: 5 })).more).toBe(false);
    expect((await list({ name, limit: 4 })).more).toBe(true);
  });

  it('a page holds ten franchises unless told otherwise', async () => {
    const word = aWord();
    for (let number = 0; number < 11; number += 1) await aNamedFranchise(`${word} ${number}`);
    const page = await list({ name: `${word}*` });
    expect([page.franchises.length, page.more]).toEqual([10, true]);
  });

  it('`*` in the filter stands for any text, also in the middle, and letters count in either case', async () => {
    const word = aWord();
    await aNamedFranchise(`${word} north pizza`);
    await aNamedFranchise(`${word} south pizza`);
    await aNamedFranchise(`other ${word}`);
    expect(namesOf(await list({ name: `${word}*` }))).toHaveLength(2);
    expect(namesOf(await list({ name: `*${word}*` }))).toHaveLength(3);
    expect(namesOf(await list({ name: `${word} n*pizza` }))).toEqual([`${word} north pizza`]);
    expect(namesOf(await list({ name: `${word.toUpperCase()} NORTH PIZZA` }))).toEqual([
      `${word} north pizza`,
    ]);
    expect(namesOf(await list({ name: word }))).toEqual([]);
  });

  it.each([['%'], ['_'], ['\\'], ["'"], ["' or '1'='1"]])(
    'S1: %s in the filter stands for itself',
    async (character) => {
      const word = aWord();
      await aNamedFranchise(`${word}a`);
      await aNamedFranchise(`${word}${character}`);
      expect(namesOf(await list({ name: `${word}${character}` }))).toEqual([`${word}${character}`]);
      expect(namesOf(await list({ name: `${word}${character}*` }))).toEqual([`${word}${character}`]);
    },
  );

  it('a franchise that is closed and a store that is archived are not listed', async () => {
    const word = aWord();
    const closed = await aNamedFranchise(`${word} closed`);
    const open = await aNamedFranchise(`${word} open`);
    const [kept, archived] = [await aStore(service, open), await aStore(service, open)];
    await service.db
      .updateTable('franchises')
      .set({ closed_at: new Date() })
      .where('id', '=', closed)
      .execute();
    await service.db
      .updateTable('stores')
      .set({ archived_at: new Date() })
      .where('id', '=', archived.id)
      .execute();
    const { franchises } = await list({ name: `${word}*` });
    expect(franchises.map(({ id, stores }) => [id, stores.map((store) => store.id)])).toEqual([
      [open, [kept.id]],
    ]);
  });

  it('a store that is paused is listed as not open', async () => {
    const { id, name } = await aFranchise(service);
    const store = await aStore(service, id);
    const inAnHour = new Date(Date.now() + 3_600_000);
    await service.db
      .updateTable('stores')
      .set({ paused_until: inAnHour })
      .where('id', '=', store.id)
      .execute();
    expect((await list({ name })).franchises[0]?.stores).toMatchObject([{ id: store.id, isOpen: false }]);
  });

  it.each([
    ['page', '-1'],
    ['page', '1.5'],
    ['page', 'one'],
    ['page', ''],
    ['page', '1000001'],
    ['page', '99999999999999999999'],
    ['limit', '0'],
    ['limit', '101'],
    ['limit', '-5'],
    ['limit', '1e2'],
    ['limit', '0x10'],
    ['name', 'n'.repeat(101)],
    ['name', '\u200b'],
  ])('S6: the list refuses %s=%j', async (parameter, value) => {
    const answer = await service.http.get('/api/franchise').query({ [parameter]: value });
    expect(wrongFields(expectProblem(answer, 'invalid_input'))).toEqual([parameter]);
  });

  it.each([
    ['/api/franchise?page=1&page=2', 'page'],
    ['/api/franchise?name=a&name=b', 'name'],
    ['/api/franchise?limit=1&limit=1', 'limit'],
    ['/api/franchise?unknown=1&unknown=2', 'unknown'],
    ['/api/order/menu?x=1&x=2', 'x'],
  ])('S4: %s is refused for its repeated parameter', async (address, parameter) => {
    const problem = expectProblem(await service.http.get(address), 'invalid_input');
    expect(problem.errors).toEqual([fieldError(parameter, 'given_twice')]);
  });

  it('S6: two wrong parameters are both named', async () => {
    const answer = await service.http.get('/api/franchise?page=x&limit=0');
    expect(wrongFields(expectProblem(answer, 'invalid_input'))).toEqual(['limit', 'page']);
  });
});

describe("a user's franchises", () => {
  async function aFranchiseeWithRevenue() {
    const { id, name } = await aFranchise(service);
    const store = await aStore(service, id);
    const owner = await aUser(service, [{ role: 'diner' }, { role: 'franchisee', objectId: id }]);
    await aStoredOrder(service, { dinerId: owner.id, state: 'ready', store, total: 0.0042 });
    const seen = [
      {
        id,
        name,
        admins: [{ id: owner.id, name: owner.name, email: owner.email }],
        stores: [{ ...ALWAYS_OPEN, id: store.id, name: store.name, totalRevenue: 0.0042 }],
        version: 1,
      },
    ];
    return { owner, seen };
  }
  const read = (userId: number, headers: Record<string, string>) =>
    service.http.get(`/api/franchise/${userId}`).set(headers);

  it('their franchisee and an admin read them with people and revenue', async () => {
    const { owner, seen } = await aFranchiseeWithRevenue();
    const admin = await aUser(service, [{ role: 'admin' }]);
    expect((await read(owner.id, owner.bearer).expect(200)).body).toEqual(seen);
    expect((await read(owner.id, admin.bearer).expect(200)).body).toEqual(seen);
  });

  it('S27: for a diner and for another franchisee the list is empty, as it is for a user who runs none', async () => {
    const { owner } = await aFranchiseeWithRevenue();
    const { owner: other } = await aFranchiseeWithRevenue();
    const diner = await aUser(service);
    expect((await read(owner.id, diner.bearer).expect(200)).body).toEqual([]);
    expect((await read(owner.id, other.bearer).expect(200)).body).toEqual([]);
    expect((await read(diner.id, diner.bearer).expect(200)).body).toEqual([]);
  });

  it('S19: without a session they are not read, and an id that is none is refused', async () => {
    const { owner } = await aFranchiseeWithRevenue();
    expectProblem(await service.http.get(`/api/franchise/${owner.id}`), 'unauthorized');
    for (const id of ['0', '-1', 'x', '1.5', '99999999999', '%00']) {
      const answer = await service.http.get(`/api/franchise/${id}`).set(owner.bearer);
      expect(wrongFields(expectProblem(answer, 'invalid_input'))).toEqual(['userId']);
    }
  });
});

describe('opening hours', () => {
  const at = (text: string): Date => new Date(text);
  const storeWith = (weekdays: OpeningHours['weekdays'], timeZone = 'UTC') => ({
    timeZone,
    openingHours: { weekdays },
    pausedUntil: null,
    archivedAt: null,
  });
  // 2026-11-23 is a Monday.
  const monday = storeWith({ '1': [{ opens: '09:00', closes: '17:30' }] });
  const fridayNight = storeWith({ '5': [{ opens: '18:00', closes: '02:00' }] });
  const split = storeWith({
    '1': [
      { opens: '11:00', closes: '14:00' },
      { opens: '17:00', closes: '24:00' },
    ],
  });
  const allDay = storeWith({ '1': [{ opens: '00:00', closes: '24:00' }] });
  const tokyo = storeWith({ '1': [{ opens: '09:00', closes: '17:00' }] }, 'Asia/Tokyo');
  const denver = storeWith({ '0': [{ opens: '09:00', closes: '17:00' }] }, 'America/Denver');

  it.each([
    ['on its day, the minute it opens', monday, '2026-11-23T09:00:00Z', true],
    ['on its day, the minute before', monday, '2026-11-23T08:59:59Z', false],
    ['on its day, the last minute', monday, '2026-11-23T17:29:59Z', true],
    ['on its day, the minute it closes', monday, '2026-11-23T17:30:00Z', false],
    ['at the same hour of another day', monday, '2026-11-24T12:00:00Z', false],
    ['between its two intervals', split, '2026-11-23T15:00:00Z', false],
    ['in its second interval, until midnight', split, '2026-11-23T23:59:59Z', true],
    ['after the midnight it closes at', split, '2026-11-24T00:00:00Z', false],
    ['at midnight of a day it is open all of', allDay, '2026-11-23T00:00:00Z', true],
    ['in the evening its night begins', fridayNight, '2026-11-27T23:00:00Z', true],
    ['after midnight of the night that began yesterday', fridayNight, '2026-11-28T01:59:59Z', true],
    ['when the night of yesterday is over', fridayNight, '2026-11-28T02:00:00Z', false],
    ['after midnight of a night that begins only today', fridayNight, '2026-11-27T01:00:00Z', false],
    [
      'on Monday in Tokyo, still Sunday in UTC',
      storeWith({ '1': [{ opens: '06:00', closes: '17:00' }] }, 'Asia/Tokyo'),
      '2026-11-22T22:00:00Z',
      true,
    ],
    ['on Monday evening in Tokyo, Monday noon in UTC', tokyo, '2026-11-23T12:00:00Z', false],
    [
      'on Sunday in Denver, already Monday in UTC',
      storeWith({ '0': [{ opens: '09:00', closes: '20:00' }] }, 'America/Denver'),
      '2026-11-23T01:00:00Z',
      true,
    ],
    ['in summer, an hour earlier by UTC', denver, '2026-07-05T15:00:00Z', true],
    ['in winter, at that hour of UTC', denver, '2026-11-22T15:00:00Z', false],
  ])('a store with hours, %s: open is told right', (_circumstance, store, now, isOpen) => {
    expect(isStoreOpen(store, at(now))).toBe(isOpen);
  });

  it('a store without hours is open, unless it is paused or archived', () => {
    const store = { timeZone: 'UTC', openingHours: null, pausedUntil: null, archivedAt: null };
    const now = at('2026-11-23T12:00:00Z');
    expect(isStoreOpen(store, now)).toBe(true);
    expect(isStoreOpen({ ...store, pausedUntil: at('2026-11-23T12:00:01Z') }, now)).toBe(false);
    expect(isStoreOpen({ ...store, pausedUntil: now }, now)).toBe(true);
    expect(isStoreOpen({ ...store, archivedAt: at('2020-01-01T00:00:00Z') }, now)).toBe(false);
    expect(isStoreOpen({ ...store, openingHours: { weekdays: {} } }, now)).toBe(false);
  });
});
