import type { KeyObject } from 'node:crypto';
import { type Pizza, type Stamp, signPizza } from './pizza-oven.ts';
import { makeSigningKey } from './signing-key.ts';

type Recipe = (pizza: Pizza, stamp: Stamp) => string | Promise<string>;

let foreignKey: Promise<KeyObject> | undefined;

const RECIPES: Recipe[] = [
  () => 'bad.jwt',
  async (pizza, stamp) => {
    foreignKey ??= makeSigningKey();
    return signPizza(pizza, { ...stamp, key: await foreignKey });
  },
  (pizza, stamp) => signPizza({ ...pizza, order: nameAnotherOrder(pizza.order) }, stamp),
  (pizza, { kid, issuer, issuedAtS }) =>
    `${encode({ alg: 'none', kid, iat: issuedAtS, exp: issuedAtS + 3600, iss: issuer })}.${encode(pizza)}.`,
  (pizza, stamp) => signPizza(pizza, { ...stamp, issuedAtS: stamp.issuedAtS - 30 * 24 * 60 * 60 }),
];

/**
 * Answers something that looks like a pizza and must not pass for one. By turns: plain text, signed by
 * another key under our `kid`, a good signature over another order, unsigned, past its time.
 */
export async function makeInvalidPizza(
  pizza: Pizza,
  { stamp, turn }: { stamp: Stamp; turn: number },
): Promise<string> {
  const recipe = RECIPES[turn % RECIPES.length] as Recipe;
  return recipe(pizza, stamp);
}

/** The neighbouring number: most likely an order that exists, so a careless reader would hand it to the wrong diner. */
function nameAnotherOrder(order: unknown): unknown {
  const { id, ...rest } = (order ?? {}) as { id?: unknown };
  return { ...rest, id: typeof id === 'number' ? id + 1 : `${id ?? ''}1` };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
