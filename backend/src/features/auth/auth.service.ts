import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/pool.ts';
import type { Queryable } from '../../database/transaction.ts';
import { Refusal, unauthorized } from '../../errors.ts';
import type { SessionUser } from '../../http/authenticate.ts';
import type { UserRecord } from '../users/users.repository.ts';
import type { Users } from '../users/users.service.ts';
import type { AuthMetrics } from './auth.metrics.ts';
import type { LogInThrottle } from './log-in-throttle.ts';
import type { PasswordPolicy } from './password-policy.ts';
import type { Passwords } from './passwords.ts';
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
  clock: Clock;
}

interface NewAccount {
  name: string;
  email: string;
  password: string;
  address: string;
}

interface Credentials {
  email: string;
  password: string;
  address: string;
}

export interface OpenedSession extends SessionToken {
  user: UserRecord;
}

export function createAuth(parts: AuthDeps) {
  const { db, users, passwords, assertAcceptable, throttle, tokens, metrics, clock } = parts;

  async function openSession(user: UserRecord): Promise<OpenedSession> {
    const id = randomUUID();
    const signed = tokens.sign({ id, userId: user.id, now: clock() });
    await sessions.insertSession(db, { id, userId: user.id, expiresAt: signed.expiresAt });
    return { user, ...signed };
  }

  async function register({ name, email, password, address }: NewAccount): Promise<OpenedSession> {
    await throttle.assertAddressMay(address);
    assertAcceptable(password);
    const passwordHash = await passwords.hash(password);
    return openSession(await users.createUser({ name, email, passwordHash, roles: [{ role: 'diner' }] }));
  }

  async function logIn({ email, password, address }: Credentials): Promise<OpenedSession> {
    await throttle.assertAddressMay(address);
    await throttle.assertAccountMay(email);
    const known = await users.findCredentials(email);
    const { isMatch, isOutdated } = await passwords.check(password, known?.passwordHash);
    const user = known && isMatch ? await users.findUser(known.id) : undefined;
    if (!known || !user) throw new Refusal('unknown_user', { message: 'unknown user' });
    await throttle.clearAccount(email);
    if (isOutdated) {
      const to = await passwords.hash(password);
      await users.replacePasswordHash({ userId: known.id, from: known.passwordHash, to });
    }
    return openSession(user);
  }

  return {
    /**
     * Creates a diner and logs them in. Throws `too_many_requests`, `invalid_input` for a poor password,
     * `email_taken`, `unavailable`.
     */
    register: (account: NewAccount): Promise<OpenedSession> => metrics.count('register', register(account)),

    /**
     * Throws `unknown_user` for an unknown address and for a wrong password alike, after the same work, and
     * `too_many_requests` before it.
     */
    logIn: (credentials: Credentials): Promise<OpenedSession> => metrics.count('log_in', logIn(credentials)),

    logOut: (sessionId: string): Promise<void> => sessions.deleteSession(db, sessionId),

    /** Answers who a token stands for right now: a session that was ended, or whose user is gone, is nobody's. */
    async findSession(token: string): Promise<SessionUser | undefined> {
      const sessionId = tokens.verify(token, clock());
      if (sessionId === undefined) return undefined;
      const live = await sessions.findLiveSession(db, sessionId, clock());
      return live && { id: live.userId, name: live.name, email: live.email, roles: live.roles, sessionId };
    },

    /** Counts a try at an account's password before it is looked at; throws `too_many_requests` while it is blocked. */
    countTry: (email: string): Promise<void> => throttle.assertAccountMay(email),
    clearTries: (email: string): Promise<void> => throttle.clearAccount(email),

    passwordMatches: (password: string, passwordHash: string | undefined): Promise<boolean> =>
      passwords.matches(password, passwordHash),

    /** Throws `invalid_input` for a poor password, `unavailable` when too many hashes wait. */
    async hashNewPassword(password: string): Promise<string> {
      assertAcceptable(password);
      return passwords.hash(password);
    },

    /** Ends a user's sessions as part of a larger transaction, all of them or all but one. */
    endSessions: (transaction: Queryable, userId: number, exceptId?: string): Promise<void> =>
      sessions.deleteSessionsOfUser(transaction, userId, exceptId),

    isFreshlyLoggedIn: (sessionId: string): Promise<boolean> => sessions.isYoung(db, sessionId),

    /** A token for a session that goes on, ending when that session ends. Throws `unauthorized` when it is over. */
    async reissue(sessionId: string, userId: number): Promise<SessionToken> {
      const expiresAt = await sessions.findExpiry(db, sessionId);
      if (!expiresAt) throw unauthorized();
      return tokens.sign({ id: sessionId, userId, now: clock(), expiresAt });
    },
  };
}

export type Auth = ReturnType<typeof createAuth>;
