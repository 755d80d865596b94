import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { anOrderRequest, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { endIncidents, reportCalls } from '../../../test/support/factory-rows.ts';
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
