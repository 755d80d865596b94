import { createHash } from 'node:crypto';
import { isIP, isIPv6 } from 'node:net';
import type { Database } from '../../database/pool.ts';
import { Refusal } from '../../errors.ts';
import * as repository from './throttle.repository.ts';

const WINDOW_SECONDS = 60;
const IPV6_NETWORK_GROUPS = 4;

/** One household or attacker has a whole /64 of IPv6 addresses, so those count as one. */
function networkOf(address: string): string {
  // What a proxy wrote need not be an address; as one, of any length, it would not fit its column.
  if (isIP(address) === 0) return 'unknown';
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return `${[...left, ...zeros, ...right].slice(0, IPV6_NETWORK_GROUPS).join(':')}::/64`;
}

function accountKey(email: string): string {
  return createHash('sha256').update(email.normalize('NFC').toLowerCase()).digest('hex');
}

function tooMany(retryAfterSeconds: number): Refusal {
  return new Refusal('too_many_requests', { message: 'too many tries, wait a little', retryAfterSeconds });
}

/** Limits of log-in and registration, counted before any hashing and shared by all nodes (S12). 0 is no limit. */
export function createLogInThrottle({ db, limitPerMinute }: { db: Database; limitPerMinute: number }) {
  return {
    /** Throws `too_many_requests` for an address that comes too often. */
    async assertAddressMay(address: string): Promise<void> {
      if (limitPerMinute === 0) return;
      if ((await repository.countHit(db, networkOf(address))) > limitPerMinute) throw tooMany(WINDOW_SECONDS);
    },
    /** Throws `too_many_requests` while an account is blocked by wrong passwords. */
    async assertAccountMay(email: string): Promise<void> {
      const waitSeconds = await repository.countTry(db, accountKey(email));
      if (waitSeconds > 0) throw tooMany(waitSeconds);
    },
    clearAccount: (email: string): Promise<void> => repository.forgetTries(db, accountKey(email)),
  };
}

export type LogInThrottle = ReturnType<typeof createLogInThrottle>;
