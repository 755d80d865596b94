import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStoredOrder, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { sweepOnce } from '../../../test/support/order-flow.ts';
import { readHistory, readOrderRow } from '../../../test/support/order-rows.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { whileRefusing } from '../../../test/support/table-dump.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

let service: TestService;
let admin: LoggedIn;
let diner: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
  diner = await aUser(service);
});
afterAll(() => service.stop());

const act = (verb: 'cancel' | 'retry', who: LoggedIn, orderId: number) =>
  service.http.post(`/api/order/${orderId}/${verb}`).set(who.bearer);

interface FailedOrder {
  orderId: number;
  storeId: number;
  franchiseId: number;
  menuId: number;
}

async function aFailedOrder(): Promise<FailedOrder> {
  const orderId = await aStoredOrder(service, { dinerId: diner.id, state: 'failed', total: 0.0038 });
  const { store_id, franchise_id } = await readOrderRow(service, orderId);
  const [item] = await readItems(orderId);
  return { orderId, storeId: store_id, franchiseId: franchise_id, menuId: item?.menu_id ?? 0 };
}

const readItems = (orderId: number) =>
  service.db.selectFrom('order_items').selectAll().where('order_id', '=', orderId).execute();

const auditsOf = async (orderId: number) => {
  const { body } = await service.http
    .get('/api/operations/audit')
    .query({ subjectType: 'order', subjectId: orderId })
    .set(admin.bearer)
    .expect(200);
  return body.entries;
};

const menuItem = ({ menuId }: FailedOrder, changes: Record<string, unknown>) =>
  service.db.updateTable('menu_items').set(changes).where('id', '=', menuId).execute();
const store = ({ storeId }: FailedOrder, changes: Record<string, unknown>) =>
  service.db.updateTable('stores').set(changes).where('id', '=', storeId).execute();

describe('an order that failed', () => {
  it.each([
    {
      what: 'its store is paused',
      code: 'store_closed',
      fields: [],
      happens: (order: FailedOrder) => store(order, { paused_until: new Date(Date.now() + 3_600_000) }),
    },
    {
      what: 'its store is gone',
      code: 'invalid_input',
      fields: ['storeId'],
      happens: (order: FailedOrder) => store(order, { archived_at: new Date() }),
    },
    {
      what: 'its franchise is closed',
      code: 'invalid_input',
      fields: ['storeId'],
      happens: ({ franchiseId }: FailedOrder) =>
        service.db
          .updateTable('franchises')
          .set({ closed_at: new Date() })
          .where('id', '=', franchiseId)
          .execute(),
    },
    {
      what: 'a pizza was retired',
      code: 'invalid_input',
      fields: ['items.0.menuId'],
      happens: (order: FailedOrder) => menuItem(order, { retired_at: new Date() }),
    },
    {
      what: 'a pizza is not available',
      code: 'item_unavailable',
      fields: ['items.0'],
      happens: (order: FailedOrder) => menuItem(order, { is_available: false }),
    },
    {
      what: 'a pizza is sold out at its store',
      code: 'item_unavailable',
      fields: ['items.0'],
      happens: ({ storeId, menuId }: FailedOrder) =>
        service.db.insertInto('store_sold_out').values({ store_id: storeId, menu_id: menuId }).execute(),
    },
    {
      what: 'a pizza has become dearer',
      code: 'price_changed',
      fields: ['items.0.price'],
      happens: (order: FailedOrder) => menuItem(order, { price: '0.0039' }),
    },
  ] as const)('cannot be tried again when $what, as it could not be placed', async (law) => {
    for (const who of [diner, admin]) {
      const order = await aFailedOrder();
      await law.happens(order);
      const before = await readHistory(service, order.orderId);
      const answer = await act('retry', who, order.orderId);
      const problem = expectProblem(answer, law.code);
      expect(law.fields.length === 0 ? [] : wrongFields(problem)).toEqual(law.fields);
      if (law.code === 'price_changed')
        expect(answer.body.prices).toEqual([{ menuId: order.menuId, price: 0.0039 }]);
      expect(await readHistory(service, order.orderId)).toEqual(before);
      expect(await auditsOf(order.orderId)).toEqual([]);
    }
  });

  it('is charged the lower price when the menu has become cheaper, and never a higher one', async () => {
    const order = await aFailedOrder();
    await menuItem(order, { price: '0.0035', title: `cheaper ${order.menuId}` });
    const { body } = await act('retry', diner, order.orderId).expect(200);
    expect(body.order).toMatchObject({ total: 0.0035, items: [{ price: 0.0035 }] });
    await menuItem(order, { price: '9' });
    expect(await sweepOnce(service, order.orderId)).toBe('ready');
    expect(await readOrderRow(service, order.orderId)).toMatchObject({ total: '0.00350000' });
  });
});

describe('an admin', () => {
  it('who tries an order again is in the audit log', async () => {
    const { orderId } = await aFailedOrder();
    await act('retry', admin, orderId).expect(200);
    expect(await auditsOf(orderId)).toMatchObject([
      { actor: { id: admin.id }, action: 'order.retried', subject: { type: 'order', id: orderId } },
    ]);
  });

  it('who cancels an order is in the audit log, and a diner who does is not', async () => {
    const [own, other] = [
      await aStoredOrder(service, { dinerId: diner.id, state: 'waiting' }),
      await aStoredOrder(service, { dinerId: diner.id, state: 'waiting' }),
    ];
    await act('cancel', diner, own).expect(200);
    expect(await auditsOf(own)).toEqual([]);
    await act('cancel', admin, other).expect(200);
    expectProblem(await act('cancel', admin, other), 'state_conflict');
    expect(await auditsOf(other)).toMatchObject([
      { actor: { id: admin.id }, action: 'order.cancelled', subject: { type: 'order', id: other } },
    ]);
  });

  it.each(['cancel', 'retry'] as const)('cannot %s an order that no audit is written of', async (verb) => {
    const state = verb === 'cancel' ? 'waiting' : 'failed';
    const orderId = await aStoredOrder(service, { dinerId: diner.id, state });
    await whileRefusing(service, 'audit_log', async () => {
      expectProblem(await act(verb, admin, orderId), 'internal');
    });
    expect((await readOrderRow(service, orderId)).state).toBe(state);
  });
});
