import { createSecretKey, type KeyObject } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';

const ALGORITHM = 'HS256';
const ISSUER = 'jwt-pizza';
const AUDIENCE = 'jwt-pizza-api';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface SessionToken {
  token: string;
  expiresAt: Date;
}

/** What a token says, if it was signed with this key. */
function readClaims(token: string, { key, now }: { key: KeyObject; now: Date }) {
  try {
    const claims = jsonwebtoken.verify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      clockTimestamp: Math.floor(now.getTime() / 1000),
    });
    return typeof claims === 'object' ? claims : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Signs our own tokens with the newest secret and checks them with all (S15, S46). A pizza, another key, another
 * algorithm or `none` is refused.
 */
export function createSessionTokens(secrets: readonly string[]) {
  // A KeyObject is verified about seven times faster than a text, which is tried as a public key first.
  const keys: KeyObject[] = secrets.map((secret) => createSecretKey(Buffer.from(secret)));
  const [newest] = keys;
  if (!newest) throw new Error('the settings name no session secret');
  return {
    sign(session: { id: string; userId: number; now: Date; expiresAt: Date }): SessionToken {
      const { expiresAt } = session;
      const claims = {
        iat: Math.floor(session.now.getTime() / 1000),
        exp: Math.floor(expiresAt.getTime() / 1000),
      };
      const token = jsonwebtoken.sign(claims, newest, {
        algorithm: ALGORITHM,
        issuer: ISSUER,
        audience: AUDIENCE,
        jwtid: session.id,
        subject: String(session.userId),
      });
      return { token, expiresAt };
    },
    /** Answers the session id of a token that is ours and in time, else undefined. */
    verify(token: string, now: Date): string | undefined {
      for (const key of keys) {
        const id = readClaims(token, { key, now })?.jti;
        if (id !== undefined) return UUID.test(id) ? id : undefined;
      }
      return undefined;
    },
  };
}

export type SessionTokens = ReturnType<typeof createSessionTokens>;
