import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { IncidentReport } from '#contract/incident-reports.ts';
import { aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { endIncidents, makeIncidentsQuiet, newestIncident } from '../../../test/support/factory-rows.ts';
import { attemptEnded, placeOrder } from '../../../test/support/order-flow.ts';
import { forgetFaults, sweep } from '../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { renderReport } from '../incidents/report-markdown.ts';

const SOON_MS = 15_000;

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({
    isWorkerRunning: false,
    random: () => 0,
    settings: { FACTORY_RECOVERY: 'act' },
  });
  admin = await aUser(service, [{ role: 'admin' }]);
});
beforeEach(async () => {
  await endIncidents(service);
  await forgetFaults(service);
});
afterEach(() => service.factory.reset());
afterAll(() => service.stop());

const get = (path: string) => service.http.get(`/api/operations/${path}`).set(admin.bearer).expect(200);

/** Plays the founding incident with one diner, to its end. */
async function playFail(): Promise<{ orderId: number; incidentId: number }> {
  await service.factory.setFault('fail');
  const { orderId } = await placeOrder(service);
  expect(await attemptEnded(service, orderId, 1)).toBe('waiting');
  await eventually(
    'the report was answered',
    async () =>
      (
        await service.db
          .selectFrom('factory_reports')
          .select('id')
          .where('state', '=', 'done')
          .where('called_at', '>', new Date(Date.now() - 60_000))
          .execute()
      ).length > 0,
    SOON_MS,
  );
  await sweep(service, orderId);
  expect(await attemptEnded(service, orderId, 2)).toBe('ready');
  await eventually(
    'it is restored',
    async () => (await newestIncident(service))?.restored_at !== null,
    SOON_MS,
  );
  return { orderId, incidentId: (await newestIncident(service))?.id ?? 0 };
}

async function sweepUntil(what: string, isSo: () => Promise<boolean>): Promise<void> {
  await eventually(
    what,
    async () => {
      await service.worker.runOnce();
      return isSo();
    },
    SOON_MS,
  );
}

it('an incident is on record from its first fault to its end, with the orders it touched', async () => {
  const { orderId, incidentId } = await playFail();
  await sweepUntil('the line is empty', async () => (await newestIncident(service))?.line_empty_at !== null);
  const { body: open } = await get(`incidents/${incidentId}`);
  expect(open).toMatchObject({
    id: incidentId,
    factory: service.factory.origin,
    mode: 'fail',
    state: 'open',
    detectedBy: 'order',
    ordersDelayed: 1,
    ordersFailed: 0,
    diners: 1,
    closedAt: null,
    escalatedAt: null,
  });
  const total = (await get(`queue`)).body.orders.length;
  expect(total).toBe(0);
  expect(open.value).toBeGreaterThan(0);
  expect(open.longestWaitMs).toBeGreaterThan(0);
  expect(new Date(open.detectedAt).getTime()).toBeGreaterThanOrEqual(new Date(open.startedAt).getTime());
  expect(orderId).toBeGreaterThan(0);

  await service.worker.runOnce();
  expect((await newestIncident(service))?.closed_at).toBeNull();
  await makeIncidentsQuiet(service);
  await sweepUntil('it is closed', async () => (await newestIncident(service))?.closed_at !== null);
  const { body } = await get(`incidents/${incidentId}`);
  expect(body.state).toBe('closed');
  expect(body.timeline.map(({ kind }: { kind: string }) => kind)).toEqual([
    'first_fault',
    'detected',
    'report_called',
    'report_answered',
    'restored',
    'line_empty',
    'closed',
  ]);
  const { body: list } = await get('incidents?page=1&limit=1');
  expect(list.incidents).toMatchObject([{ id: incidentId, state: 'closed', ordersDelayed: 1 }]);
});

it('an incident writes its report, in Markdown, with the headings people know', async () => {
  const { incidentId } = await playFail();
  await service.worker.runOnce();
  const report = await get(`incidents/${incidentId}/report`).buffer(true);
  expect(report.type).toBe('text/markdown');
  const headings = report.text.match(/^## .+$/gm);
  expect(headings).toEqual(
    [
      'Summary',
      'Detection',
      'Impact',
      'Timeline (UTC)',
      'Response',
      'Root cause',
      'Resolution',
      'Prevention',
      'Action items',
    ].map((heading) => `## ${heading}`),
  );
  expect(report.text).not.toContain(service.factory.apiKey);
});

it('a report asked for as JSON says in its parts what the Markdown says, which everybody else gets', async () => {
  const { incidentId } = await playFail();
  await service.worker.runOnce();
  const read = (accept: string) => get(`incidents/${incidentId}/report`).set('Accept', accept).buffer(true);
  const parts = await read('application/json');
  expect(parts.type).toBe('application/json');
  expect(parts.headers).toMatchObject({ vary: expect.stringContaining('Accept') });
  const report = parts.body as IncidentReport;
  expect(report.sections.map(({ heading }) => heading)).toContain('Root cause');
  const kinds = report.sections.flatMap(({ blocks }) => blocks.map(({ kind }) => kind));
  expect(new Set(kinds)).toEqual(new Set(['paragraph', 'blank', 'table', 'list', 'tasks']));
  for (const accept of ['*/*', 'text/html,application/xhtml+xml,*/*;q=0.8', 'text/markdown']) {
    const markdown = await read(accept);
    expect(markdown.type).toBe('text/markdown');
    expect(markdown.text).toBe(renderReport(report));
  }
});

it('an order that is waiting keeps an incident open, however long ago the last fault was', async () => {
  await service.factory.setFault('error');
  const { orderId } = await placeOrder(service);
  await attemptEnded(service, orderId, 1);
  await eventually(
    'the incident is open',
    async () => (await newestIncident(service))?.closed_at === null,
    SOON_MS,
  );
  await makeIncidentsQuiet(service);
  await service.worker.runOnce();
  expect((await newestIncident(service))?.closed_at).toBeNull();
});

it('the state of the factory tells circuit, hold, probe and the last attempts', async () => {
  await service.factory.setFault('error');
  for (let order = 1; order <= 5; order += 1) {
    const { orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
  }
  const { body } = await get('factory');
  expect(body).toMatchObject({ recovery: 'act', slots: { inUse: 0, of: 16 } });
  const [factory] = body.factories;
  expect(factory).toMatchObject({ origin: service.factory.origin, hold: null, probe: null });
  expect(factory.lastAttempts[0]).toMatchObject({ outcome: 'error', httpStatus: 500, reportHost: null });
});

it('the line shows every order that is not made yet, oldest first, with what it waits for', async () => {
  await service.factory.setFault('error');
  const first = await placeOrder(service);
  await attemptEnded(service, first.orderId, 1);
  const second = await placeOrder(service);
  await attemptEnded(service, second.orderId, 1);
  const { body } = await get('queue?page=1&limit=100');
  const ids = body.orders.map(({ id }: { id: number }) => id);
  expect(ids).toEqual([...ids].sort((a: number, b: number) => a - b));
  expect(body.orders.find(({ id }: { id: number }) => id === second.orderId)).toMatchObject({
    status: 'waiting',
    reason: 'error',
    answeredFailures: 1,
    pizzas: 1,
  });
  expect(body.waiting).toBe(ids.length);
  expect(body.oldestPlacedAt).toBe(body.orders[0].placedAt);
});

it('an unknown incident is 404, for its record and its report', async () => {
  for (const path of ['incidents/999999', 'incidents/999999/report']) {
    await service.http.get(`/api/operations/${path}`).set(admin.bearer).expect(404);
  }
});
