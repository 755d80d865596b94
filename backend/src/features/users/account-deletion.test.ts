import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { type Connection, createConnection } from 'mysql2/promise';
import {
  anOrderRequest,
  aStore,
  aStoredOrder,
  aUser,
  type LoggedIn,
} from '../../../test/support/builders.ts';
import { foldAll } from '../../../test/support/fold.ts';
import { attemptEnded, inTheOven, UNTIL_RESET } from '../../../test/support/order-flow.ts';
import { readHistory, readOrderRow } from '../../../test/support/order-rows.ts';
import { expectProblem } from '../../../test/support/problem.ts';
import { dumpTables, foundIn } from '../../../test/support/table-dump.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { createInvariants } from '../fulfillment/invariants/invariants.service.ts';

const NOTE = 'gate code 4711, call 555-0143';
const RACING_ORDERS = 20;

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

const me = (token: string) => service.http.get('/api/user/me').auth(token, { type: 'bearer' });
const remove = (who: LoggedIn, userId = who.id) => service.http.delete(`/api/user/${userId}`).set(who.bearer);

async function place(who: LoggedIn, headers = {}) {
  const request = await anOrderRequest(service);
  const items = request.items.map((item) => ({ ...item, note: NOTE }));
  return service.http
    .post('/api/order')
    .set({ ...who.bearer, ...headers })
    .send({ ...request, items });
}

/** Somebody with a pizza that bears their name, address and note, and an order that waits. */
async function aDiner() {
  const diner = await aUser(service);
  const answer = await place(diner, { 'idempotency-key': diner.email });
  expect(answer.status).toBe(200);
  const readyId = answer.body.order.id as number;
  const waitingId = await aStoredOrder(service, { dinerId: diner.id, state: 'waiting' });
  expect(await tracesOf(diner, answer.body.jwt)).toHaveLength(4);
  return { diner, readyId, waitingId, jwt: answer.body.jwt as string };
}

/** What of somebody stands in any row of any table. */
async function tracesOf({ name, email }: LoggedIn, jwt?: string): Promise<string[]> {
  return foundIn(await dumpTables(service), [name, email, NOTE, ...(jwt === undefined ? [] : [jwt])]);
}

/** Another connection keeps these rows for as long as the work takes. */
async function whileLocked<T>(rows: string, work: () => Promise<T>): Promise<T> {
  const holder: Connection = await createConnection(service.config.databaseUrl);
  try {
    await holder.query('begin');
    await holder.query(`select 1 from ${rows} for update`);
    return await work();
  } finally {
    await holder.end();
  }
}

/** The lease of whoever was erasing ends, and somebody finishes what is left. */
async function finishErasures(): Promise<void> {
  await sql`update users set erasure_lease_until = now(3) where erased_at is null`.execute(service.db);
  await service.accountErasure.finishDue();
}

async function expectSound(): Promise<void> {
  await foldAll(service);
  const checked = await createInvariants(service.db).check();
  expect(checked.filter(({ violations }) => violations > 0)).toEqual([]);
}

describe('S43: a deleted account', () => {
  it('leaves no name, address, note or token in any row, and its open order is taken back', async () => {
    const { diner, readyId, waitingId, jwt } = await aDiner();
    expect((await remove(diner).expect(200)).body).toEqual({ message: 'user deleted' });
    expect(await tracesOf(diner, jwt)).toEqual([]);
    expect(await readOrderRow(service, waitingId)).toMatchObject({ state: 'cancelled' });
    expect(await readOrderRow(service, readyId)).toMatchObject({ state: 'ready', jwt: null });
    expectProblem(await me(diner.token), 'unauthorized');
    await expectSound();
  });

  it('is as it was while another connection holds its open order, and is deleted when that is asked for again', async () => {
    const { diner, waitingId, jwt } = await aDiner();
    await whileLocked(`orders where id = ${waitingId}`, async () => {
      const refused = await remove(diner);
      expectProblem(refused, 'unavailable');
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    });
    expect((await me(diner.token).expect(200)).body).toMatchObject({ name: diner.name, email: diner.email });
    expect(await readOrderRow(service, waitingId)).toMatchObject({ state: 'waiting' });
    expect(await tracesOf(diner, jwt)).toHaveLength(4);
    await remove(diner).expect(200);
    expect(await tracesOf(diner, jwt)).toEqual([]);
    expect(await readOrderRow(service, waitingId)).toMatchObject({ state: 'cancelled' });
  });

  it('is closed while another connection holds a past order, is told so, and is erased once that lets go', async () => {
    const { diner, readyId, waitingId, jwt } = await aDiner();
    await whileLocked(`orders where id = ${readyId}`, async () => {
      const { body } = await remove(diner).expect(202);
      expect(body.message).toMatch(/^user deleted; /);
    });
    expectProblem(await me(diner.token), 'unauthorized');
    expect(await readOrderRow(service, waitingId)).toMatchObject({ state: 'cancelled' });
    await finishErasures();
    expect(await tracesOf(diner, jwt)).toEqual([]);
    await expectSound();
  });

  it('whose erasing is not over is erased when an admin deletes it again; after that there is none', async () => {
    const { diner, readyId, jwt } = await aDiner();
    await whileLocked(`orders where id = ${readyId}`, () => remove(diner).expect(202));
    await remove(admin, diner.id).expect(200);
    expect(await tracesOf(diner, jwt)).toEqual([]);
    expectProblem(await remove(admin, diner.id), 'not_found');
  });

  it('of a version that left its notes and open orders is erased by a sweep', async () => {
    const { diner, waitingId, jwt } = await aDiner();
    // As that version did, and broke off.
    await sql`delete from sessions where user_id = ${diner.id}`.execute(service.db);
    await sql`update users set name = 'deleted user', email = null, email_key = null, password_hash = null,
      deleted_at = now(3) where id = ${diner.id}`.execute(service.db);
    await service.accountErasure.finishDue();
    expect(await tracesOf(diner, jwt)).toEqual([]);
    expect(await readOrderRow(service, waitingId)).toMatchObject({ state: 'cancelled' });
    await expectSound();
  });

  it('with an order in the making gets no pizza: what the factory sends later is thrown away', async () => {
    const diner = await aUser(service);
    await service.factory.setFault('slow', UNTIL_RESET);
    const placed = await place(diner, { prefer: 'respond-async, wait=0' });
    const orderId = placed.body.order.id as number;
    await inTheOven(service, orderId);
    await remove(diner).expect(200);
    await service.factory.reset();
    expect(await attemptEnded(service, orderId, 1)).toBe('cancelled');
    expect((await readHistory(service, orderId)).at(-1)).toMatchObject({ cause: 'diner_left' });
    expect(await tracesOf(diner)).toEqual([]);
    await expectSound();
  });

  it('takes its failed order along: an admin who has it tried again is told that its diner has left', async () => {
    const diner = await aUser(service);
    const orderId = await aStoredOrder(service, { dinerId: diner.id, state: 'failed' });
    await remove(diner).expect(200);
    expectProblem(await service.http.post(`/api/order/${orderId}/retry`).set(admin.bearer), 'state_conflict');
    expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'failed' });
  });

  it.each([
    ['without limits', {}],
    ['with limits', { ORDER_LIMIT_PER_HOUR: '60', OPEN_ORDER_LIMIT: '60' }],
  ])(
    `survives in none of ${RACING_ORDERS} orders that race its deletion, %s`,
    async (_how, settings: Record<string, string>) => {
      const node = await startTestService({ besides: service, isWorkerRunning: false, settings });
      try {
        const diner = await aUser(service);
        const store = await aStore(service);
        const request = await anOrderRequest(service);
        const items = request.items.map((item) => ({ ...item, note: NOTE }));
        const order = { ...request, items, franchiseId: store.franchiseId, storeId: store.id };
        const race = Array.from({ length: RACING_ORDERS }, (_, index) => {
          const placing = node.http.post('/api/order').set(diner.bearer).send(order);
          return index === RACING_ORDERS / 2
            ? Promise.all([placing, remove(diner)]).then(([, deleted]) => deleted.status)
            : placing.then(({ status }) => status);
        });
        const statuses = await Promise.all(race);
        expect(statuses.filter((status) => ![200, 401].includes(status))).toEqual([]);
        expect(await tracesOf(diner)).toEqual([]);
        const { rows } = await sql<{ state: string }>`
          select distinct state from orders where diner_id = ${diner.id} order by state`.execute(service.db);
        expect(['ready', 'cancelled']).toEqual(expect.arrayContaining(rows.map(({ state }) => state)));
        await expectSound();
      } finally {
        await node.stop();
      }
    },
  );
});
