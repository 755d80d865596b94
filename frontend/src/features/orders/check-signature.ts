import type { PizzaKey } from '#contract/pizza-keys.ts';
import { bytesOf, decodePizza } from './decode-pizza.ts';

// Clocks differ; the service allows as much.
const CLOCK_TOLERANCE_SECONDS = 60;
const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

/** What the browser found out by itself, and with which key. */
export type SignatureCheck =
  | { verdict: 'genuine'; keyId: string }
  /** Signed by the factory, but its time is over or has not come. */
  | { verdict: 'stale'; keyId: string }
  | { verdict: 'forged'; because: 'signature' | 'key' | 'form' }
  | { verdict: 'unknown'; because: 'connection' | 'keys' | 'cryptography' };

function isInTime(header: Record<string, unknown>, seconds: number): boolean {
  const { iat, exp } = header;
  if (typeof iat !== 'number' || typeof exp !== 'number') return false;
  return iat <= seconds + CLOCK_TOLERANCE_SECONDS && exp >= seconds - CLOCK_TOLERANCE_SECONDS;
}

/** Whether this key signed these bytes; a key that is none signed nothing. */
async function isSignedBy(key: PizzaKey, signed: BufferSource, signature: BufferSource): Promise<boolean> {
  const jwk = { kty: key.kty, n: key.n, e: key.e };
  const imported = await crypto.subtle.importKey('jwk', jwk, RS256, false, ['verify']).catch(() => undefined);
  return imported !== undefined && crypto.subtle.verify(RS256, imported, signature, signed);
}

/**
 * Checks a pizza with the browser's own cryptography: algorithm, signature, times. The keys are the factories', told
 * by our service; the pizza itself is never asked which key to trust, only which of those to try.
 */
export async function checkSignature(
  jwt: string,
  keys: readonly PizzaKey[],
  now: Date,
): Promise<SignatureCheck> {
  const decoded = decodePizza(jwt);
  const signature = decoded && bytesOf(decoded.parts.signature);
  if (!decoded || !signature || decoded.header.alg !== 'RS256') return { verdict: 'forged', because: 'form' };
  // Browsers have no cryptography for pages that came neither over https nor from this very machine.
  if (!globalThis.crypto?.subtle) return { verdict: 'unknown', because: 'cryptography' };
  if (keys.length === 0) return { verdict: 'unknown', because: 'keys' };
  const { kid } = decoded.header;
  const candidates = keys.filter((key) => kid === undefined || key.kid === undefined || key.kid === kid);
  if (candidates.length === 0) return { verdict: 'forged', because: 'key' };
  const signed = new TextEncoder().encode(`${decoded.parts.header}.${decoded.parts.payload}`);
  for (const key of candidates) {
    if (!(await isSignedBy(key, signed, signature))) continue;
    const isValidNow = isInTime(decoded.header, now.getTime() / 1000);
    // A key without a name is told by the beginning of its modulus.
    return { verdict: isValidNow ? 'genuine' : 'stale', keyId: key.kid ?? key.n.slice(0, 8) };
  }
  return { verdict: 'forged', because: 'signature' };
}
