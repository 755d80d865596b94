import { createPublicKey, type KeyObject } from 'node:crypto';
import { CompactSign, calculateJwkThumbprint, compactVerify, exportJWK, type JWK } from 'jose';

/** Pizzas are eaten within a day. */
const SHELF_LIFE_S = 24 * 60 * 60;

export interface Pizza {
  vendor: { id: string; name: string };
  diner: unknown;
  order: unknown;
}

export interface Stamp {
  key: KeyObject;
  kid: string;
  issuer: string;
  issuedAtS: number;
}

export interface PizzaOven {
  jwks: { keys: JWK[] };
  /** What the oven would stamp on a pizza that is baked now. */
  stamp(): Stamp;
  bake(pizza: Pizza): Promise<string>;
  /** Answers the pizza inside, or null for anything this oven did not bake or that is past its time. */
  verify(jwt: unknown): Promise<Pizza | null>;
}

/** Answers the pizza as a JWS. The times and the issuer stand in the protected header, as the real factory puts them. */
export function signPizza(pizza: Pizza, { key, kid, issuer, issuedAtS }: Stamp): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(pizza)))
    .setProtectedHeader({ alg: 'RS256', kid, iat: issuedAtS, exp: issuedAtS + SHELF_LIFE_S, iss: issuer })
    .sign(key);
}

/** Answers an oven for the key; its `kid` is the key's RFC 7638 thumbprint, so it lives as long as the key. */
export async function createPizzaOven(signingKey: KeyObject, issuer: string): Promise<PizzaOven> {
  const publicKey = createPublicKey(signingKey);
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const stamp = (): Stamp => ({ key: signingKey, kid, issuer, issuedAtS: nowS() });

  return {
    jwks: { keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] },
    stamp,
    bake: (pizza) => signPizza(pizza, stamp()),
    async verify(jwt) {
      if (typeof jwt !== 'string') return null;
      try {
        const { payload, protectedHeader } = await compactVerify(jwt, publicKey, { algorithms: ['RS256'] });
        const isFresh = typeof protectedHeader.exp === 'number' && protectedHeader.exp > nowS();
        if (!isFresh || protectedHeader.iss !== issuer) return null;
        return JSON.parse(new TextDecoder().decode(payload)) as Pizza;
      } catch {
        return null;
      }
    },
  };
}

function nowS(): number {
  return Math.floor(Date.now() / 1000);
}
