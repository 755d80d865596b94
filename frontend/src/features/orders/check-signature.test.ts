import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type CompactJWSHeaderParameters, CompactSign } from 'jose';
import type { PizzaKey } from '#contract/pizza-keys.ts';
import { checkSignature } from './check-signature.ts';

const now = new Date('2026-11-23T18:00:00Z');
const seconds = now.getTime() / 1000;
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });

function publicKey({ publicKey: key }: { publicKey: KeyObject }, kid: string): PizzaKey {
  const { n = '', e = '' } = key.export({ format: 'jwk' });
  return { kty: 'RSA', n, e, kid };
}

const keys = [publicKey(foreign, 'elsewhere'), publicKey(ours, 'oven')];

/** A part of the header that is set to undefined is left out. */
function bake(header: Record<string, unknown> = {}, key = ours.privateKey): Promise<string> {
  const whole = { alg: 'RS256', kid: 'oven', iat: seconds - 10, exp: seconds + 600, ...header };
  return new CompactSign(Buffer.from('{"order":{"id":1}}'))
    .setProtectedHeader(whole as CompactJWSHeaderParameters)
    .sign(key);
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a pizza checked in the browser', () => {
  it('that the factory signed is genuine, and the key is named', async () => {
    expect(await checkSignature(await bake(), keys, now)).toEqual({ verdict: 'genuine', keyId: 'oven' });
  });

  it('without a key id is tried with every key', async () => {
    const jwt = await bake({ kid: undefined });
    expect(await checkSignature(jwt, keys, now)).toEqual({ verdict: 'genuine', keyId: 'oven' });
  });

  it.each([
    ['is over', { exp: seconds - 61 }],
    ['has not begun', { iat: seconds + 61 }],
    ['is not told', { exp: undefined }],
  ])('whose time %s is stale', async (_circumstance, times) => {
    expect(await checkSignature(await bake(times), keys, now)).toEqual({ verdict: 'stale', keyId: 'oven' });
  });

  it('whose payload was changed is forged', async () => {
    const [header, , signature] = (await bake()).split('.');
    const jwt = `${header}.${encode({ order: { id: 2 } })}.${signature}`;
    expect(await checkSignature(jwt, keys, now)).toEqual({ verdict: 'forged', because: 'signature' });
  });

  it('signed with another key under the name of ours is forged', async () => {
    const jwt = await bake({}, foreign.privateKey);
    expect(await checkSignature(jwt, keys, now)).toEqual({ verdict: 'forged', because: 'signature' });
  });

  it('that names a key nobody has is forged', async () => {
    expect(await checkSignature(await bake({ kid: 'mine' }), keys, now)).toEqual({
      verdict: 'forged',
      because: 'key',
    });
  });

  it.each(['none', 'HS256', 'PS256'])('that says it is signed with %s is forged', async (alg) => {
    const [, payload, signature] = (await bake()).split('.');
    const jwt = `${encode({ alg, kid: 'oven' })}.${payload}.${signature}`;
    expect(await checkSignature(jwt, keys, now)).toEqual({ verdict: 'forged', because: 'form' });
  });

  it('while no keys are known cannot be judged', async () => {
    expect(await checkSignature(await bake(), [], now)).toEqual({ verdict: 'unknown', because: 'keys' });
  });
});
