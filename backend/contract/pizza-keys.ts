import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** The public members of an RSA key (RFC 7517, RFC 7518): what a browser needs to verify a pizza, and nothing else. */
const pizzaKeySchema = z
  .object({
    kty: z.literal('RSA'),
    n: z.string(),
    e: z.string(),
    kid: z.string().optional(),
    alg: z.string().optional(),
    use: z.string().optional(),
  })
  .meta({ id: 'PizzaKey' });
export type PizzaKey = z.output<typeof pizzaKeySchema>;

export const listPizzaKeys = endpoint({
  method: 'GET',
  path: '/api/order/keys',
  summary: 'List the keys pizzas are signed with',
  description:
    'The public keys of our factories as a JWKS (RFC 7517), so that anybody can verify a pizza without us. Empty while no factory has told its keys yet.',
  access: { who: 'everyone' },
  answers: {
    200: {
      description: 'The keys',
      schema: z.object({ keys: z.array(pizzaKeySchema) }),
      example: {
        keys: [
          {
            kty: 'RSA',
            n: 'sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri23bOdgWp4Dy1Wl',
            e: 'AQAB',
            kid: 'factory',
          },
        ],
      },
    },
  },
  errors: [],
  example: {},
});
