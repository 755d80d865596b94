import { createPublicKey } from 'node:crypto';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { PizzaKey } from '#contract/pizza-keys.ts';
import { holdsSecret } from './secret-traces.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;
const FRESH_MS = 10 * 60 * 1000;
// A pizza with an unknown key id may be signed by a new key; a flood of such pizzas must not become a flood of calls.
const COOL_DOWN_MS = 10_000;
// RS256 is not verified with less.
const LEAST_KEY_BITS = 2_048;

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

/** Where all nodes keep the keys that one of them fetched last. */
interface KeyStore {
  read(): Promise<string | undefined>;
  write(jwks: string): Promise<void>;
}

interface FactoryKeysOptions {
  url: string;
  store: KeyStore;
  /** Our keys at the factories: a key that holds one of them is not stored. */
  secrets: readonly string[];
}

export type FactoryKeys = ReturnType<typeof createFactoryKeys>;

function parseKeySet(text: string): { jwks: JSONWebKeySet; publicKeys: PizzaKey[] } | undefined {
  try {
    const parsed = jwksSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return undefined;
    const found = parsed.data.keys.map((key) => publicKeySchema.safeParse(key));
    return { jwks: parsed.data as JSONWebKeySet, publicKeys: found.flatMap(({ data }) => data ?? []) };
  } catch {
    return undefined;
  }
}

/** Whether a pizza can be verified with it: what was stored is input like any other. */
function isUsable(key: PizzaKey): boolean {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: { ...key }, format: 'jwk' });
    return (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_KEY_BITS;
  } catch {
    return false;
  }
}

/**
 * A factory's public keys: cached, and the last good ones kept for as long as it cannot answer (S33). Every good set is
 * stored, and a node that cannot fetch any takes the stored one; neither is waited for where it is not needed, so a
 * database that is away changes nothing for a node that has keys.
 */
export function createFactoryKeys({ url, store, secrets }: FactoryKeysOptions) {
  const agent = new Agent({
    connect: { timeout: TIMEOUT_MS },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    maxResponseSize: MAX_BYTES,
  });
  let lastGood: KeySet | undefined;
  // What is stored is then at least as new as what this node has.
  let isStored = true;
  let lastTryAt = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;
  let storing: Promise<void> = Promise.resolve();

  async function fetchText(): Promise<string | undefined> {
    try {
      const response = await request(url, { dispatcher: agent, headers: { accept: 'application/json' } });
      const body = await response.body.text();
      return response.statusCode === 200 ? body : undefined;
    } catch {
      // The keys we have stay good; whoever needs others finds out by asking for them.
      return undefined;
    }
  }

  async function keep(set: KeySet): Promise<void> {
    const keys = set.publicKeys.filter((key) => !holdsSecret(JSON.stringify(key), secrets));
    if (keys.length === 0) return;
    try {
      await store.write(JSON.stringify({ keys }));
      if (lastGood === set) isStored = true;
    } catch {
      // The database is away: the next fetch stores them.
    }
  }

  async function readStored(): Promise<KeySet | undefined> {
    const text = await store.read().catch(() => undefined);
    const publicKeys = (text === undefined ? [] : (parseKeySet(text)?.publicKeys ?? [])).filter(isUsable);
    if (publicKeys.length === 0) return undefined;
    // Of any age: it is asked for newer ones as soon as that may be.
    const keys = createLocalJWKSet({ keys: publicKeys } as JSONWebKeySet);
    return { keys, publicKeys, fetchedAt: Number.NEGATIVE_INFINITY };
  }

  async function fetchKeys(): Promise<void> {
    lastTryAt = performance.now();
    const text = await fetchText();
    const parsed = text === undefined ? undefined : parseKeySet(text);
    if (!parsed) {
      if (isStored) lastGood = (await readStored()) ?? lastGood;
      return;
    }
    const { jwks, publicKeys } = parsed;
    const set = { keys: createLocalJWKSet(jwks), publicKeys, fetchedAt: performance.now() };
    lastGood = set;
    isStored = false;
    storing = storing.then(() => keep(set));
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
    if (lastGood === undefined) await refresh();
    // Not waited for: a pizza that the old keys fit is good, and one that they do not fit asks again.
    else if (performance.now() - lastGood.fetchedAt >= FRESH_MS) void refresh();
    return lastGood;
  }

  return {
    refresh,
    /** Answers the keys, waiting for them only when there are none; undefined when they can be had nowhere. */
    current: async (): Promise<JWTVerifyGetKey | undefined> => (await readFresh())?.keys,
    /** The same keys for others to verify with; none when they can be had nowhere. */
    publicKeys: async (): Promise<PizzaKey[]> => (await readFresh())?.publicKeys ?? [],
    async close(): Promise<void> {
      await agent.destroy();
      await pending;
      await storing;
    },
  };
}
