import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { dateSchema } from './primitives.ts';

const minuteSchema = z.object({
  at: dateSchema.describe('When the minute began'),
  orders: z.int().describe('Placed in it'),
  firstWordMs: z
    .int()
    .nullable()
    .describe('From the placing to the first word: the pizza, or a place in the line. On average'),
  deliveryMs: z
    .int()
    .nullable()
    .describe('From the placing, or the last try again, to the pizza. On average'),
  slowestDeliveryMs: z.int().nullable(),
  attempts: z.record(z.string(), z.int()).describe('How many calls to the factories ended how'),
  waiting: z.int().describe('Orders in the line at its end'),
});

export const readKitchenFigures = endpoint({
  method: 'GET',
  path: '/api/operations/figures',
  summary: 'Read the last hour, minute by minute',
  description:
    'What came in, how long it took, how the calls to the factories ended and how long the line was.',
  access: { who: 'admin' },
  answers: {
    200: {
      description: 'Sixty minutes, oldest first; the last one is still going on',
      schema: z.object({ minutes: z.array(minuteSchema) }),
      example: {
        minutes: [
          {
            at: '2026-11-23T18:00:00.000Z',
            orders: 12,
            firstWordMs: 84,
            deliveryMs: 131,
            slowestDeliveryMs: 980,
            attempts: { made: 11, refused: 4 },
            waiting: 1,
          },
        ],
      },
    },
  },
  errors: [],
  example: {},
});
