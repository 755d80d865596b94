import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { compactVerify, importJWK } from 'jose';
import type { PizzaKey } from '#contract/pizza-keys.ts';
import { anOrderRequest, aUser } from '../../../test/support/builders.ts';
import { startStandInFactory } from '../../../test/support/stand-in-factory.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
afterAll(() => service.stop());

async function withStandIn(body: unknown, status = 200): Promise<PizzaKey[]> {
  const factory = await startStandInFactory({ status, body });
  const odd = await startTestService({
    besides: service,
    isWorkerRunning: false,
    settings: { FACTORY_URL: factory.origin },
  });
  const answer = await odd.http.get('/api/order/keys').expect(200);
  await odd.stop();
  await factory.close();
  return answer.body.keys;
}

it('anybody gets the keys with which a pizza of ours can be verified without us', async () => {
  const { bearer } = await aUser(service);
  const placed = await service.http
    .post('/api/order')
    .set(bearer)
    .send(await anOrderRequest(service))
    .expect(200);
  const { body } = await service.http.get('/api/order/keys').expect(200);
  const verified = await compactVerify(placed.body.jwt, await importJWK(body.keys[0], 'RS256'));
  expect(verified.protectedHeader.kid).toBe(body.keys[0].kid);
});

it('of a key only what is public leaves, whatever a factory puts beside it', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n, e } = privateKey.export({ format: 'jwk' });
  const told = { ...privateKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig', note: 'ours' };
  const keys = await withStandIn({ keys: [told, { kty: 'oct', k: 'c2VjcmV0' }] });
  expect(keys).toEqual([{ kty: 'RSA', n, e, kid: 'k1', alg: 'RS256', use: 'sig' }]);
});

it('a factory that has told no keys yet leaves the list empty instead of failing it', async () => {
  expect(await withStandIn({ message: 'away' }, 503)).toEqual([]);
});
