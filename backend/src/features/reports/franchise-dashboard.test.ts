import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fieldError } from '#contract/field-errors.ts';
import {
  aFranchise,
  aMenuItem,
  aStore,
  aStoredOrder,
  aUser,
  type LoggedIn,
} from '../../../test/support/builders.ts';
import { openStream } from '../../../test/support/event-stream.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { expectProblem } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const SOON_MS = 10_000;

let service: TestService;
let franchiseId: number;
let store: { id: number; franchiseId: number };
let franchisee: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  franchiseId = (await aFranchise(service)).id;
  store = await aStore(service, franchiseId);
  franchisee = await aUser(service, [{ role: 'franchisee', objectId: franchiseId }]);
});
afterAll(() => service.stop());

const get = (path: string, who = franchisee) => service.http.get(`/api/franchise/${path}`).set(who.bearer);

describe('the settings of stores', () => {
  it('are told with what is sold out, and of a store closed for good with when', async () => {
    const item = await aMenuItem(service);
    const path = `/api/franchise/${franchiseId}/store`;
    const hours = { weekdays: { 5: [{ opens: '17:00', closes: '02:00' }] } };
    const sold = await aStore(service, franchiseId);
    await aStoredOrder(service, { dinerId: franchisee.id, state: 'ready', store: sold });
    await service.http
      .put(`${path}/${store.id}`)
      .set(franchisee.bearer)
      .send({ openingHours: hours, timeZone: 'America/Denver' })
      .expect(200);
    await service.http
      .put(`${path}/${store.id}/menu/${item.id}`)
      .set(franchisee.bearer)
      .send({ soldOut: true })
      .expect(200);
    await service.http.delete(`${path}/${sold.id}`).set(franchisee.bearer).expect(200);
    const { body } = await get(`${franchiseId}/store`).expect(200);
    expect(body.franchise.id).toBe(franchiseId);
    expect(body.stores).toHaveLength(2);
    expect(body.stores[0]).toMatchObject({
      id: store.id,
      timeZone: 'America/Denver',
      openingHours: hours,
      soldOut: [item.id],
      archivedAt: null,
    });
    expect(body.stores[1]).toMatchObject({ id: sold.id, isOpen: false, archivedAt: expect.any(String) });
  });
});

describe('the export of orders', () => {
  it('holds the orders of its days by the clock of their store and no others, and nothing of their diners but their notes', async () => {
    const diner = await aUser(service);
    const place = async (placedAt: Date) => {
      const id = await aStoredOrder(service, { dinerId: diner.id, state: 'ready', store });
      await service.db.updateTable('orders').set({ placed_at: placedAt }).where('id', '=', id).execute();
      return id;
    };
    await service.db
      .updateTable('stores')
      .set({ time_zone: 'America/Denver' })
      .where('id', '=', store.id)
      .execute();
    await place(new Date('2024-05-01T05:59:59.999Z'));
    const first = await place(new Date('2024-05-01T06:00:00.000Z'));
    const last = await place(new Date('2024-06-01T05:59:59.999Z'));
    await place(new Date('2024-06-01T06:00:00.000Z'));
    const note = '=NO NUTS, "allergy"';
    await service.db.updateTable('order_items').set({ note }).where('order_id', '=', last).execute();
    const answer = await get(`${franchiseId}/orders/export?from=2024-05-01&to=2024-05-31`).expect(200);
    expect(answer.headers['content-type']).toMatch(/^text\/csv/);
    const [header, ...rows] = answer.text.trimEnd().split('\r\n');
    expect(header).toBe('\ufefforder,placed,store,status,pizzas,total,notes');
    expect(rows.map((row) => Number(row.split(',')[0]))).toEqual([first, last]);
    expect(rows[0]).toMatch(/,0\.00380000,$/);
    expect(rows[1]).toMatch(/,"pizza [\w-]+: =NO NUTS, ""allergy"""$/);
    expect(answer.text).not.toContain(diner.email);
  });

  it('of more than a month is refused with the field that is wrong', async () => {
    const answer = await get(`${franchiseId}/orders/export?from=2024-05-01&to=2024-06-01`);
    expect(expectProblem(answer, 'invalid_input').errors).toEqual([
      fieldError('to', 'too_many_days', { days: 31 }),
    ]);
  });

  it('of another’s franchise is not there', async () => {
    const other = await aFranchise(service);
    expectProblem(await get(`${other.id}/orders/export?from=2024-05-01&to=2024-05-02`), 'not_found');
  });
});

describe('whoever follows a franchise', () => {
  it('hears of its orders, and of no other’s', async () => {
    const other = await aStore(service, (await aFranchise(service)).id);
    const diner = await aUser(service);
    const item = await aMenuItem(service);
    const order = (at: { id: number; franchiseId: number }) =>
      service.http
        .post('/api/order')
        .set(diner.bearer)
        .send({ franchiseId: at.franchiseId, storeId: at.id, items: [{ menuId: item.id }] })
        .expect(200);
    const own = await aStore(service, franchiseId);
    const runsOther = await aUser(service, [{ role: 'franchisee', objectId: other.franchiseId }]);
    const follow = (id: number, who: LoggedIn) =>
      openStream(`${service.origin}/api/franchise/${id}/events`, who.bearer);
    const ownNews = await follow(franchiseId, franchisee);
    const otherNews = await follow(other.franchiseId, runsOther);
    await Promise.all([ownNews.firstEvents(1), otherNews.firstEvents(1)]);
    await order(other);
    await otherNews.firstEvents(2);
    expect(ownNews.events()).toHaveLength(1);
    await order(own);
    const isTold = () => ownNews.events().length > 1;
    await eventually('news of the order', isTold, SOON_MS);
    expect(ownNews.events()[1]).toEqual({ event: 'orders', data: {} });
    await Promise.all([ownNews.leave(), otherNews.leave()]);
  });
});
