import { describe, expect, it } from '@jest/globals';
import { decodePizza } from './decode-pizza.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a pizza token', () => {
  it('is read whole, with letters of any language', () => {
    const payload = { diner: { name: 'José Ñandú 🍕' }, order: { id: 23 } };
    const decoded = decodePizza(`${encode({ alg: 'RS256' })}.${encode(payload)}.c2ln`);
    expect(decoded).toMatchObject({ header: { alg: 'RS256' }, payload, parts: { signature: 'c2ln' } });
  });
  it('that is no token is read as nothing instead of breaking the page', () => {
    const good = encode({ a: 1 });
    for (const text of [
      '',
      'pizza',
      'a.b.c',
      `${good}.${good}`,
      `${good}.${good}.`,
      `${good}.${encode([1])}.x`,
      `${good}.${good}.x.y`,
    ]) {
      expect(decodePizza(text)).toBeUndefined();
    }
  });
});
