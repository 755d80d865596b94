import { createHmac, randomBytes } from 'node:crypto';
import { compare, getRounds, hash } from 'bcrypt';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import { unavailable } from '../../errors.ts';

// bcrypt keeps a core busy for a quarter of a second: more than two at once would starve file reads of the thread
// pool, and a longer queue would only make people wait for an answer that comes too late.
const HASHES_AT_ONCE = 2;
const HASHES_WAITING = 20;
const RETRY_AFTER_SECONDS = 2;

interface PasswordOptions {
  /** Newest first: new hashes are made with it, and those of the others are right until they are made anew. */
  peppers: readonly string[];
  cost: number;
}

/** What a password came to; `isOutdated` says that its hash is to be made anew. */
interface PasswordMatch {
  isMatch: boolean;
  isOutdated: boolean;
}

/** Hashing and checking of passwords (S9). Both throw `unavailable` when too many are waiting already. */
export function createPasswords({ peppers, cost }: PasswordOptions) {
  const [newest] = peppers;
  if (newest === undefined) throw new Error('the settings name no pepper');
  const limiter = bulkhead(HASHES_AT_ONCE, HASHES_WAITING);
  // bcrypt reads only the first 72 bytes: 64 characters of a keyed digest make every byte of the password count.
  const digest = (password: string, pepper: string): string =>
    createHmac('sha384', pepper).update(password.normalize('NFC')).digest('base64');
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
  const nobodysHash = hash(digest(randomBytes(16).toString('hex'), newest), cost);

  /** A hash does not tell its pepper, so a wrong password is tried with each; as often for somebody who does not exist. */
  const check = (password: string, passwordHash: string | undefined): Promise<PasswordMatch> =>
    limited(async () => {
      const expected = passwordHash ?? (await nobodysHash);
      for (const pepper of peppers) {
        if (!(await compare(digest(password, pepper), expected)) || passwordHash === undefined) continue;
        return { isMatch: true, isOutdated: pepper !== newest || getRounds(passwordHash) < cost };
      }
      return { isMatch: false, isOutdated: false };
    });

  return {
    hash: (password: string): Promise<string> => limited(() => hash(digest(password, newest), cost)),
    check,
    matches: async (password: string, passwordHash: string | undefined): Promise<boolean> =>
      (await check(password, passwordHash)).isMatch,
    /** How many hashes are being computed, and how many wait. */
    load: () => ({
      running: HASHES_AT_ONCE - limiter.executionSlots,
      waiting: HASHES_WAITING - limiter.queueSlots,
    }),
  };
}

export type Passwords = ReturnType<typeof createPasswords>;
