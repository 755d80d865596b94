import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EndpointDeclaration } from '#contract/endpoint.ts';
import { endpoints } from '#contract/endpoints.ts';
import { anOrderRequest, aUser, type LoggedIn } from '../../test/support/builders.ts';
import { expectProblem } from '../../test/support/problem.ts';
import { startTestService, type TestService } from '../../test/support/test-service.ts';

let service: TestService;
let dana: LoggedIn;
let kai: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  [dana, kai] = [await aUser(service), await aUser(service, [{ role: 'admin' }])];
});
afterAll(() => service.stop());

const writes = Object.values(endpoints as Record<string, EndpointDeclaration>).filter(
  ({ method }) => method !== 'GET',
);
const expecting = (user: { id: number }) => ({ 'expect-user': String(user.id) });
const ordersOf = async (user: LoggedIn) => {
  const answer = await service.http.get('/api/order').set(user.bearer).expect(200);
  return answer.body.orders as unknown[];
};

describe('S48: a request that names its user', () => {
  it.each(writes.map(({ method, path }) => [method, path]))(
    '%s %s is refused when the session is somebody else’s',
    async (method, path) => {
      const send = service.http[method.toLowerCase() as 'post'];
      const answer = await send(path.replace(/:\w+/g, '1')).set(kai.bearer).set(expecting(dana)).send({});
      expect(expectProblem(answer, 'other_user').status).toBe(409);
    },
  );

  it('an order for Dana in the session of Kai is stored for neither, and one for Kai is for Kai', async () => {
    const order = await anOrderRequest(service);
    const send = (user: LoggedIn) =>
      service.http.post('/api/order').set(kai.bearer).set(expecting(user)).send(order);
    expectProblem(await send(dana), 'other_user');
    expect([await ordersOf(dana), await ordersOf(kai)]).toEqual([[], []]);
    await send(kai).expect(200);
    expect([(await ordersOf(dana)).length, (await ordersOf(kai)).length]).toEqual([0, 1]);
  });

  it.each(['', 'abc', '1, 2', '-1', '1e0', '9999999999999999999'])(
    'a name of no user (%j) is nobody’s',
    async (name) => {
      const answer = await service.http
        .put(`/api/user/${kai.id}`)
        .set(kai.bearer)
        .set('expect-user', name)
        .send({});
      expectProblem(answer, 'other_user');
    },
  );

  it('without a session a write is still told that it needs one', async () => {
    const order = await anOrderRequest(service);
    expectProblem(await service.http.post('/api/order').set(expecting(dana)).send(order), 'unauthorized');
  });

  it('a question may name whomever it likes: nothing is done', async () => {
    await service.http.get('/api/user/me').set(kai.bearer).set(expecting(dana)).expect(200);
  });
});
