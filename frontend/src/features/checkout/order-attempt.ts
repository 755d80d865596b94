import { readStored, removeStored, writeStored } from '../../lib/storage.ts';

// Kept until the service has answered: a second press, a reload or the way back send the same key again.
const KEY = 'jwt-pizza.order-attempt';

interface Attempt {
  fingerprint: string;
  idempotencyKey: string;
}

/** Answers the key of this very order; another cart, or another diner, is another order and gets another key. */
export function idempotencyKeyFor(fingerprint: string, storage: Storage, newKey: () => string): string {
  const known = readStored(storage, KEY) as Partial<Attempt> | undefined;
  if (known?.fingerprint === fingerprint && typeof known.idempotencyKey === 'string')
    return known.idempotencyKey;
  const attempt: Attempt = { fingerprint, idempotencyKey: newKey() };
  writeStored(storage, KEY, attempt);
  return attempt.idempotencyKey;
}

export function forgetAttempt(storage: Storage): void {
  removeStored(storage, KEY);
}
