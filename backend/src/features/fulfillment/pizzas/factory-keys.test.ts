import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CompactSign, compactVerify } from 'jose';
import { anOrderRequest, aUser, type LoggedIn } from '../../../../test/support/builders.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { startStandInFactory } from '../../../../test/support/stand-in-factory.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { createFactoryKeys } from './jwks.client.ts';

const SOON_MS = 10_000;
// Nobody listens here.
const AWAY = 'http://127.0.0.1:9/jwks.json';

let service: TestService;
let diner: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  diner = await aUser(service);
});
afterAll(() => service.stop());

const readStored = () => service.db.selectFrom('factory_keys').selectAll().execute();

/** A node that has just started, and cannot reach the factory's keys. */
function aFreshNode(): Promise<TestService> {
  const { origin, apiKey } = service.factory;
  return startTestService({
    besides: service,
    isWorkerRunning: false,
    settings: { FACTORIES: JSON.stringify([{ origin, apiKey, jwks: AWAY, issuer: '127.0.0.1' }]) },
  });
}

async function placeAt(node: TestService) {
  const request = await anOrderRequest(service);
  return node.http
    .post('/api/order')
    .set({ ...diner.bearer, prefer: 'respond-async, wait=2' })
    .send(request);
}

describe('a fresh node whose address of keys is away', () => {
  it('checks a pizza with the keys that another node stored, so that it is baked once and kept', async () => {
    expect((await placeAt(service)).status).toBe(200);
    await eventually('the keys are stored', async () => (await readStored()).length === 1, SOON_MS);
    const node = await aFreshNode();
    const answer = await placeAt(node);
    await node.stop();
    expect(answer.body.order.status).toBe('ready');
    const { pizzas } = await service.factory.journal();
    expect(pizzas.filter(({ orderId }) => orderId === answer.body.order.id)).toHaveLength(1);
  });

  it.each([
    ['no JSON', 'BEGIN PUBLIC KEY'],
    ['no keys', '{"keys":[]}'],
    ['a key that is none', '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}'],
    ['a symmetric key', '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}'],
  ])('takes stored keys that are %s for none', async (_what, jwks) => {
    const before = await readStored();
    await service.db.updateTable('factory_keys').set({ jwks }).execute();
    const node = await aFreshNode();
    const { body } = await node.http.get('/api/order/keys').expect(200);
    await node.stop();
    expect(body.keys).toEqual([]);
    await service.db
      .updateTable('factory_keys')
      .set({ jwks: before[0]?.jwks ?? '' })
      .execute();
  });
});

/** What stands in for the table. */
function aStore(stored?: string) {
  const store = { stored, isAway: false };
  const answer = <T>(value: () => T): Promise<T> =>
    store.isAway ? Promise.reject(new Error('the database is away')) : Promise.resolve(value());
  return Object.assign(store, {
    read: () => answer(() => store.stored),
    write: (keys: string) =>
      answer(() => {
        store.stored = keys;
      }),
  });
}

function aKey(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid } };
}

const sign = ({ kid, privateKey }: { kid: string; privateKey: KeyObject }) =>
  new CompactSign(new Uint8Array([1])).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);

async function verifies(keys: ReturnType<typeof createFactoryKeys>, jws: string): Promise<boolean> {
  const current = await keys.current();
  return current !== undefined && compactVerify(jws, current).then(Boolean, () => false);
}

const SECRET = 'a-factory-key-nobody-may-see';
const open = (url: string, store: ReturnType<typeof aStore>) =>
  createFactoryKeys({ url, store, secrets: [SECRET] });

describe('the keys of a factory', () => {
  it('are fetched and good while the database is away, and stored with the next fetch that finds it', async () => {
    const [key, next] = [aKey('k1'), aKey('k2')];
    const factory = await startStandInFactory({ status: 200, body: { keys: [key.jwk] } });
    const store = aStore();
    store.isAway = true;
    const keys = open(factory.origin, store);
    expect(await verifies(keys, await sign(key))).toBe(true);
    await keys.close();
    expect(store.stored).toBeUndefined();

    store.isAway = false;
    factory.answerWith({ status: 200, body: { keys: [next.jwk] } });
    const fresh = open(factory.origin, store);
    await fresh.current();
    await fresh.close();
    await factory.close();
    expect(JSON.parse(store.stored ?? '')).toEqual({ keys: [next.jwk] });
  });

  it('that the factory has changed are taken from the one who fetched them, when one cannot fetch', async () => {
    const [old, fresh] = [aKey('old'), aKey('new')];
    const store = aStore(JSON.stringify({ keys: [old.jwk] }));
    const [first, late] = [open(AWAY, store), open(AWAY, store)];
    expect(await verifies(first, await sign(old))).toBe(true);
    store.stored = JSON.stringify({ keys: [fresh.jwk] });
    expect(await verifies(late, await sign(fresh))).toBe(true);
    await first.close();
    await late.close();
  });

  it('are none when they can be had nowhere, and are asked for again', async () => {
    const key = aKey('k1');
    const store = aStore();
    store.isAway = true;
    const keys = open(AWAY, store);
    expect(await keys.current()).toBeUndefined();
    store.isAway = false;
    store.stored = JSON.stringify({ keys: [key.jwk] });
    expect(await verifies(keys, await sign(key))).toBe(true);
    await keys.close();
  });

  it('S35: are stored without what is private, and not when they hold a key of ours', async () => {
    const { privateKey } = aKey('k1');
    const told = { ...privateKey.export({ format: 'jwk' }), kid: 'k1', note: SECRET };
    const planted = { ...aKey(SECRET).jwk };
    const factory = await startStandInFactory({ status: 200, body: { keys: [told, planted] } });
    const store = aStore();
    const keys = open(factory.origin, store);
    await keys.current();
    await keys.close();
    await factory.close();
    const { kty, n, e } = told;
    expect(JSON.parse(store.stored ?? '')).toEqual({ keys: [{ kty, n, e, kid: 'k1' }] });
  });
});
