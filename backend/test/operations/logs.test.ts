import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrderRequest, aUser } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { endIncidents } from '../support/factory-rows.ts';
import { attemptEnded, placeOrder, sweepOnce } from '../support/order-flow.ts';
import { forgetFaults } from '../support/order-rows.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

const SOON_MS = 10_000;

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, settings: { FACTORY_RECOVERY: 'act' } });
});
beforeEach(async () => {
  await endIncidents(service);
  await forgetFaults(service);
});
afterEach(() => service.factory.reset());
afterAll(() => service.stop());

const attemptLine = (orderId: number, attempt: number) =>
  eventually(
    `attempt ${attempt} of order ${orderId} is in the log`,
    () =>
      service
        .logLines()
        .find(
          (line) =>
            line.message === 'factory attempt' && line.orderId === orderId && line.attempt === attempt,
        ),
    SOON_MS,
  );

const requestLine = (requestId: string, message: string) =>
  eventually(
    `the line "${message}" of the request`,
    () => service.logLines().find((line) => line.requestId === requestId && line.message === message),
    SOON_MS,
  );

describe('the log line of an attempt', () => {
  it('says which one it was, what became of the report, how the circuit is, and when the next follows', async () => {
    await service.factory.setFault('fail');
    const { orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
    expect(await attemptLine(orderId, 1)).toMatchObject({
      level: 'INFO',
      factory: service.factory.origin,
      outcome: 'refused',
      httpStatus: 500,
      connectMs: expect.any(Number),
      firstByteMs: expect.any(Number),
      totalMs: expect.any(Number),
      reportHost: expect.any(String),
      reportFingerprint: expect.any(String),
      reportResult: 'answered',
      circuit: 'closed',
      state: 'waiting',
      nextAttemptInMs: expect.any(Number),
    });
    await sweepOnce(service, orderId);
    const made = await attemptLine(orderId, 2);
    expect(made).toMatchObject({ outcome: 'made', signatureVerdict: 'valid', state: 'ready' });
    expect(made.reportResult).toBeUndefined();
  });

  it('says that the circuit is open once it is', async () => {
    await service.factory.setFault('error');
    for (let probe = 1; probe <= 4; probe += 1) await service.fulfillment.probe.probeAll();
    const { bearer } = await aUser(service);
    const placed = await service.http
      .post('/api/order')
      .set({ ...bearer, prefer: 'respond-async, wait=0' })
      .send(await anOrderRequest(service))
      .expect(202);
    expect(await attemptLine(placed.body.order.id as number, 1)).toMatchObject({ circuit: 'open' });
  });
});

describe('the log line of a request', () => {
  it('has the bytes that came and went, also of an answer that tells no length', async () => {
    const body = { email: 'nobody@example.com', password: 'x' };
    const sent = await service.http.put('/api/auth').send(body).expect(404);
    expect(await requestLine(sent.headers['x-request-id'] ?? '', 'request')).toMatchObject({
      requestBytes: Buffer.byteLength(JSON.stringify(body)),
    });
    const streamed = await service.http.get('/api/openapi.json').expect(200);
    const { responseBytes } = await requestLine(streamed.headers['x-request-id'] ?? '', 'request');
    expect(responseBytes).toBeGreaterThan(streamed.text.length);
  });
});

describe('the bodies of a request', () => {
  it('are in the log at debug level, without a password, a token or a pizza', async () => {
    const { email, password, bearer } = await aUser(service);
    const logIn = await service.http.put('/api/auth').send({ email, password }).expect(200);
    expect(await requestLine(logIn.headers['x-request-id'] ?? '', 'bodies')).toMatchObject({
      level: 'DEBUG',
      requestBody: { email: '[redacted]', password: '[redacted]' },
      responseBody: { token: '[redacted]', user: { name: logIn.body.user.name } },
    });
    const { bearer: owner, orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
    const read = await service.http.get(`/api/order/${orderId}`).set(owner).expect(200);
    expect(await requestLine(read.headers['x-request-id'] ?? '', 'bodies')).toMatchObject({
      responseBody: { jwt: '[redacted]', order: { id: orderId } },
    });
    const everything = JSON.stringify(service.logLines());
    for (const secret of [password, email, bearer.authorization.slice(7), read.body.jwt as string]) {
      expect(everything.includes(secret)).toBe(false);
    }
  });

  it('are not in the log at its usual level', async () => {
    const node = await startTestService({ besides: service, isWorkerRunning: false, logLevel: 'info' });
    try {
      await node.http.get('/api/order/menu').expect(200);
      await eventually('the request is told', () => node.logLines().length > 0, SOON_MS);
      expect(node.logLines().map(({ message }) => message)).not.toContain('bodies');
    } finally {
      await node.stop();
    }
  });
});
