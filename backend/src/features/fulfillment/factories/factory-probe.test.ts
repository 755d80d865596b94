import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { eventually } from '../../../../test/support/eventually.ts';
import {
  endIncidents,
  eventKinds,
  makeIncidentsQuiet,
  newestIncident,
  reportCalls,
} from '../../../../test/support/factory-rows.ts';
import { attemptEnded, placeOrder, UNTIL_RESET } from '../../../../test/support/order-flow.ts';
import { forgetFaults } from '../../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';

const SOON_MS = 15_000;
const PROBING = { FACTORY_RECOVERY: 'act', FACTORY_PROBE_SECONDS: '0.5' };

let service: TestService;
let other: TestService;
beforeAll(async () => {
  service = await startTestService({ settings: PROBING });
  other = await startTestService({ besides: service, settings: PROBING });
});
beforeEach(async () => {
  await endIncidents(service);
  await forgetFaults(service);
});
afterEach(() => service.factory.reset());
afterAll(async () => {
  await other.stop();
  await service.stop();
});

const probes = async () =>
  (await service.factory.journal()).calls.filter(({ kind }) => kind === 'probe').length;

describe('with nobody ordering', () => {
  it('a well factory is probed by one node at a time, and nothing is made or put on record', async () => {
    const before = await probes();
    await eventually('it was probed three times', async () => (await probes()) >= before + 3, SOON_MS);
    const { pizzas } = await service.factory.journal();
    expect(pizzas).toEqual([]);
    expect((await newestIncident(service))?.closed_at).not.toBeNull();
    const row = await service.db.selectFrom('factories').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ probe_outcome: 'well', failures: 0, opened_at: null });
  });

  it.each(['fail', 'badjwt'])(
    'the fault %s is found by the probe, reported once and proved to be over, before any diner comes',
    async (fault) => {
      await service.factory.setFault(fault);
      const incident = await eventually(
        'the incident is restored',
        async () => {
          const newest = await newestIncident(service);
          return newest?.mode === fault && newest.closed_at === null && newest.restored_at
            ? newest
            : undefined;
        },
        SOON_MS,
      );
      expect(incident).toMatchObject({ detected_by: 'probe', orders_delayed: 0, orders_failed: 0 });
      expect(await reportCalls(service)).toBe(1);
      await makeIncidentsQuiet(service);
      await eventually(
        'it is closed',
        async () => (await newestIncident(service))?.closed_at !== null,
        SOON_MS,
      );
      expect(await eventKinds(service, incident.id)).toEqual([
        'first_fault',
        'detected',
        'report_called',
        'report_answered',
        'restored',
        'line_empty',
        'closed',
      ]);
    },
  );

  it('a factory whose circuit is open is told well again after a good probe, before any order proves it', async () => {
    await sql`update factories set failures = 5, opened_at = now(3), opened_by = 'unreachable', trials = 3,
      next_trial_at = now(3) + interval 15 second`.execute(service.db);
    const state = async () => (await service.http.get('/api/status').expect(200)).body.kitchen as string;
    await eventually('the service is well', async () => (await state()) === 'well', SOON_MS);
    const row = await service.db.selectFrom('factories').selectAll().executeTakeFirstOrThrow();
    expect(row.opened_at).not.toBeNull();
  });

  it('a slow factory is noticed while its answer is still pending', async () => {
    await service.factory.setFault('slow', UNTIL_RESET);
    const incident = await eventually(
      'the incident is open',
      async () => {
        const newest = await newestIncident(service);
        return newest?.closed_at === null ? newest : undefined;
      },
      SOON_MS,
    );
    expect(incident).toMatchObject({ mode: 'throttle', detected_by: 'pending_call' });
    const { calls } = await service.factory.journal();
    expect(calls.at(-1)).toMatchObject({ kind: 'probe', status: null });
    // A timer may ring a millisecond early, and rings late on a busy machine.
    const detectedAfterMs = incident.detected_at.getTime() - incident.started_at.getTime();
    expect(detectedAfterMs).toBeGreaterThan(4_990);
  });
});

it('an order that was attempted a moment ago is news enough: no probe is sent beside it', async () => {
  const apart = await startTestService({ isWorkerRunning: false, settings: { FACTORY_PROBE_SECONDS: '60' } });
  await apart.worker.runOnce();
  await eventually(
    'the first probe is on record',
    async () =>
      (await apart.db.selectFrom('factories').select('probed_at').executeTakeFirst())?.probed_at !== null,
    SOON_MS,
  );
  const { orderId } = await placeOrder(apart);
  expect(await attemptEnded(apart, orderId, 1)).toBe('ready');
  await apart.db
    .updateTable('factories')
    .set({ probe_due_at: new Date(0) })
    .execute();
  await apart.worker.runOnce();
  const { calls } = await apart.factory.journal();
  await apart.stop();
  expect(calls.filter(({ kind }) => kind === 'probe')).toHaveLength(1);
});
