import type { PizzaKey } from '#contract/pizza-keys.ts';
import type { Clock } from '../../../clock.ts';
import { checkPizza, type PizzaMaker } from './pizza-signature.ts';
import { holdsSecret } from './secret-traces.ts';

/** What anybody may ask of pizzas that were made: whether one is genuine, and by which keys that can be told. */
export function createPizzaVerifier(factories: readonly { maker: PizzaMaker }[], clock: Clock) {
  return {
    /** Answers the payload of a pizza of one of our factories that is genuine and in time, else undefined. */
    async verify(jwt: string): Promise<Record<string, unknown> | undefined> {
      const now = clock();
      for (const { maker } of factories) {
        const { payload } = await checkPizza(jwt, maker, now);
        if (payload) return payload;
      }
      return undefined;
    },

    /** Answers the public keys of all our factories, as far as they have told them. */
    async listKeys(): Promise<PizzaKey[]> {
      const found = factories.map(async ({ maker: { keys, secrets } }) =>
        // What a factory writes into its keys is its own, and goes to everybody.
        (await keys.publicKeys()).filter((key) => !holdsSecret(JSON.stringify(key), secrets)),
      );
      return (await Promise.all(found)).flat();
    },
  };
}

export type PizzaVerifier = ReturnType<typeof createPizzaVerifier>;
