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

function bake(vendor: unknown): Promise<string> {
  const seconds = NOW.getTime() / 1000;
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

const check = async (vendor: unknown) =>
  checkOrderedPizza(await bake(vendor), { maker, now: NOW, orderId: 23, dinerId: 3 });

it('a pizza that is signed, in time and of this order is valid', async () => {
  expect(await check({ id: 'jwt' })).toBe('valid');
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
