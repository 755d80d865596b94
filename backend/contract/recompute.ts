import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { dateSchema, idSchema, messageSchema } from './primitives.ts';

const access = { who: 'admin' } as const;
const RUN_EXAMPLE = '5b0c6a52-7a0e-4d55-9a3f-1f0a0f7f2f11';
const run = z
  .string(issueText('not_uuid'))
  .regex(/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/, issueText('not_uuid'))
  .describe('Chosen by whoever recomputes, the same for all stores of one recompute');

export const listRecomputeStores = endpoint({
  method: 'GET',
  path: '/api/operations/recompute',
  summary: 'List the stores whose figures can be recomputed',
  description:
    'Every store that has figures, those of closed franchises too, and whether somebody recomputes.',
  access,
  answers: {
    200: {
      description: 'The stores, by id',
      schema: z.object({
        stores: z.array(z.object({ id: z.int(), name: z.string().nullable() })),
        running: z
          .object({ by: z.object({ id: z.int(), name: z.string() }), since: dateSchema })
          .nullable()
          .describe('The recompute that runs now'),
      }),
      example: { stores: [{ id: 1, name: 'SLC' }], running: null },
    },
  },
  errors: [],
  example: {},
});

const differenceSchema = z.object({
  day: z.iso.date(),
  menuId: z.int().nullable().describe('Null for the whole store'),
  figure: z.enum(['orders', 'pizzas', 'revenue', 'late', 'failed']),
  stored: z.number(),
  actual: z.number().describe('What the orders say; revenue in ₿'),
});
export type FigureDifference = z.output<typeof differenceSchema>;

export const recomputeStore = endpoint({
  method: 'PUT',
  path: '/api/operations/recompute/:run/store/:storeId',
  summary: "Recompute a store's figures",
  description:
    'Compares what is stored with what the orders say; with `rebuild` what differs is replaced, and that is audited. One recompute runs at a time: the first store begins it, each next one keeps it for 15 s. Asking again does no harm.',
  access,
  params: z.object({ run, storeId: idSchema }),
  body: z.object({ mode: z.enum(['check', 'rebuild'], issueText('not_recompute_mode')) }),
  answers: {
    200: {
      description: 'What differed',
      schema: z.object({
        storeId: z.int(),
        count: z.int().describe('How many figures differed'),
        differences: z.array(differenceSchema).describe('The first hundred of them'),
      }),
      example: {
        storeId: 1,
        count: 1,
        differences: [{ day: '2026-11-23', menuId: null, figure: 'orders', stored: 7, actual: 8 }],
      },
    },
  },
  errors: ['not_found', 'state_conflict'],
  example: { params: { run: RUN_EXAMPLE, storeId: 1 }, body: { mode: 'check' } },
});

export const endRecompute = endpoint({
  method: 'DELETE',
  path: '/api/operations/recompute/:run',
  summary: 'End a recompute',
  description: 'So that the next one need not wait; also when it was over already.',
  access,
  params: z.object({ run }),
  answers: {
    200: { description: 'It is over', schema: messageSchema, example: { message: 'recompute ended' } },
  },
  errors: [],
  example: { params: { run: RUN_EXAMPLE } },
});
