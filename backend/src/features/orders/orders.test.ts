import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { anOrderRequest, aUser } from '../../../test/support/builders.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

it('an order the factory makes is answered with its verified pizza', async () => {
  const diner = await aUser(service);
  const body = await anOrderRequest(service);
  const answer = await service.http.post('/api/order').set(diner.bearer).send(body).expect(200);
  expect(answer.body).toMatchObject({ order: { status: 'ready', total: 0.0038 }, jwt: expect.any(String) });
});
