import { beforeAll, expect, it } from '@jest/globals';
import { CompactSign, createLocalJWKSet, exportJWK, generateKeyPair } from 'jose';
import { checkOrderedPizza, type PizzaMaker } from './pizza-signature.ts';

const NOW = new Date('2025-04-08T14:10:00Z');
const KEY = 'a-factory-key-nobody-may-see';

let privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
let maker: PizzaMaker;
beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  privateKey = pair.privateKey;
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k' }] });
  maker = {
    origin: 'https://factory.example.com',
    issuer: undefined,
    secrets: [KEY],
    keys: {
      refresh: async () => undefined,
      current: async () => keys,
      publicKeys: async () => [],
      close: async () => undefined,
    },
  };
});

function bake(vendor: unknown, ageSeconds = 0): Promise<string> {
  const seconds = NOW.getTime() / 1000 - ageSeconds;
  const payload = { vendor, diner: { id: 3 }, order: { id: 23 } };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({
      alg: 'RS256',
      kid: 'k',
      iat: seconds,
      exp: seconds + 60,
      iss: 'factory.example.com',
    })
    .sign(privateKey);
}

const check = async (vendor: unknown, ageSeconds = 0) =>
  checkOrderedPizza(await bake(vendor, ageSeconds), { maker, now: NOW, orderId: 23, dinerId: 3 });

it('a pizza that is signed, in time and of this order is valid', async () => {
  expect(await check({ id: 'jwt' })).toBe('valid');
});

// It is good for 60 s; who checks it, and who made it, have clocks of their own.
it.each([
  ['that a clock five minutes ahead of ours has signed', -5 * 60, 'valid'],
  ['that comes from further in the future', -5 * 60 - 1, 'expired'],
  ['that ran out a minute ago', 2 * 60, 'valid'],
  ['that ran out before that', 2 * 60 + 1, 'expired'],
])('a pizza %s, aged %d s, is %s', async (_which, ageSeconds, verdict) => {
  expect(await check({ id: 'jwt' }, ageSeconds)).toBe(verdict);
});

it.each([
  ['as it is', KEY],
  ['in hex', Buffer.from(KEY).toString('hex')],
  ['in base64', Buffer.from(`of ${KEY}`).toString('base64')],
])(
  'S35: a pizza that would hand our key on, %s, is refused however well it is signed',
  async (_how, text) => {
    expect(await check({ id: 'jwt', note: text })).toBe('holds_secret');
  },
);
