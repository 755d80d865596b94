import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { aFranchise, aStore, aStoredOrder, aUser, type LoggedIn } from '../../../../test/support/builders.ts';
import { foldAll } from '../../../../test/support/fold.ts';
import { moveOrder } from '../../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { foldFiguresFromHistory } from '../../../database/migrations/0018-figures-from-history.ts';
import { checkStore } from './figures.service.ts';
import { dayOf } from './store-days.ts';

// A Friday evening in Denver, which is a Saturday in UTC and in Tokyo.
const FRIDAY_EVENING = new Date('2026-11-21T03:30:00.000Z');
const [FRIDAY, SATURDAY] = ['2026-11-20', '2026-11-21'];

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

type Store = { id: number; franchiseId: number };

async function aStoreIn(timeZone: string, franchiseId?: number): Promise<Store> {
  const store = await aStore(service, franchiseId);
  await moveStore(store, timeZone);
  return store;
}

const moveStore = (store: Store, timeZone: string) =>
  service.http
    .put(`/api/franchise/${store.franchiseId}/store/${store.id}`)
    .set(admin.bearer)
    .send({ timeZone })
    .expect(200);

/** An order whose whole history was at one moment. */
async function anOrderAt(store: Store, at: Date, state: 'ready' | 'failed' = 'ready'): Promise<number> {
  const orderId = await aStoredOrder(service, { dinerId: admin.id, state, store, total: 0.1 });
  await service.db.updateTable('order_transitions').set({ at }).where('order_id', '=', orderId).execute();
  await service.db.updateTable('orders').set({ placed_at: at }).where('id', '=', orderId).execute();
  return orderId;
}

async function report({ franchiseId }: Store, rest = `from=${FRIDAY}&to=${SATURDAY}`) {
  const path = `/api/franchise/${franchiseId}/report?${rest}`;
  return (await service.http.get(path).set(admin.bearer).expect(200)).body;
}

const daysOf = async (store: Store) =>
  (await report(store)).rows.map((row: { key: string; orders: number }) => [row.key, row.orders]);

/** What is looked at is the same before it is folded and after. */
async function beforeAndAfterFold(look: () => Promise<void>): Promise<void> {
  await look();
  await foldAll(service);
  await look();
}

describe('a Friday evening in Denver', () => {
  it('is Friday in every figure, before it is folded and after', async () => {
    const store = await aStoreIn('America/Denver');
    await anOrderAt(store, FRIDAY_EVENING);
    await beforeAndAfterFold(async () => {
      expect(await daysOf(store)).toEqual([
        [FRIDAY, 1],
        [SATURDAY, 0],
      ]);
      for (const by of ['day', 'store', 'item']) {
        expect((await report(store, `by=${by}&from=${FRIDAY}&to=${FRIDAY}`)).total).toMatchObject({
          orders: 1,
          revenue: 0.1,
        });
        expect((await report(store, `by=${by}&from=${SATURDAY}&to=${SATURDAY}`)).total.orders).toBe(0);
      }
      expect((await report(store)).timeZones).toEqual(['America/Denver']);
      expect(await checkStore(service.db, store.id)).toEqual([]);
    });
    const days = await service.db
      .selectFrom('store_day_figures')
      .select(sql<string>`cast(day as char)`.as('day'))
      .where('store_id', '=', store.id)
      .execute();
    expect(days).toEqual([{ day: FRIDAY }]);
  });

  it('is a Saturday in Tokyo, and their franchise adds up the days of each', async () => {
    const { id: franchiseId } = await aFranchise(service);
    const stores = [await aStoreIn('America/Denver', franchiseId), await aStoreIn('Asia/Tokyo', franchiseId)];
    for (const store of stores) await anOrderAt(store, FRIDAY_EVENING);
    await beforeAndAfterFold(async () => {
      expect(await daysOf(stores[0] as Store)).toEqual([
        [FRIDAY, 1],
        [SATURDAY, 1],
      ]);
      const friday = await report(stores[0] as Store, `by=store&from=${FRIDAY}&to=${FRIDAY}`);
      expect(friday.rows.map((row: { orders: number }) => row.orders).sort()).toEqual([0, 1]);
      expect(friday.timeZones).toEqual(['America/Denver', 'Asia/Tokyo']);
    });
    const path = `/api/franchise/${franchiseId}/orders/export?from=${FRIDAY}&to=${FRIDAY}`;
    const { text } = await service.http.get(path).set(admin.bearer).expect(200);
    expect(text.trim().split('\r\n')).toHaveLength(2);
  });

  it('keeps its failure on Friday, and who tries again takes it back from there', async () => {
    const store = await aStoreIn('America/Denver');
    const [folded, unfolded] = [
      await anOrderAt(store, FRIDAY_EVENING, 'failed'),
      await anOrderAt(store, FRIDAY_EVENING, 'failed'),
    ];
    const failures = async () => (await report(store, `from=${FRIDAY}&to=${FRIDAY}`)).total.failed;
    expect(await failures()).toBe(2);
    await moveOrder(service, unfolded, { to: 'waiting', cause: 'try_again' });
    await beforeAndAfterFold(async () => expect(await failures()).toBe(1));
    await moveOrder(service, folded, { to: 'waiting', cause: 'try_again' });
    await beforeAndAfterFold(async () => {
      expect(await failures()).toBe(0);
      expect(await checkStore(service.db, store.id)).toEqual([]);
    });
  });
});

describe('a store that changes its zone', () => {
  it('keeps the days it had, takes back a failure from where it was counted, and goes on by its new clock', async () => {
    const store = await aStoreIn('America/Denver');
    await anOrderAt(store, FRIDAY_EVENING);
    const failed = await anOrderAt(store, FRIDAY_EVENING, 'failed');
    await foldAll(service);
    await moveStore(store, 'Asia/Tokyo');
    await anOrderAt(store, FRIDAY_EVENING);
    await beforeAndAfterFold(async () => {
      expect((await report(store)).rows).toMatchObject([
        { key: FRIDAY, orders: 1, failed: 1 },
        { key: SATURDAY, orders: 1, failed: 0 },
      ]);
      expect(await checkStore(service.db, store.id)).toEqual([]);
    });
    await moveOrder(service, failed, { to: 'waiting', cause: 'try_again' });
    await beforeAndAfterFold(async () => {
      expect((await report(store)).rows).toMatchObject([{ failed: 0 }, { failed: 0 }]);
      expect(await checkStore(service.db, store.id)).toEqual([]);
    });
  });
});

describe('what an older version counted', () => {
  it('reads the same: on its UTC day, without a mark, and a failure is taken back from there', async () => {
    const store = await aStoreIn('America/Denver');
    const failed = await anOrderAt(store, FRIDAY_EVENING, 'failed');
    for (const orderId of [await anOrderAt(store, FRIDAY_EVENING), failed])
      await sql`update order_transitions set is_unfolded = null where order_id = ${orderId}`.execute(
        service.db,
      );
    const { menu_id } = await service.db
      .selectFrom('order_items')
      .select('menu_id')
      .where('order_id', '=', failed)
      .executeTakeFirstOrThrow();
    const counted = sql`1, 1, 0.1, 0, 1`;
    await sql`insert into store_day_figures values (${store.id}, ${SATURDAY}, ${counted})`.execute(
      service.db,
    );
    const ofItems = await service.db
      .selectFrom('order_items')
      .innerJoin('orders', 'orders.id', 'order_items.order_id')
      .select('menu_id')
      .where('store_id', '=', store.id)
      .execute();
    for (const item of ofItems) {
      const figures = item.menu_id === menu_id ? sql`0, 0, 0, 0, 1` : sql`1, 1, 0.1, 0, 0`;
      await sql`insert into store_item_day_figures values (${store.id}, ${SATURDAY}, ${item.menu_id}, ${figures})`.execute(
        service.db,
      );
    }
    await beforeAndAfterFold(async () => {
      expect((await report(store)).rows).toMatchObject([
        { orders: 0, failed: 0 },
        { orders: 1, failed: 1, revenue: 0.1 },
      ]);
      expect(await checkStore(service.db, store.id)).toEqual([]);
    });
    await moveOrder(service, failed, { to: 'waiting', cause: 'try_again' });
    await beforeAndAfterFold(async () => {
      expect((await report(store)).rows).toMatchObject([{ failed: 0 }, { orders: 1, failed: 0 }]);
      expect(await checkStore(service.db, store.id)).toEqual([]);
    });
  });
});

it('the migration that broke off half-way is done again, and changes nothing twice', async () => {
  const store = await aStoreIn('America/Denver');
  await anOrderAt(store, FRIDAY_EVENING);
  await foldFiguresFromHistory.up(service.db as never);
  await service.db.schema.dropIndex('order_transitions_unfolded').on('order_transitions').execute();
  await foldFiguresFromHistory.up(service.db as never);
  await beforeAndAfterFold(async () => expect(await checkStore(service.db, store.id)).toEqual([]));
});

it('a zone that this machine does not know counts as UTC, and stops no figures', () => {
  const minute = FRIDAY_EVENING.getTime() / 60_000;
  expect(dayOf({ day: null, minute, timeZone: 'Mars/Olympus' })).toBe(SATURDAY);
  expect(dayOf({ day: null, minute, timeZone: 'America/Denver' })).toBe(FRIDAY);
});
