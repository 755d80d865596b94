import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { anOrderRequest, aUser, type LoggedIn } from '../../../../test/support/builders.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { attemptEnded, placeOrder } from '../../../../test/support/order-flow.ts';
import { forgetFaults, makeDue, readAttempts, readOrderRow } from '../../../../test/support/order-rows.ts';
import { startStandInFactory } from '../../../../test/support/stand-in-factory.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';

const SOON_MS = 15_000;

let service: TestService;
let other: TestService;
let diner: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ settings: { FACTORY_RECOVERY: 'act' } });
  other = await startTestService({ besides: service, settings: { FACTORY_RECOVERY: 'act' } });
  diner = await aUser(service);
});
beforeEach(() => startOver());
afterEach(() => service.factory.reset());
afterAll(async () => {
  await other.stop();
  await service.stop();
});

/** As if nothing had ever been wrong: no incident, no report, closed circuits. */
async function startOver(): Promise<void> {
  await sql`update incidents set closed_at = now(3), restored_at = now(3) where closed_at is null`.execute(
    service.db,
  );
  await sql`update factory_reports set called_at = now(3) - interval 1 hour`.execute(service.db);
  await forgetFaults(service);
  await other.fulfillment.prepare();
}

async function place(node: TestService = service, headers: Record<string, string> = {}) {
  return node.http
    .post('/api/order')
    .set({ ...diner.bearer, prefer: 'respond-async, wait=0', ...headers })
    .send(await anOrderRequest(service));
}

const orderIdOf = (answer: { body: { order: { id: number } } }): number => answer.body.order.id;

const isReady = (orderId: number) =>
  eventually(
    `order ${orderId} is ready`,
    async () => (await readOrderRow(service, orderId)).state === 'ready',
    SOON_MS,
  );

/** What the attempts came to; the order may try once more before its report is answered, so each is told once. */
async function outcomesOf(orderId: number): Promise<string[]> {
  return [...new Set((await readAttempts(service, orderId)).map(({ outcome }) => outcome))];
}

async function reportCalls(): Promise<number> {
  return (await service.factory.journal()).calls.filter(({ kind }) => kind === 'report').length;
}

const incidents = () => service.db.selectFrom('incidents').selectAll().orderBy('id', 'desc').execute();

const eventsOf = async (incidentId: number): Promise<string[]> => {
  const rows = await service.db
    .selectFrom('incident_events')
    .select('kind')
    .where('incident_id', '=', incidentId)
    .orderBy('id')
    .execute();
  return rows.map(({ kind }) => kind);
};

describe('a factory that hands out its cure', () => {
  it.each(['path', 'query'])(
    'refuses an order with a report URL of the %s shape: it is called once, and the order becomes ready by itself',
    async (reportUrlShape) => {
      await service.factory.setFault('fail', { reportUrlShape });
      const orderId = orderIdOf(await place());
      await isReady(orderId);
      expect(await reportCalls()).toBe(1);
      expect(await outcomesOf(orderId)).toEqual(['refused', 'made']);
    },
  );

  it('spoils a pizza: no bad one is stored, its report URL is called once, and the next one is good', async () => {
    await service.factory.setFault('badjwt');
    const orderId = orderIdOf(await place());
    await isReady(orderId);
    expect(await reportCalls()).toBe(1);
    expect(await outcomesOf(orderId)).toEqual(['bad_pizza', 'made']);
    expect((await readAttempts(service, orderId)).at(-1)).toMatchObject({ verdict: 'valid' });
  });

  it('is slow and hands the cure out with the pizza: the pizza is used, and the report made', async () => {
    await service.factory.setFault('throttle', { delayMs: 300 });
    const orderId = orderIdOf(await place());
    await isReady(orderId);
    await eventually('it was reported', async () => (await reportCalls()) === 1, SOON_MS);
    expect(await readAttempts(service, orderId)).toMatchObject([{ outcome: 'made_slow' }]);
  });

  it('S34: refuses 40 orders on two nodes at once: its report URL is called once, over all nodes', async () => {
    await service.factory.setFault('fail', { delayMs: 200 });
    const nodes = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? service : other));
    const answers = await Promise.all(nodes.map((node) => place(node)));
    for (const answer of answers) await isReady(orderIdOf(answer));
    expect(await reportCalls()).toBe(1);
    // The last pizza is there a moment before it is on record what it tells of the factory.
    const incident = await eventually(
      'the incident is restored',
      async () => {
        const [newest] = await incidents();
        return newest?.restored_at ? newest : undefined;
      },
      SOON_MS,
    );
    expect(await eventsOf(incident.id)).toEqual(
      expect.arrayContaining(['first_fault', 'detected', 'report_called', 'report_answered', 'restored']),
    );
  });

  it('stays ill although it thanks for the report: it is reported once, a person is called, and no order fails', async () => {
    await service.factory.setFault('fail', { reportWorks: false });
    const orderId = orderIdOf(await place());
    await eventually(
      'the incident escalates',
      async () => (await incidents())[0]?.escalated_at ?? false,
      SOON_MS,
    );
    expect(await reportCalls()).toBe(1);
    // Whichever node saw it.
    const isCall = ({ level, message }: { level: string; message: string }) =>
      level === 'ERROR' && message.includes('a person must look');
    await eventually(
      'a person is called',
      () => [...service.logLines(), ...other.logLines()].some(isCall),
      SOON_MS,
    );
    await service.factory.setFault('none');
    await eventually(
      'the order is ready',
      async () => {
        // It may have been refused a few times more by now, and each time waits for longer.
        await makeDue(service, orderId);
        return (await readOrderRow(service, orderId)).state === 'ready';
      },
      SOON_MS,
    );
  });

  it('S34: gives a report URL that leads elsewhere: it is not called, it is a security event, and the order waits', async () => {
    const elsewhere = await startStandInFactory({ status: 200 });
    const key = service.factory.apiKey;
    const hostile = await startStandInFactory({
      status: 500,
      body: { reportUrl: `${elsewhere.origin}/api/report?apiKey=${key}&fixCode=c0de` },
    });
    const node = await startTestService({
      besides: service,
      isWorkerRunning: false,
      settings: { FACTORY_RECOVERY: 'act', FACTORY_URL: hostile.origin },
    });
    const orderId = orderIdOf(await place(node));
    const event = await eventually(
      'the security event is logged',
      () => node.logLines().find(({ securityEvent }) => securityEvent === 'report_url_rejected'),
      SOON_MS,
    );
    expect(event).toMatchObject({ level: 'ERROR', reason: 'port', reportHost: '127.0.0.1' });
    expect(elsewhere.calls).toEqual([]);
    expect(hostile.calls.every(({ path }) => path === '/api/order')).toBe(true);
    expect((await readOrderRow(service, orderId)).state).not.toBe('failed');
    await node.stop();
    await hostile.close();
    await elsewhere.close();
  });

  it('is reported at most 12 times a minute, however many report URLs it makes up', async () => {
    let code = 0;
    const inventive = await startStandInFactory({ status: 500 });
    const node = await startTestService({
      besides: service,
      isWorkerRunning: false,
      settings: { FACTORY_RECOVERY: 'act', FACTORY_URL: inventive.origin },
    });
    for (code = 1; code <= 20; code += 1) {
      const reportUrl = `https://127.0.0.1/api/report?apiKey=${service.factory.apiKey}&fixCode=code-${code}`;
      inventive.answerWith({ status: 500, body: { reportUrl } });
      const seen = code;
      await place(node);
      await eventually(
        `report URL ${seen} is on record`,
        async () =>
          (
            await service.db
              .selectFrom('factory_reports')
              .select('id')
              .where('factory', '=', inventive.origin)
              .where('code', '=', `code-${seen}`)
              .execute()
          ).length === 1,
        SOON_MS,
      );
      await forgetFaults(node);
    }
    await node.stop();
    const reported = inventive.calls.filter(({ path }) => path.startsWith('/api/report'));
    expect(reported).toHaveLength(12);
    await inventive.close();
  });
});

describe('the setting FACTORY_RECOVERY', () => {
  it.each(['suggest', 'off'] as const)('%s: no report URL is called by itself', async (setting) => {
    const apart = await startTestService({ isWorkerRunning: false, settings: { FACTORY_RECOVERY: setting } });
    await apart.factory.setFault('fail');
    const { orderId } = await placeOrder(apart);
    await attemptEnded(apart, orderId, 1);
    await eventually(
      'the report URL is on record',
      async () => (await apart.db.selectFrom('factory_reports').selectAll().execute()).length === 1,
      SOON_MS,
    );
    const { calls } = await apart.factory.journal();
    await apart.stop();
    expect(calls.filter(({ kind }) => kind === 'report')).toEqual([]);
    const suggested = apart.logLines().filter(({ message }) => message.includes('npm run factory -- report'));
    expect(suggested).toHaveLength(setting === 'suggest' ? 1 : 0);
  });
});
