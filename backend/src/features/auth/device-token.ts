import { createSecretKey, hkdfSync } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';

const ALGORITHM = 'HS256';
const AUDIENCE = 'jwt-pizza-device';
const KEY_BYTES = 32;
const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a browser or an address is known after the last log-in to an account. */
export const KNOWN_FOR_DAYS = 30;

export interface DeviceToken {
  token: string;
  expiresAt: Date;
}

/**
 * Signs and checks what a browser keeps to be known at its next log-in. It opens nothing: whoever has it still needs the
 * password. The first secret signs, any verifies; the keys are derived, so that none of them ever signs a session.
 */
export function createDeviceTokens(secrets: readonly string[]) {
  const keys = secrets.map((secret) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', AUDIENCE, KEY_BYTES))),
  );
  const [signingKey] = keys;
  if (!signingKey) throw new Error('device tokens need a secret');
  return {
    sign(device: { userId: number; id: string; now: Date }): DeviceToken {
      const issuedAt = Math.floor(device.now.getTime() / 1000);
      const expiresAt = new Date(issuedAt * 1000 + KNOWN_FOR_DAYS * DAY_MS);
      const claims = { iat: issuedAt, exp: expiresAt.getTime() / 1000 };
      const token = jsonwebtoken.sign(claims, signingKey, {
        algorithm: ALGORITHM,
        audience: AUDIENCE,
        jwtid: device.id,
        subject: String(device.userId),
      });
      return { token, expiresAt };
    },
    /** Answers the device's id when the token is ours, in time and this user's, else undefined. */
    verify(token: string | undefined, { userId, now }: { userId: number; now: Date }): string | undefined {
      if (token === undefined) return undefined;
      for (const key of keys) {
        try {
          const claims = jsonwebtoken.verify(token, key, {
            algorithms: [ALGORITHM],
            audience: AUDIENCE,
            subject: String(userId),
            clockTimestamp: Math.floor(now.getTime() / 1000),
          });
          return typeof claims === 'object' ? claims.jti : undefined;
        } catch {
          // Not of this key, or of nobody's: the next one tells.
        }
      }
      return undefined;
    },
  };
}

export type DeviceTokens = ReturnType<typeof createDeviceTokens>;
