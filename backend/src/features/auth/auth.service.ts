import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Queryable } from '../../database/transaction.ts';
import { notFound, Refusal, unauthorized } from '../../errors.ts';
import type { SessionUser } from '../../http/authenticate.ts';
import type { Client } from '../../http/client.ts';
import type { Logger } from '../../observability/logger.ts';
import { createRareWarning } from '../../observability/rare-warning.ts';
import type { UserRecord } from '../users/users.repository.ts';
import type { Users } from '../users/users.service.ts';
import type { AuthMetrics } from './auth.metrics.ts';
import type { DeviceToken } from './device-token.ts';
import type { CountedTry, LogInThrottle, LogInTry } from './log-in-throttle.ts';
import { plainAddress } from './network-address.ts';
import type { PasswordPolicy } from './password-policy.ts';
import type { Passwords } from './passwords.ts';
import { bearerEndOf, idleEndOf, lastEndOf, recentUseSince } from './session-lifetime.ts';
import type { SessionToken, SessionTokens } from './session-token.ts';
import * as sessions from './sessions.repository.ts';

interface AuthDeps {
  db: Database;
  users: Users;
  passwords: Passwords;
  assertAcceptable: PasswordPolicy;
  throttle: LogInThrottle;
  tokens: SessionTokens;
  metrics: AuthMetrics;
  log: Logger;
  clock: Clock;
}

interface Credentials {
  email: string;
  password: string;
}

interface NewAccount extends Credentials {
  name: string;
}

/** One session as its two kinds of clients hold it. */
export interface HeldSession {
  /** For API clients; short-lived. */
  bearer: SessionToken;
  /** For the cookie, which lasts as long as the session may. */
  browser: SessionToken;
}

export interface OpenedSession extends HeldSession {
  user: UserRecord;
  device: DeviceToken;
}

const LONGEST_USER_AGENT = 255;

const unknownUser = (): Refusal => new Refusal('unknown_user', { message: 'unknown user' });

export function createAuth(parts: AuthDeps) {
  const { db, users, passwords, assertAcceptable, throttle, tokens, metrics, clock } = parts;
  const warnOfLostUse = createRareWarning(parts.log, 'the last use of a session is not kept');

  function signFor(session: { id: string; userId: number; openedAt: Date; now: Date }): HeldSession {
    return {
      bearer: tokens.sign({ ...session, expiresAt: bearerEndOf(session) }),
      browser: tokens.sign({ ...session, expiresAt: lastEndOf(session.openedAt) }),
    };
  }

  const describeUse = ({ address, userAgent }: Client) => ({
    address: plainAddress(address),
    userAgent: userAgent?.slice(0, LONGEST_USER_AGENT),
  });

  async function openSession(
    transaction: Queryable,
    user: UserRecord,
    client: Client,
  ): Promise<OpenedSession> {
    const [id, now] = [randomUUID(), clock()];
    const expiresAt = idleEndOf({ openedAt: now, now });
    await sessions.insertSession(transaction, { id, userId: user.id, expiresAt, ...describeUse(client) });
    const device = await throttle.rememberPlace(transaction, user.id, client);
    return { user, device, ...signFor({ id, userId: user.id, openedAt: now, now }) };
  }

  /** A session is there to be used, also while the database takes no writes. */
  async function keepUse(
    session: { id: string; openedAt: Date; lastUsedAt: Date },
    client: Client,
  ): Promise<void> {
    const now = clock();
    const unlessUsedSince = recentUseSince(now);
    if (session.lastUsedAt > unlessUsedSince) return;
    const expiresAt = idleEndOf({ openedAt: session.openedAt, now });
    const use = { id: session.id, now, unlessUsedSince, expiresAt, ...describeUse(client) };
    await sessions.updateSessionUse(db, use).catch((error: unknown) => warnOfLostUse(String(error)));
  }

  async function register({ name, email, password }: NewAccount, client: Client): Promise<OpenedSession> {
    await throttle.assertAddressMay(client.address);
    assertAcceptable(password);
    const passwordHash = await passwords.hash(password);
    const user = await users.createUser({ name, email, passwordHash, roles: [{ role: 'diner' }] });
    return openSession(db, user, client);
  }

  async function logIn({ email, password }: Credentials, client: Client): Promise<OpenedSession> {
    await throttle.assertAddressMay(client.address);
    const known = await users.findCredentials(email);
    const counted = await throttle.countTry({ email, userId: known?.id, client });
    const { isMatch, isOutdated } = await passwords.check(password, known?.passwordHash);
    const user = known && isMatch ? await users.findUser(known.id) : undefined;
    if (!known || !user) throw unknownUser();
    await counted.clear();
    const betterHash = isOutdated ? await passwords.hash(password) : undefined;
    return inTransaction(db, async (transaction) => {
      // Whoever changed the password meanwhile has ended all sessions there were, and shall have ended this one.
      if (!(await users.holdCredentials(transaction, known))) throw unknownUser();
      if (betterHash) await users.changePasswordHash(transaction, known.id, betterHash);
      return openSession(transaction, user, client);
    });
  }

  return {
    /**
     * Creates a diner and logs them in. Throws `too_many_requests`, `invalid_input` for a poor password,
     * `email_taken`, `unavailable`.
     */
    register: (account: NewAccount, client: Client): Promise<OpenedSession> =>
      metrics.count('register', register(account, client)),

    /**
     * Throws `unknown_user` for an unknown address and for a wrong password alike, after the same work, and
     * `too_many_requests` before it.
     */
    logIn: (credentials: Credentials, client: Client): Promise<OpenedSession> =>
      metrics.count('log_in', logIn(credentials, client)),

    /** Where somebody is logged in (S47). */
    listSessions: (userId: number): Promise<sessions.SessionRecord[]> =>
      sessions.findSessionsOfUser(db, { userId, now: clock() }),
    /** Throws `not_found`, also for the session of another. */
    async endSession(session: { id: string; userId: number }): Promise<void> {
      if (!(await sessions.deleteSessionOfUser(db, session))) throw notFound('session');
    },
    endOtherSessions: ({ id, userId }: { id: string; userId: number }): Promise<void> =>
      sessions.deleteSessionsOfUser(db, userId, id),

    logOut: (sessionId: string): Promise<void> => sessions.deleteSession(db, sessionId),

    /** Answers who a token stands for right now: a session that was ended, or whose user is gone, is nobody's. */
    async findSession(token: string, client: Client): Promise<SessionUser | undefined> {
      const id = tokens.verify(token, clock());
      if (id === undefined) return undefined;
      const live = await sessions.findLiveSession(db, id, clock());
      if (!live) return undefined;
      const { userId, name, email, roles, ...moments } = live;
      await keepUse({ id, ...moments }, client);
      return { id: userId, name, email, roles, sessionId: id };
    },

    /** Counts a try at an account's password before it is looked at; throws `too_many_requests` while it is blocked. */
    countTry: (logInTry: LogInTry): Promise<CountedTry> => throttle.countTry(logInTry),
    rememberPlace: (userId: number, client: Client): Promise<DeviceToken> =>
      throttle.rememberPlace(db, userId, client),

    passwordMatches: (password: string, passwordHash: string | undefined): Promise<boolean> =>
      passwords.matches(password, passwordHash),

    /** Throws `invalid_input` for a poor password, `unavailable` when too many hashes wait. */
    async hashNewPassword(password: string): Promise<string> {
      assertAcceptable(password);
      return passwords.hash(password);
    },

    /**
     * Ends a user's sessions as part of a larger transaction, all of them or all but one, and forgets from where they
     * logged in: whoever did so with a password of before is a stranger.
     */
    async endSessions(transaction: Queryable, userId: number, exceptId?: string): Promise<void> {
      await sessions.deleteSessionsOfUser(transaction, userId, exceptId);
      await throttle.forgetPlaces(transaction, userId);
    },

    isFreshlyLoggedIn: (sessionId: string): Promise<boolean> => sessions.isYoung(db, sessionId),

    /** Tokens for a session that goes on. Throws `unauthorized` when it is over. */
    async reissue(id: string, userId: number): Promise<HeldSession> {
      const openedAt = await sessions.findOpenedAt(db, id);
      if (!openedAt) throw unauthorized();
      return signFor({ id, userId, openedAt, now: clock() });
    },
  };
}

export type Auth = ReturnType<typeof createAuth>;
