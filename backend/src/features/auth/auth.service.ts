import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/pool.ts';
import { invalidInput, Refusal } from '../../errors.ts';
import type { SessionUser } from '../../http/authenticate.ts';
import type { UserRecord } from '../users/users.repository.ts';
import type { Users } from '../users/users.service.ts';
import type { Passwords } from './passwords.ts';
import type { SessionToken, SessionTokens } from './session-token.ts';
import * as sessions from './sessions.repository.ts';

interface AuthParts {
  db: Database;
  users: Users;
  passwords: Passwords;
  tokens: SessionTokens;
  passwordMinLength: number;
  clock: Clock;
}

export interface OpenedSession extends SessionToken {
  user: UserRecord;
}

export function createAuth({ db, users, passwords, tokens, passwordMinLength, clock }: AuthParts) {
  async function openSession(user: UserRecord): Promise<OpenedSession> {
    const now = clock();
    const id = randomUUID();
    const signed = tokens.sign({ id, userId: user.id, now });
    await sessions.insertSession(db, { id, userId: user.id, expiresAt: signed.expiresAt });
    return { user, ...signed };
  }

  return {
    /** Creates a diner and logs them in. Throws `invalid_input` for a short password, `email_taken`, `unavailable`. */
    async register(account: { name: string; email: string; password: string }): Promise<OpenedSession> {
      if ([...account.password].length < passwordMinLength) {
        throw invalidInput([
          { path: 'password', message: `must have at least ${passwordMinLength} characters` },
        ]);
      }
      const passwordHash = await passwords.hash(account.password);
      const { name, email } = account;
      return openSession(await users.createUser({ name, email, passwordHash, roles: [{ role: 'diner' }] }));
    },

    /** Throws `unknown_user` for an unknown address and for a wrong password alike, after the same work. */
    async logIn(credentials: { email: string; password: string }): Promise<OpenedSession> {
      const known = await users.findCredentials(credentials.email);
      const isMatch = await passwords.matches(credentials.password, known?.passwordHash);
      const user = known && isMatch ? await users.findUser(known.id) : undefined;
      if (!known || !user) throw new Refusal('unknown_user', { message: 'unknown user' });
      if (passwords.needsRehash(known.passwordHash)) {
        await users.changePasswordHash(known.id, await passwords.hash(credentials.password));
      }
      return openSession(user);
    },

    logOut: (sessionId: string): Promise<void> => sessions.deleteSession(db, sessionId),

    /** Answers who a token stands for right now: a session that was ended, or whose user is gone, is nobody's. */
    async findSession(token: string): Promise<SessionUser | undefined> {
      const sessionId = tokens.verify(token);
      if (sessionId === undefined) return undefined;
      const live = await sessions.findLiveSession(db, sessionId, clock());
      return live && { id: live.userId, name: live.name, email: live.email, roles: live.roles, sessionId };
    },

    /** Housekeeping: forgets sessions that have run out. */
    forgetExpiredSessions: (): Promise<void> => sessions.deleteExpiredSessions(db, clock()),
  };
}

export type Auth = ReturnType<typeof createAuth>;
