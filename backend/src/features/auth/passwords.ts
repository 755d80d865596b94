import { createHmac, randomBytes } from 'node:crypto';
import { compare, getRounds, hash } from 'bcrypt';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import { unavailable } from '../../errors.ts';

// bcrypt keeps a core busy for a quarter of a second: more than two at once would starve file reads of the thread
// pool, and a longer queue would only make people wait for an answer that comes too late.
const HASHES_AT_ONCE = 2;
const HASHES_WAITING = 20;
const RETRY_AFTER_SECONDS = 2;

/** Hashing and checking of passwords (S9). Both throw `unavailable` when too many are waiting already. */
export function createPasswords(options: { pepper: string; cost: number }) {
  const limiter = bulkhead(HASHES_AT_ONCE, HASHES_WAITING);
  // bcrypt reads only the first 72 bytes: 64 characters of a keyed digest make every byte of the password count.
  const digest = (password: string): string =>
    createHmac('sha384', options.pepper).update(password.normalize('NFC')).digest('base64');
  const limited = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await limiter.execute(work);
    } catch (error) {
      if (error instanceof BulkheadRejectedError)
        throw unavailable('too many log-ins right now', RETRY_AFTER_SECONDS);
      throw error;
    }
  };
  // Compared when there is no such user, so that the answer takes as long as for one who exists (S11).
  const nobodysHash = hash(digest(randomBytes(16).toString('hex')), options.cost);
  return {
    hash: (password: string): Promise<string> => limited(() => hash(digest(password), options.cost)),
    matches: (password: string, passwordHash: string | undefined): Promise<boolean> =>
      limited(async () => {
        const isMatch = await compare(digest(password), passwordHash ?? (await nobodysHash));
        return isMatch && passwordHash !== undefined;
      }),
    /** How many hashes are being computed, and how many wait. */
    load: () => ({
      running: HASHES_AT_ONCE - limiter.executionSlots,
      waiting: HASHES_WAITING - limiter.queueSlots,
    }),
    needsRehash: (passwordHash: string): boolean => getRounds(passwordHash) < options.cost,
  };
}

export type Passwords = ReturnType<typeof createPasswords>;
