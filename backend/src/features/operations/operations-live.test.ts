import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { aStoredOrder, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { openStream } from '../../../test/support/event-stream.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { endIncidents, newestIncident, reportCalls } from '../../../test/support/factory-rows.ts';
import { attemptEnded, placeOrder, stateOf } from '../../../test/support/order-flow.ts';
import { forgetFaults } from '../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const SOON_MS = 15_000;

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, random: () => 0 });
  admin = await aUser(service, [{ role: 'admin' }]);
});
beforeEach(async () => {
  await service.db.deleteFrom('factory_attempts').execute();
  await service.db.deleteFrom('order_transitions').execute();
  await endIncidents(service);
  await forgetFaults(service);
});
afterEach(() => service.factory.reset());
afterAll(() => service.stop());

const get = (path: string) => service.http.get(`/api/operations/${path}`).set(admin.bearer).expect(200);
const post = (path: string) => service.http.post(`/api/operations/${path}`).set(admin.bearer).expect(200);

async function actionsOnRecord(): Promise<string[]> {
  const { body } = await get('audit?limit=3');
  return body.entries.map(({ action }: { action: string }) => action);
}

it('the figures of the last hour tell orders, times, attempts and the line minute by minute', async () => {
  const { db } = service;
  const waitingBefore = (await get('queue')).body.waiting as number;
  const { orderId: made } = await placeOrder(service);
  expect(await attemptEnded(service, made, 1)).toBe('ready');
  await service.factory.setFault('error');
  const { orderId: waiting } = await placeOrder(service);
  expect(await attemptEnded(service, waiting, 1)).toBe('waiting');
  // As if the first had been placed half an hour and three seconds ago, and made after those three seconds; and the
  // second ten minutes ago, so that all of it lies in one minute, whenever that ends.
  const now = Date.now();
  const ago = (seconds: number) => new Date(now - seconds * 1_000);
  await db
    .updateTable('orders')
    .set({ placed_at: ago(1_803), patience_since: ago(1_803) })
    .where('id', '=', made)
    .execute();
  for (const [orderId, at] of [
    [made, ago(1_800)],
    [waiting, ago(600)],
  ] as const) {
    await db.updateTable('order_transitions').set({ at }).where('order_id', '=', orderId).execute();
    await db
      .updateTable('factory_attempts')
      .set({ started_at: at })
      .where('order_id', '=', orderId)
      .execute();
  }

  const { minutes } = (await get('figures')).body;
  expect(minutes).toHaveLength(60);
  const busy = minutes.filter(({ orders }: { orders: number }) => orders > 0);
  expect(busy).toHaveLength(2);
  expect(busy[0]).toMatchObject({ orders: 1, attempts: { made: 1 }, waiting: waitingBefore });
  for (const time of ['firstWordMs', 'deliveryMs', 'slowestDeliveryMs']) expect(busy[0][time]).toBe(3_000);
  expect(busy[1]).toMatchObject({ orders: 1, attempts: { error: 1 }, deliveryMs: null });
  expect(minutes.at(-1)).toMatchObject({ waiting: waitingBefore + 1 });
});

it('who follows operations hears that an order was placed elsewhere', async () => {
  const stream = await openStream(`${service.origin}/api/operations/events`, admin.bearer);
  await stream.firstEvents(1);
  const { orderId } = await placeOrder(service);
  const parts = await eventually(
    'the line and the figures changed',
    () => {
      const told = stream
        .events()
        .slice(1)
        .flatMap(({ data }) => (data as { parts: string[] }).parts);
      return told.includes('line') && told.includes('figures') && told;
    },
    SOON_MS,
  );
  expect(parts).not.toContain('drill');
  await stream.leave();
  await attemptEnded(service, orderId, 1);
});

it('an operator who probes from the page is told what each factory said, and the audit log tells who asked', async () => {
  await service.factory.setFault('busy');
  const { body } = await post('factory/probe');
  expect(body.probes).toEqual([{ factory: service.factory.origin, outcome: 'busy' }]);
  expect(await actionsOnRecord()).toContain('kitchen.probed');
});

it('a hold from the page keeps every order back until somebody resumes, each on record once', async () => {
  await post('factory/hold');
  await post('factory/hold');
  const { orderId } = await placeOrder(service);
  await service.worker.runOnce();
  expect((await get('factory')).body.factories[0]).toMatchObject({
    state: 'held',
    hold: { cause: 'operator' },
  });
  expect((await service.factory.journal()).calls).toEqual([]);
  await post('factory/resume');
  await eventually(
    'the order is made',
    async () => {
      await service.worker.runOnce();
      return (await stateOf(service, orderId)) === 'ready';
    },
    SOON_MS,
  );
  expect((await actionsOnRecord()).slice(0, 2)).toEqual(['kitchen.resumed', 'kitchen.held']);
});

it('an incident that nobody may report by itself is reported from the page, and cured', async () => {
  await service.factory.setFault('fail');
  await post('factory/probe');
  const incident = await eventually('the incident', () => newestIncident(service), SOON_MS);
  expect(await reportCalls(service)).toBe(0);
  const { body } = await post(`incidents/${incident.id}/report`);
  expect(body).toEqual({ result: 'answered' });
  expect((await post('factory/probe')).body.probes[0].outcome).toBe('well');
  expect(await actionsOnRecord()).toContain('incident.reported');
});

it('an incident that brought no report URL cannot be reported, and an unknown one is 404', async () => {
  await service.factory.setFault('error');
  await post('factory/probe');
  const incident = await eventually('the incident', () => newestIncident(service), SOON_MS);
  expect((await post(`incidents/${incident.id}/report`)).body).toEqual({ result: 'not_callable' });
  await service.http.post('/api/operations/incidents/999999/report').set(admin.bearer).expect(404);
});

it('orders that failed within the last day are listed, newest first, until they are tried again', async () => {
  const { id: dinerId } = await aUser(service);
  const ids: number[] = [];
  for (const hours of [30, 2, 1]) {
    const orderId = await aStoredOrder(service, { dinerId, state: 'failed' });
    const at = new Date(Date.now() - hours * 3_600_000);
    await service.db.updateTable('order_transitions').set({ at }).where('order_id', '=', orderId).execute();
    ids.push(orderId);
  }
  const [, earlier, later] = ids;
  const listed = async () =>
    (await get('failed-orders?limit=100')).body.orders.map(({ id }: { id: number }) => id) as number[];
  expect(await listed()).toEqual([later, earlier]);
  await service.http.post(`/api/order/${later}/retry`).set(admin.bearer).expect(200);
  expect(await listed()).toEqual([earlier]);
});
