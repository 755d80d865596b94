import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { aFranchise, anOrderRequest, aStoredOrder, aUser } from '../../../test/support/builders.ts';
import { expectProblem } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const MANY = 20_000;

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
afterAll(() => service.stop());

const read = (bearer: Record<string, string>) => service.http.get('/api/user/me/data').set(bearer);

/** So many copies of an order with its pizza, items and history. */
async function multiplyOrder(orderId: number, copies: number): Promise<void> {
  const { db } = service;
  const numbers = sql`(with recursive n as (select 1 as i union all select i + 1 from n where i < 150)
    select a.i from n a, n b limit ${sql.lit(copies)})`;
  await sql`insert into orders (diner_id, franchise_id, store_id, state, total, pizzas, jwt, maker, fence, placed_at, settled_at)
    select diner_id, franchise_id, store_id, state, total, pizzas, jwt, maker, fence, placed_at, settled_at
    from orders join ${numbers} copies where id = ${orderId}`.execute(db);
  await sql`insert into order_items select o.id, i.position, i.menu_id, i.title, i.price, i.note
    from orders o join order_items i on i.order_id = ${orderId} where o.id > ${orderId}`.execute(db);
  await sql`insert into order_transitions (order_id, from_state, to_state, cause, node, fence, at)
    select o.id, t.from_state, t.to_state, t.cause, t.node, t.fence, t.at
    from orders o join order_transitions t on t.order_id = ${orderId} where o.id > ${orderId} order by o.id, t.id`.execute(
    db,
  );
}

describe('my data', () => {
  it('is all that is kept of me: account, roles, sessions, orders with notes, tokens and steps, and what I changed', async () => {
    const { id: objectId } = await aFranchise(service);
    const user = await aUser(service, [{ role: 'diner' }, { role: 'franchisee', objectId }]);
    const request = await anOrderRequest(service);
    const items = request.items.map((item) => ({ ...item, note: 'no nuts' }));
    const made = await service.http
      .post('/api/order')
      .set(user.bearer)
      .send({ ...request, items })
      .expect(200);
    const waitingId = await aStoredOrder(service, { dinerId: user.id, state: 'waiting' });
    const store = await service.http
      .post(`/api/franchise/${objectId}/store`)
      .set(user.bearer)
      .send({ name: 'My store' })
      .expect(200);

    const { body, headers } = await read(user.bearer).expect(200);
    expect(headers['content-disposition']).toBe('attachment; filename="jwt-pizza-my-data.json"');
    expect(headers['cache-control']).toBe('no-store');
    const { id, name, email } = user;
    const at = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(body).toEqual({
      account: {
        ...{ id, name, email, createdAt: at },
        roles: [{ role: 'diner' }, { role: 'franchisee', objectId }],
      },
      sessions: [expect.objectContaining({ isCurrent: true, openedAt: at, endsAt: at })],
      orders: [
        {
          order: expect.objectContaining({ id: waitingId, status: 'waiting' }),
          history: [expect.objectContaining({ status: 'waiting' })],
        },
        {
          order: made.body.order,
          jwt: made.body.jwt,
          history: [
            { status: 'making', at, cause: 'placed' },
            { status: 'ready', at, cause: 'made' },
          ],
        },
      ],
      actions: [
        {
          at,
          action: 'store.created',
          subject: { type: 'store', id: store.body.id },
          details: { franchiseId: objectId, name: 'My store' },
        },
      ],
    });
    expect(body.orders[1].order.items[0].note).toBe('no nuts');
  });

  it('S19: is nobody else’s: another user’s orders, sessions and actions are not in it, and a guest gets none', async () => {
    const [user, other] = [await aUser(service), await aUser(service, [{ role: 'admin' }])];
    await aStoredOrder(service, { dinerId: user.id, state: 'ready' });
    const { body, text } = await read(other.bearer).expect(200);
    expect({ sessions: body.sessions.length, orders: body.orders }).toEqual({ sessions: 1, orders: [] });
    expect(text).not.toContain(user.email);
    expectProblem(await read({}), 'unauthorized');
  });

  it(`of ${MANY} orders is answered whole, a few hundred at a time`, async () => {
    const user = await aUser(service);
    const made = await service.http
      .post('/api/order')
      .set(user.bearer)
      .send(await anOrderRequest(service))
      .expect(200);
    await multiplyOrder(made.body.order.id, MANY - 1);

    const before = service.logLines().length;
    const { body } = await read(user.bearer).expect(200);
    expect(body.orders).toHaveLength(MANY);
    expect(new Set(body.orders.map(({ order }: { order: { id: number } }) => order.id)).size).toBe(MANY);
    expect(body.orders.at(0)).toMatchObject({ jwt: made.body.jwt, history: [{}, {}] });
    const pages = service
      .logLines()
      .slice(before)
      .filter(({ statement }) => String(statement).includes('join `order_items`'));
    expect(pages.length).toBeGreaterThanOrEqual(MANY / 500);
  }, 120_000);
});
