import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { readOutages } from '../../../outages/outages.ts';
import { aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { endIncidents } from '../../../test/support/factory-rows.ts';
import { attemptEnded, placeOrder, sweepOnce } from '../../../test/support/order-flow.ts';
import { forgetFaults } from '../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const SOON_MS = 15_000;

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  const settings = { FACTORY_SIMULATED: '1', FACTORY_RECOVERY: 'act' };
  service = await startTestService({ isWorkerRunning: false, random: () => 0, settings });
  admin = await aUser(service, [{ role: 'admin' }]);
});
beforeEach(async () => {
  await service.factory.reset();
  await endIncidents(service);
  await forgetFaults(service);
  await service.db.deleteFrom('drills').execute();
});
afterAll(() => service.stop());

const start = (body: object) => service.http.post('/api/operations/drill').set(admin.bearer).send(body);
const stop = () => service.http.delete('/api/operations/drill').set(admin.bearer);
const probe = async () =>
  (await service.http.post('/api/operations/factory/probe').set(admin.bearer).expect(200)).body.probes[0]
    .outcome as string;

async function newestRun() {
  const { body } = await service.http.get('/api/operations/drill').set(admin.bearer).expect(200);
  return body.runs[0];
}

it('a drill that the recovery ends is scored by the record of its incident, with the orders meanwhile', async () => {
  const begun = await start({ mode: 'fail', seconds: 60 }).expect(200);
  expect(begun.body).toMatchObject({ mode: 'fail', endedAt: null, incidentId: null, ordersPlaced: 0 });
  const { orderId } = await placeOrder(service);
  await attemptEnded(service, orderId, 1);
  await eventually('the factory is cured', async () => (await probe()) === 'well', SOON_MS);
  expect(await sweepOnce(service, orderId)).toBe('ready');
  const run = await eventually(
    'the drill is over',
    async () => {
      const newest = await newestRun();
      return newest.endedAt !== null && newest;
    },
    SOON_MS,
  );
  const incident = await service.db
    .selectFrom('incidents')
    .selectAll()
    .where('id', '=', run.incidentId)
    .executeTakeFirstOrThrow();
  const startedAt = Date.parse(run.startedAt);
  expect(run).toMatchObject({
    endedBy: 'cure',
    detectedAfterMs: incident.detected_at.getTime() - startedAt,
    restoredAfterMs: (incident.restored_at?.getTime() ?? 0) - startedAt,
    restoredRank: { place: 1, of: readOutages().restored.length + 1 },
    ordersPlaced: 1,
    ordersDelayed: 1,
    ordersFailed: 0,
  });
});

it('a fault without a cure ends by itself, whether or not anybody is there to end it', async () => {
  await start({ mode: 'error', seconds: 5 }).expect(200);
  expect(await probe()).toBe('error');
  await eventually('the factory is well', async () => (await probe()) === 'well', SOON_MS);
  expect(await newestRun()).toMatchObject({ endedBy: 'time', restoredRank: { place: 1 } });
});

it('a drill that an operator stops leaves the factory well at once, and is on record as stopped', async () => {
  await start({ mode: 'busy', seconds: 300 }).expect(200);
  expect(await probe()).toBe('busy');
  await stop().expect(200);
  expect(await probe()).toBe('well');
  expect(await newestRun()).toMatchObject({ mode: 'busy', endedBy: 'operator' });
  const { body } = await service.http.get('/api/operations/audit?limit=9').set(admin.bearer).expect(200);
  const actions = body.entries.map(({ action }: { action: string }) => action);
  expect(actions.filter((action: string) => action.startsWith('drill.'))).toEqual([
    'drill.stopped',
    'drill.started',
    ...actions.filter((action: string) => action.startsWith('drill.')).slice(2),
  ]);
});

it('a second drill, one in a real incident and one while orders are held are refused', async () => {
  await start({ mode: 'unreachable', seconds: 60 }).expect(200);
  expect((await start({ mode: 'fail' }).expect(409)).body.code).toBe('state_conflict');
  await stop().expect(200);
  await service.factory.setFault('error');
  await probe();
  expect((await start({ mode: 'fail' }).expect(409)).body.message).toMatch(/incident is open/);
  await service.factory.setFault('none');
  await endIncidents(service);
  await service.fulfillment.hold.hold();
  expect((await start({ mode: 'fail' }).expect(409)).body.message).toMatch(/held/);
  await service.fulfillment.hold.resume();
});

it('a mode or a time outside the list is refused with the field named', async () => {
  const { body } = await start({ mode: 'flaky', seconds: 4 }).expect(400);
  expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['mode', 'seconds']);
});

it('where the factory is a real one there is no drill to start or to stop, and the page is told so', async () => {
  const real = await startTestService({ isWorkerRunning: false });
  try {
    const { bearer } = await aUser(real, [{ role: 'admin' }]);
    const { http } = real;
    await http.post('/api/operations/drill').set(bearer).send({ mode: 'fail' }).expect(404);
    await http.delete('/api/operations/drill').set(bearer).expect(404);
    const { body } = await http.get('/api/operations/drill').set(bearer).expect(200);
    expect(body).toMatchObject({ isPlayable: false, runs: [], outages: { count: 93 } });
  } finally {
    await real.stop();
  }
});
