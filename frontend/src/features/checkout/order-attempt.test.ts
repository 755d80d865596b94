import { describe, expect, it } from '@jest/globals';
import { forgetAttempt, idempotencyKeyFor } from './order-attempt.ts';

function memoryStorage(): Storage {
  const map = new Map<string, string>();
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    clear: () => map.clear(),
    key: () => null,
    length: 0,
  };
}

describe('the key of an order', () => {
  let count = 0;
  const newKey = () => `key-${count++}`;

  it('stays the same for the same cart until the service has answered', () => {
    const storage = memoryStorage();
    const first = idempotencyKeyFor('cart', storage, newKey);
    expect(idempotencyKeyFor('cart', storage, newKey)).toBe(first);
    forgetAttempt(storage);
    expect(idempotencyKeyFor('cart', storage, newKey)).not.toBe(first);
  });
  it('is another one for another cart', () => {
    const storage = memoryStorage();
    expect(idempotencyKeyFor('cart', storage, newKey)).not.toBe(
      idempotencyKeyFor('cart and one more', storage, newKey),
    );
  });
});
