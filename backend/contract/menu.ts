import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const menuItemSchema = z
  .object({
    id: z.int(),
    title: z.string(),
    image: z.string().describe('Relative path or https address of the picture'),
    price: z.number().describe('In ₿'),
    description: z.string(),
    available: z.boolean().describe('False when the pizza is sold out everywhere'),
  })
  .meta({ id: 'MenuItem' });
export type MenuItem = z.output<typeof menuItemSchema>;

export const readMenu = endpoint({
  method: 'GET',
  path: '/api/order/menu',
  summary: 'Read the menu',
  description: 'Every pizza on the menu in its order, with the price a diner pays.',
  access: { who: 'everyone' },
  answers: {
    200: {
      description: 'The menu',
      schema: z.array(menuItemSchema),
      example: [
        {
          id: 1,
          title: 'Veggie',
          image: '/pictures/veggie.webp',
          price: 0.0038,
          description: 'A garden of delight',
          available: true,
        },
      ],
    },
  },
  errors: [],
  example: {},
});
