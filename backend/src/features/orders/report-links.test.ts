import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { anOrderRequest, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { endIncidents, newestIncident, reportCalls } from '../../../test/support/factory-rows.ts';
import { forgetFaults } from '../../../test/support/order-rows.ts';
import { startStandInFactory } from '../../../test/support/stand-in-factory.ts';
import { dumpTables } from '../../../test/support/table-dump.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

let service: TestService;
let diner: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ random: () => 0 });
  diner = await aUser(service);
});
beforeEach(async () => {
  await endIncidents(service);
  await forgetFaults(service);
});
afterEach(() => service.factory.reset());
afterAll(() => service.stop());

/** A plain client's order that the factory refused three times; answers what the client was told. */
async function aFailedOrder(node: TestService = service, who: LoggedIn = diner) {
  const { body } = await node.http
    .post('/api/order')
    .set(who.bearer)
    .send(await anOrderRequest(node))
    .expect(500);
  return body;
}

const pathOf = (url: string): string => new URL(url).pathname;

describe('a plain client whose order failed', () => {
  it('gets a link of ours in place of the report URL, under both names, and nothing of our key', async () => {
    await service.factory.setFault('fail');
    const body = await aFailedOrder();
    expect(body).toMatchObject({
      message: 'Failed to fulfill order at factory',
      code: 'factory_failed',
      order: { status: 'failed' },
    });
    const url = body.reportPizzaCreationErrorToPizzaFactoryUrl as string;
    expect(url).toBe(body.followLinkToEndChaos);
    expect(url).toMatch(
      new RegExp(`^${service.config.publicUrl}/api/order/${body.order.id}/report/[\\w-]{22}$`),
    );
    expect(JSON.stringify(body)).not.toContain(service.factory.apiKey);
  });

  it('that opens it reads the state as JSON, or as a page with a button; reading reports nothing', async () => {
    await service.factory.setFault('fail');
    const path = pathOf((await aFailedOrder()).followLinkToEndChaos);
    const { body } = await service.http.get(path).expect(200);
    expect(body).toEqual({
      message: 'not reported yet',
      state: 'seen',
      factory: '127.0.0.1',
      calledAt: null,
    });
    const page = await service.http.get(path).set('accept', 'text/html').expect(200);
    expect(page.type).toBe('text/html');
    expect(page.text).toContain('<form method="post"><button>Report it now</button></form>');
    expect(await reportCalls(service)).toBe(0);
  });

  it('that presses its button has the factory cured, and the next order is made', async () => {
    await service.factory.setFault('fail');
    const path = pathOf((await aFailedOrder()).followLinkToEndChaos);
    const { body } = await service.http.post(path).expect(200);
    expect(body).toMatchObject({ state: 'done', message: 'the fault was reported to the factory' });
    expect(await reportCalls(service)).toBe(1);
    await service.http
      .post('/api/order')
      .set(diner.bearer)
      .send(await anOrderRequest(service))
      .expect(200);
  });

  it('gets the factory’s own URL when that holds no secret of ours', async () => {
    const reportUrl = 'https://127.0.0.1/please/report/4711';
    const factory = await startStandInFactory({ status: 500, body: { message: 'no', reportUrl } });
    // On a database of its own: the worker of the other node would make its order at a factory that is well.
    const node = await startTestService({ random: () => 0, settings: { FACTORY_URL: factory.origin } });
    const body = await aFailedOrder(node, await aUser(node));
    expect(body.reportPizzaCreationErrorToPizzaFactoryUrl).toBe(reportUrl);
    await node.stop();
    await factory.close();
  });

  it('gets no URL when the factory gave none', async () => {
    await service.factory.setFault('error');
    const body = await aFailedOrder();
    expect(body).not.toHaveProperty('reportPizzaCreationErrorToPizzaFactoryUrl');
    expect(body).not.toHaveProperty('followLinkToEndChaos');
  });
});

it('a client whose good pizza came with a report URL gets the link with it, under both names', async () => {
  await service.factory.setFault('throttle', { delayMs: 100 });
  const { body } = await service.http
    .post('/api/order')
    .set(diner.bearer)
    .send(await anOrderRequest(service))
    .expect(200);
  expect(body.reportSlowPizzaToFactoryUrl).toMatch(/\/report\/[\w-]{22}$/);
  expect(body.followLinkToEndChaos).toBe(body.reportSlowPizzaToFactoryUrl);
  await service.http.post(pathOf(body.followLinkToEndChaos)).expect(200);
  expect(await reportCalls(service)).toBe(1);
});

describe('S34: a report link', () => {
  let body: { order: { id: number }; followLinkToEndChaos: string };
  let path: string;
  beforeEach(async () => {
    await service.factory.setFault('fail');
    body = await aFailedOrder();
    path = pathOf(body.followLinkToEndChaos);
  });

  it('needs no session, and is nothing to anybody else’s', async () => {
    await service.http.get(path).expect(200);
    await service.http.get(path).set(diner.bearer).expect(200);
    await service.http
      .get(path)
      .set((await aUser(service, [{ role: 'admin' }])).bearer)
      .expect(200);
    await service.http
      .get(path)
      .set((await aUser(service)).bearer)
      .expect(404);
    await service.http
      .post(path)
      .set((await aUser(service)).bearer)
      .expect(404);
    expect(await reportCalls(service)).toBe(0);
  });

  it('is bound to its order', async () => {
    const another = (await aFailedOrder()).order.id as number;
    await service.http.get(path.replace(`/${body.order.id}/`, `/${another}/`)).expect(404);
  });

  it('ends after a day', async () => {
    await sql`update order_report_links set expires_at = now(3) - interval 1 second`.execute(service.db);
    await service.http.get(path).expect(404);
    await service.http.post(path).expect(404);
    expect(await reportCalls(service)).toBe(0);
  });

  it('is stored as a hash only', async () => {
    expect(await dumpTables(service)).not.toContain(path.split('/').at(-1));
  });

  it('that is not well-formed is refused with 400', async () => {
    await service.http.get(`/api/order/${body.order.id}/report/short`).expect(400);
  });
});

describe('S45: a report link', () => {
  let nodes: TestService[];
  beforeAll(async () => {
    nodes = [service, await startTestService({ besides: service, isWorkerRunning: false })];
  });
  afterAll(() => nodes[1]?.stop());
  beforeEach(() => service.factory.setFault('fail'));

  const press = (path: string, press: number) => nodes[press % 2]?.http.post(path) ?? service.http.post(path);
  const statusesOf = (answers: { status: number }[]): number[] =>
    [...new Set(answers.map(({ status }) => status))].sort();
  /** The waits between calls are over. */
  const makeDue = () => sql`update factory_reports set next_call_at = null`.execute(service.db);

  it('that is pressed 60 times at once, at two nodes, makes one call, and every answer is kind', async () => {
    const path = pathOf((await aFailedOrder()).followLinkToEndChaos);
    const answers = await Promise.all(Array.from({ length: 60 }, (_, time) => press(path, time)));
    expect(await reportCalls(service)).toBe(1);
    expect([200, 429]).toEqual(expect.arrayContaining(statusesOf(answers)));
    for (const { headers } of answers.filter(({ status }) => status === 429))
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('that is pressed 60 times one after the other says that it was reported already', async () => {
    const path = pathOf((await aFailedOrder()).followLinkToEndChaos);
    for (let time = 0; time < 60; time += 1)
      expect((await press(path, time).expect(200)).body).toMatchObject({ state: 'done' });
    expect(await reportCalls(service)).toBe(1);
    const page = await press(path, 0).set('accept', 'text/html').expect(200);
    expect(page.text).toContain('State: the fault was reported to the factory.');
  });

  it('that is pressed 60 times with all patience brings half of 12 calls a minute; an operator has the others', async () => {
    const body = await aFailedOrder();
    const path = pathOf(body.followLinkToEndChaos);
    const presses = [];
    for (let time = 0; time < 60; time += 1) {
      await makeDue();
      presses.push(await press(path, time));
    }
    expect(await reportCalls(service)).toBe(6);
    expect([200, 429]).toEqual(expect.arrayContaining(statusesOf(presses)));
    const { id: incidentId } = (await newestIncident(service)) ?? { id: 0 };
    await Promise.all(Array.from({ length: 20 }, () => service.fulfillment.reportIncident(incidentId)));
    expect(await reportCalls(service)).toBeGreaterThan(6);
    for (let time = 0; time < 20; time += 1) await service.fulfillment.reportIncident(incidentId);
    expect(await reportCalls(service)).toBe(12);
    expect(await service.fulfillment.reportIncident(incidentId)).toBe('not_now');
  });

  it.each([1_000, 65_535])(
    'of a report that was called %i times is answered, and its calls go on being counted',
    async (calls) => {
      const path = pathOf((await aFailedOrder()).followLinkToEndChaos);
      await sql`update factory_reports set calls = ${calls}`.execute(service.db);
      await service.http.post(path).expect(200);
      await service.http.post(path).expect(200);
      const rows = await sql<{ calls: number; seconds: number }>`select calls,
      timestampdiff(second, now(3), next_call_at) as seconds from factory_reports order by id desc limit 1`.execute(
        service.db,
      );
      expect(rows.rows[0]?.calls).toBe(Math.min(calls + 1, 65_535));
      expect(rows.rows[0]?.seconds).toBeLessThanOrEqual(300);
    },
  );

  it('is one for an order, however often the order is asked for again with its key, and goes on after a rotation', async () => {
    const request = await anOrderRequest(service);
    const ask = (node: TestService = service) =>
      node.http
        .post('/api/order')
        .set({ ...diner.bearer, 'idempotency-key': 'asked-again' })
        .send(request)
        .expect(500);
    const first = (await ask()).body;
    for (let time = 0; time < 5; time += 1)
      expect((await ask()).body.followLinkToEndChaos).toBe(first.followLinkToEndChaos);
    const links = () =>
      service.db
        .selectFrom('order_report_links')
        .select('token_hash')
        .where('order_id', '=', first.order.id)
        .execute();
    expect(await links()).toHaveLength(1);
    const [old = ''] = service.config.sessionSecrets;
    const settings = { JWT_SECRET: `the-session-secret-after-the-rotation,${old}` };
    const rotated = await startTestService({ besides: service, isWorkerRunning: false, settings });
    try {
      await rotated.http.get(pathOf(first.followLinkToEndChaos)).expect(200);
      for (let time = 0; time < 3; time += 1) await ask(rotated);
      // The new secret makes a new link once; the one that was handed out stays good for its day.
      expect(await links()).toHaveLength(2);
    } finally {
      await rotated.stop();
    }
  });
});
