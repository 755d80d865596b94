import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/pool.ts';
import type { Queryable } from '../../database/transaction.ts';
import { Refusal } from '../../errors.ts';
import type { Client } from '../../http/client.ts';
import type { DeviceToken, DeviceTokens } from './device-token.ts';
import * as places from './log-in-places.repository.ts';
import { networkOf } from './network-address.ts';
import * as repository from './throttle.repository.ts';

const WINDOW_SECONDS = 60;
// What a proxy wrote need not be an address; as one, of any length, it would not fit its column.
const NO_ADDRESS = 'unknown';
// No user has it, so nobody is known to an account that is not there.
const NOBODY = 0;

/** Five tries are free, then each one more doubles the wait from 1 s to 15 minutes. A day later all is forgotten. */
const OF_ONE_PLACE = {
  forgetAfterSeconds: 24 * 60 * 60,
  blockSeconds: (tries: number): number => (tries < 5 ? 0 : Math.min(15 * 60, 2 ** (tries - 5))),
};
/** Forgotten after a quarter of an hour without a counted try, so no quarter of an hour ever has more than 30. */
const OF_STRANGERS = {
  forgetAfterSeconds: 15 * 60,
  blockSeconds: (tries: number): number => (tries < 30 ? 0 : 15 * 60),
};

/** Somebody who wants to show that they know an account's password. */
export interface LogInTry {
  email: string;
  /** Undefined where nobody has this address. */
  userId: number | undefined;
  client: Client;
}

export interface CountedTry {
  /** After a right password. */
  clear: () => Promise<void>;
}

/** Written as JSON, so that no text a client makes up reads like two. */
function hashOf(
  what: 'address' | 'browser' | 'network' | 'strangers',
  ...parts: (string | number)[]
): string {
  return createHash('sha256')
    .update(JSON.stringify([what, ...parts]))
    .digest('hex');
}

function tooMany(retryAfterSeconds: number): Refusal {
  return new Refusal('too_many_requests', { message: 'too many tries, wait a little', retryAfterSeconds });
}

interface ThrottleDeps {
  db: Database;
  devices: DeviceTokens;
  clock: Clock;
  /** Of an address; 0 is no limit. */
  limitPerMinute: number;
}

/** Limits of log-in and registration, counted before any hashing and shared by all nodes (S12). */
export function createLogInThrottle({ db, devices, clock, limitPerMinute }: ThrottleDeps) {
  const placeOfDevice = (userId: number, deviceId: string): string => hashOf('browser', userId, deviceId);
  const placeOfNetwork = (userId: number, network: string): string => hashOf('network', userId, network);

  /** Whom a try is counted for: a browser that is known, else an address, and all strangers together. */
  async function findBudgets({ email, userId = NOBODY, client }: LogInTry): Promise<repository.Budget[]> {
    const account = email.normalize('NFC').toLowerCase();
    const network = networkOf(client.address) ?? NO_ADDRESS;
    const deviceId = devices.verify(client.deviceToken, { userId, now: clock() });
    const browser = deviceId && placeOfDevice(userId, deviceId);
    const home = placeOfNetwork(userId, network);
    const known = await places.findKnownPlaces(db, userId, browser ? [browser, home] : [home]);
    if (browser && known.has(browser)) return [{ ...OF_ONE_PLACE, key: hashOf('browser', account, browser) }];
    const ofAddress = { ...OF_ONE_PLACE, key: hashOf('address', account, network) };
    return known.has(home)
      ? [ofAddress]
      : [ofAddress, { ...OF_STRANGERS, key: hashOf('strangers', account) }];
  }

  return {
    /** Throws `too_many_requests` for an address that comes too often. */
    async assertAddressMay(address: string): Promise<void> {
      if (limitPerMinute === 0) return;
      const hits = await repository.countHit(db, networkOf(address) ?? NO_ADDRESS);
      if (hits > limitPerMinute) throw tooMany(WINDOW_SECONDS);
    },

    /**
     * Counts a try at an account. Throws `too_many_requests` while one of its budgets is used up, and counts nothing
     * then: who waits is not made to wait longer by others, nor others by them.
     */
    async countTry(logInTry: LogInTry): Promise<CountedTry> {
      const budgets = await findBudgets(logInTry);
      const waitSeconds = await repository.countTry(db, budgets);
      if (waitSeconds > 0) throw tooMany(waitSeconds);
      const [own] = budgets;
      return { clear: async () => own && (await repository.forgetTries(db, own.key)) };
    },

    /** Somebody has shown who they are: from here, and with this browser, they are no stranger to their account. */
    async rememberPlace(queryable: Queryable, userId: number, client: Client): Promise<DeviceToken> {
      const now = clock();
      const id = devices.verify(client.deviceToken, { userId, now }) ?? randomUUID();
      const network = networkOf(client.address);
      await places.insertPlaces(queryable, userId, [
        placeOfDevice(userId, id),
        ...(network === undefined ? [] : [placeOfNetwork(userId, network)]),
      ]);
      return devices.sign({ userId, id, now });
    },

    /** As part of a larger transaction: whoever knew an older password is a stranger from now on. */
    forgetPlaces: (transaction: Queryable, userId: number): Promise<void> =>
      places.deletePlacesOfUser(transaction, userId),
  };
}

export type LogInThrottle = ReturnType<typeof createLogInThrottle>;
