import { type CompactVerifyResult, compactVerify, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { FactoryKeys } from './jwks.client.ts';
import { holdsSecret } from './secret-traces.ts';

// The database's clock and the factory's need not agree: a pizza may be as new as this to us.
const FUTURE_TOLERANCE_SECONDS = 5 * 60;
const EXPIRY_TOLERANCE_SECONDS = 60;
const MAX_PIZZA_CHARACTERS = 32_768;

export type SignatureVerdict =
  | 'valid'
  | 'no_keys'
  | 'not_a_jws'
  | 'bad_signature'
  | 'expired'
  | 'wrong_issuer'
  | 'wrong_order'
  | 'holds_secret';

interface CheckedPizza {
  verdict: SignatureVerdict;
  payload?: Record<string, unknown>;
}

// The factory puts the times and the issuer into the protected header, not into the payload.
const headerSchema = z.object({ iat: z.int(), exp: z.int(), iss: z.string() });
const payloadSchema = z.looseObject({
  diner: z.looseObject({ id: z.unknown() }),
  order: z.looseObject({ id: z.unknown() }),
});

export interface PizzaMaker {
  origin: string;
  issuer: string | undefined;
  keys: FactoryKeys;
  /** Our keys at the factories: what a pizza must not hand on to its diner. */
  secrets: readonly string[];
}

/** A maker signs as the configured issuer, else as its own host or a domain that host is part of. */
function isIssuerOf(issuer: string, maker: PizzaMaker): boolean {
  if (maker.issuer !== undefined) return issuer === maker.issuer;
  const host = new URL(maker.origin).hostname;
  return issuer === host || (issuer.includes('.') && host.endsWith(`.${issuer}`));
}

async function verifySignature(
  jwt: string,
  keys: JWTVerifyGetKey,
): Promise<CompactVerifyResult | 'unknown_key' | 'bad_signature' | 'not_a_jws'> {
  try {
    return await compactVerify(jwt, keys, { algorithms: ['RS256'] });
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return 'unknown_key';
    if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad_signature';
    return 'not_a_jws';
  }
}

/**
 * Checks a pizza against its maker's keys, header times and issuer. It is hostile input until the verdict is `valid`
 * (S33); the payload comes only with that verdict.
 */
export async function checkPizza(jwt: string, maker: PizzaMaker, now: Date): Promise<CheckedPizza> {
  if (jwt.length > MAX_PIZZA_CHARACTERS || jwt.split('.').length !== 3) return { verdict: 'not_a_jws' };
  const keys = await maker.keys.current();
  if (!keys) return { verdict: 'no_keys' };
  let verified = await verifySignature(jwt, keys);
  if (verified === 'unknown_key') {
    await maker.keys.refresh();
    verified = await verifySignature(jwt, (await maker.keys.current()) ?? keys);
  }
  if (verified === 'unknown_key') return { verdict: 'bad_signature' };
  if (typeof verified === 'string') return { verdict: verified };

  const header = headerSchema.safeParse(verified.protectedHeader);
  if (!header.success) return { verdict: 'not_a_jws' };
  const seconds = now.getTime() / 1000;
  if (
    header.data.exp < seconds - EXPIRY_TOLERANCE_SECONDS ||
    header.data.iat > seconds + FUTURE_TOLERANCE_SECONDS
  ) {
    return { verdict: 'expired' };
  }
  if (!isIssuerOf(header.data.iss, maker)) return { verdict: 'wrong_issuer' };
  return readPayload(verified.payload);
}

function readPayload(bytes: Uint8Array): CheckedPizza {
  try {
    const payload = payloadSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return payload.success ? { verdict: 'valid', payload: payload.data } : { verdict: 'not_a_jws' };
  } catch {
    return { verdict: 'not_a_jws' };
  }
}

/** As above, and the pizza must be the one that was ordered. */
export async function checkOrderedPizza(
  jwt: string,
  options: { maker: PizzaMaker; now: Date; orderId: number; dinerId: number },
): Promise<SignatureVerdict> {
  const { verdict, payload } = await checkPizza(jwt, options.maker, options.now);
  if (verdict !== 'valid') return verdict;
  const { diner, order } = payloadSchema.parse(payload);
  const isOurs = String(order.id) === String(options.orderId) && String(diner.id) === String(options.dinerId);
  if (!isOurs) return 'wrong_order';
  return holdsSecret(JSON.stringify(payload), options.maker.secrets) ? 'holds_secret' : 'valid';
}
