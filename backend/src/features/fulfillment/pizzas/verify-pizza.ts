import type { PizzaKey } from '#contract/pizza-keys.ts';
import { checkPizza, type PizzaMaker } from './pizza-signature.ts';
import { holdsSecret } from './secret-traces.ts';

interface Made {
  maker: PizzaMaker;
}

/** Answers the payload of a pizza of one of our factories that is genuine and in time, else undefined. */
export async function verifyPizza(
  factories: readonly Made[],
  jwt: string,
  now: Date,
): Promise<Record<string, unknown> | undefined> {
  for (const { maker } of factories) {
    const { payload } = await checkPizza(jwt, maker, now);
    if (payload) return payload;
  }
  return undefined;
}

/** Answers the public keys of all our factories, as far as they have told them. */
export async function listPublicKeys(factories: readonly Made[]): Promise<PizzaKey[]> {
  const found = factories.map(async ({ maker: { keys, secrets } }) =>
    // What a factory writes into its keys is its own, and goes to everybody.
    (await keys.publicKeys()).filter((key) => !holdsSecret(JSON.stringify(key), secrets)),
  );
  return (await Promise.all(found)).flat();
}
