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

/** Signs and checks our own tokens (S15). A pizza, another key, another algorithm or `none` is refused. */
export function createSessionTokens(secret: string) {
  // A KeyObject is verified about seven times faster than a text, which is tried as a public key first.
  const key: KeyObject = createSecretKey(Buffer.from(secret));
  return {
    sign(session: { id: string; userId: number; now: Date; expiresAt: Date }): SessionToken {
      const { expiresAt } = session;
      const claims = {
        iat: Math.floor(session.now.getTime() / 1000),
        exp: Math.floor(expiresAt.getTime() / 1000),
      };
      const token = jsonwebtoken.sign(claims, key, {
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
      try {
        const claims = jsonwebtoken.verify(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          clockTimestamp: Math.floor(now.getTime() / 1000),
        });
        const id = typeof claims === 'object' ? claims.jti : undefined;
        return id !== undefined && UUID.test(id) ? id : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

export type SessionTokens = ReturnType<typeof createSessionTokens>;
