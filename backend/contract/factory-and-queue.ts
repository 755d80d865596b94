import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { bitcoinSchema, dateSchema, pageQuery } from './primitives.ts';

const access = { who: 'admin' } as const;

const attemptSchema = z.object({
  orderId: z.int().nullable().describe('Null when it was a probe'),
  at: dateSchema,
  outcome: z.string(),
  httpStatus: z.int().nullable().describe('Null when there was no answer'),
  totalMs: z.int(),
  node: z.string(),
  reportHost: z.string().nullable(),
  reportFingerprint: z.string().nullable().describe('Stands for the report URL, which is shown nowhere'),
  signature: z.string().nullable().describe('The verdict on the pizza, when there was one'),
});

const factorySchema = z.object({
  origin: z.string(),
  state: z.enum(['well', 'slow', 'down', 'held']),
  since: dateSchema.nullable().describe('Null when it has been well for as long as anybody knows'),
  circuit: z.object({
    state: z.enum(['closed', 'open']),
    failuresInARow: z.int(),
    openedAt: dateSchema.nullable(),
    nextTrialAt: dateSchema.nullable().describe('While it is open: when the oldest order is tried again'),
  }),
  hold: z
    .object({ cause: z.enum(['operator', 'key_refused']), since: dateSchema })
    .nullable()
    .describe('Why nothing at all is sent to it'),
  probe: z.object({ at: dateSchema, outcome: z.string() }).nullable().describe('The last one'),
  lastAttempts: z.array(attemptSchema).describe('Newest first'),
});

export const readFactory = endpoint({
  method: 'GET',
  path: '/api/operations/factory',
  summary: 'How the factories are',
  description:
    'State, circuit, hold, last probe and last attempts of each factory, in the order they are used.',
  access,
  answers: {
    200: {
      description: 'The factories',
      schema: z.object({
        recovery: z
          .enum(['act', 'suggest', 'off'])
          .describe('Whether a report URL is called, suggested to the operator, or left alone'),
        slots: z
          .object({ inUse: z.int(), of: z.int() })
          .describe('Calls that run at this moment on the node that answers'),
        factories: z.array(factorySchema),
      }),
      example: {
        recovery: 'act',
        slots: { inUse: 1, of: 16 },
        factories: [
          {
            origin: 'https://factory.example.com',
            state: 'down',
            since: '2026-11-23T18:00:00.120Z',
            circuit: {
              state: 'open',
              failuresInARow: 6,
              openedAt: '2026-11-23T18:00:01.480Z',
              nextTrialAt: '2026-11-23T18:00:05.480Z',
            },
            hold: null,
            probe: { at: '2026-11-23T17:59:58.020Z', outcome: 'well' },
            lastAttempts: [
              {
                orderId: 23,
                at: '2026-11-23T18:00:03.490Z',
                outcome: 'refused',
                httpStatus: 500,
                totalMs: 31,
                node: 'pizza-1',
                reportHost: 'factory.example.com',
                reportFingerprint: '5f1c0a9d27b3e846',
                signature: null,
              },
            ],
          },
        ],
      },
    },
  },
  errors: [],
  example: {},
});

const queuedOrderSchema = z.object({
  id: z.int(),
  dinerName: z.string(),
  storeName: z.string(),
  status: z.enum(['making', 'waiting']),
  reason: z.string().nullable().describe('Why it waits, as the machine names it'),
  placedAt: dateSchema,
  waitedMs: z.int(),
  nextAttemptAt: dateSchema.nullable(),
  answeredFailures: z.int(),
  pizzas: z.int(),
  total: bitcoinSchema.describe('In ₿'),
});

export const readQueue = endpoint({
  method: 'GET',
  path: '/api/operations/queue',
  summary: 'Read the line of orders',
  description: 'Orders that are not made yet, oldest first. Pages count from 1.',
  access,
  query: z.object(pageQuery),
  answers: {
    200: {
      description: 'One page of the line, and how long all of it is',
      schema: z.object({
        making: z.int(),
        waiting: z.int(),
        oldestPlacedAt: dateSchema.nullable(),
        orders: z.array(queuedOrderSchema),
        more: z.boolean(),
      }),
      example: {
        making: 1,
        waiting: 1,
        oldestPlacedAt: '2026-11-23T18:00:00.090Z',
        orders: [
          {
            id: 23,
            dinerName: 'Dana Diner',
            storeName: 'Provo',
            status: 'making',
            reason: null,
            placedAt: '2026-11-23T18:00:00.090Z',
            waitedMs: 3_430,
            nextAttemptAt: null,
            answeredFailures: 2,
            pizzas: 2,
            total: 0.0088,
          },
          {
            id: 24,
            dinerName: 'Dana Diner',
            storeName: 'Orem',
            status: 'waiting',
            reason: 'refused',
            placedAt: '2026-11-23T18:00:01.310Z',
            waitedMs: 2_210,
            nextAttemptAt: '2026-11-23T18:00:05.480Z',
            answeredFailures: 1,
            pizzas: 1,
            total: 0.0038,
          },
        ],
        more: false,
      },
    },
  },
  errors: [],
  example: { query: { page: 1 } },
});
