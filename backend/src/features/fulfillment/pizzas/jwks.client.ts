import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { PizzaKey } from '#contract/pizza-keys.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;
const FRESH_MS = 10 * 60 * 1000;
// A pizza with an unknown key id may be signed by a new key; a flood of such pizzas must not become a flood of calls.
const COOL_DOWN_MS = 10_000;

const jwksSchema = z.object({
  keys: z
    .array(z.looseObject({ kty: z.string() }))
    .min(1)
    .max(50),
});

// Named one by one: whatever else a factory puts beside its keys does not go on to others.
const publicKeySchema = z.object({
  kty: z.literal('RSA'),
  n: z.string(),
  e: z.string(),
  kid: z.string().optional(),
  alg: z.string().optional(),
  use: z.string().optional(),
});

interface KeySet {
  keys: JWTVerifyGetKey;
  publicKeys: PizzaKey[];
  fetchedAt: number;
}

export type FactoryKeys = ReturnType<typeof createFactoryKeys>;

/** A factory's public keys: cached, and the last good ones kept for as long as it cannot answer (S33). */
export function createFactoryKeys(url: string) {
  const agent = new Agent({
    connect: { timeout: TIMEOUT_MS },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    maxResponseSize: MAX_BYTES,
  });
  let lastGood: KeySet | undefined;
  let lastTryAt = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;

  async function fetchKeys(): Promise<void> {
    lastTryAt = performance.now();
    try {
      const response = await request(url, { dispatcher: agent, headers: { accept: 'application/json' } });
      const body = await response.body.text();
      if (response.statusCode !== 200) return;
      const parsed = jwksSchema.safeParse(JSON.parse(body));
      if (!parsed.success) return;
      const found = parsed.data.keys.map((key) => publicKeySchema.safeParse(key));
      lastGood = {
        keys: createLocalJWKSet(parsed.data as JSONWebKeySet),
        publicKeys: found.flatMap(({ data }) => data ?? []),
        fetchedAt: performance.now(),
      };
    } catch {
      // The keys we have stay good; whoever needs others finds out by asking for them.
    }
  }

  /** Asks again unless it was asked a moment ago; callers at the same time share one call. */
  async function refresh(): Promise<void> {
    if (pending === undefined && performance.now() - lastTryAt < COOL_DOWN_MS && lastGood) return;
    pending ??= fetchKeys().finally(() => {
      pending = undefined;
    });
    await pending;
  }

  async function readFresh(): Promise<KeySet | undefined> {
    const isFresh = lastGood !== undefined && performance.now() - lastGood.fetchedAt < FRESH_MS;
    if (!isFresh) await refresh();
    return lastGood;
  }

  return {
    refresh,
    /** Answers the keys, fetched when there are none or they are old; undefined when there never were any. */
    current: async (): Promise<JWTVerifyGetKey | undefined> => (await readFresh())?.keys,
    /** The same keys for others to verify with; none when there never were any. */
    publicKeys: async (): Promise<PizzaKey[]> => (await readFresh())?.publicKeys ?? [],
    close: (): Promise<void> => agent.destroy(),
  };
}
