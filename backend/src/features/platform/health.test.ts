import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { expectProblem } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

let service: TestService;
let user: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  user = await aUser(service);
});
afterAll(() => service.stop());

describe('without its database', () => {
  let stranded: TestService;
  beforeAll(async () => {
    // Nobody listens on the port of the system's own discard service.
    stranded = await startTestService({
      besides: service,
      isWorkerRunning: false,
      settings: { DATABASE_URL: 'mysql://pizza:hunter2@127.0.0.1:9/pizza' },
    });
  });
  afterAll(() => stranded.stop());

  it.each<[string, (to: TestService['http']) => ReturnType<TestService['http']['get']>]>([
    ['the menu', (http) => http.get('/api/order/menu')],
    ['the franchises', (http) => http.get('/api/franchise')],
    [
      'a log-in',
      (http) => http.put('/api/auth').send({ email: 'a@example.com', password: 'a long pass phrase' }),
    ],
    [
      'a registration',
      (http) =>
        http.post('/api/auth').send({ name: 'Ada', email: 'a@example.com', password: 'a long pass phrase' }),
    ],
    [
      'an order',
      (http) =>
        http
          .post('/api/order')
          .set(user.bearer)
          .send({ franchiseId: 1, storeId: 1, items: [{ menuId: 1 }] }),
    ],
    ['who I am', (http) => http.get('/api/user/me').set(user.bearer)],
    ['readiness', (http) => http.get('/health/ready')],
  ])('S26: %s is answered 503 with Retry-After, and nothing of the database is told', async (_what, ask) => {
    const answer = await ask(stranded.http);
    expect(expectProblem(answer, 'unavailable').status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/127\.0\.0\.1|:9\b|ECONN|hunter2|pizza:/);
  });

  it('the node is alive and answers what needs no database', async () => {
    expect((await stranded.http.get('/health/live').expect(200)).body).toEqual({ status: 'live' });
    await stranded.http.get('/').expect(200);
    await stranded.http.get('/api/docs').expect(200);
    expectProblem(await stranded.http.get('/api/user/me'), 'unauthorized');
  });

  it('S40: the password of the database stays out of the log', () => {
    expect(JSON.stringify(stranded.logLines())).not.toContain('hunter2');
  });
});

describe('readiness', () => {
  it('is told while the database is there and migrated, and does not depend on the factory', async () => {
    await service.factory.setFault('unreachable');
    expect((await service.http.get('/health/ready').expect(200)).body).toEqual({ status: 'ready' });
    await service.factory.setFault('none');
  });

  it('ends when the node begins to stop, while it still answers', async () => {
    const leaving = await startTestService({ besides: service, isWorkerRunning: false });
    await leaving.http.get('/health/ready').expect(200);
    leaving.beginShutdown();
    expectProblem(await leaving.http.get('/health/ready'), 'unavailable');
    await leaving.http.get('/api/order/menu').expect(200);
    await leaving.http.get('/health/live').expect(200);
    await leaving.stop();
  });
});
