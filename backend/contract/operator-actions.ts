import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { bitcoinSchema, dateSchema, idSchema, messageSchema, pageQuery } from './primitives.ts';

const access = { who: 'admin' } as const;

export const probeFactories = endpoint({
  method: 'POST',
  path: '/api/operations/factory/probe',
  summary: 'Ask the factories how they are',
  description:
    'Probes every factory now and answers what each told. A slow factory takes half a minute to answer.',
  access,
  answers: {
    200: {
      description: 'An outcome, or `well`',
      schema: z.object({ probes: z.array(z.object({ factory: z.string(), outcome: z.string() })) }),
      example: { probes: [{ factory: 'https://factory.example.com', outcome: 'well' }] },
    },
  },
  errors: [],
  example: {},
});

export const holdFactories = endpoint({
  method: 'POST',
  path: '/api/operations/factory/hold',
  summary: 'Hold the orders',
  description: 'Nothing is sent to the factories until somebody resumes; orders are taken and wait.',
  access,
  answers: {
    200: { description: 'Held', schema: messageSchema, example: { message: 'orders are held' } },
  },
  errors: [],
  example: {},
});

export const resumeFactories = endpoint({
  method: 'POST',
  path: '/api/operations/factory/resume',
  summary: 'Let the orders go on',
  description: 'Ends a hold: the waiting orders go on within a second.',
  access,
  answers: {
    200: { description: 'Resumed', schema: messageSchema, example: { message: 'orders go on' } },
  },
  errors: [],
  example: {},
});

export const reportIncident = endpoint({
  method: 'POST',
  path: '/api/operations/incidents/:incidentId/report',
  summary: 'Report the fault of an incident to the factory',
  description:
    'Calls the report URL the incident brought, also one that was called before and did not help. That it cures is shown by the next attempt.',
  access,
  params: z.object({ incidentId: idSchema }),
  answers: {
    200: {
      description:
        'What the report came to; `not_now`: somebody calls it, or too many were called this minute',
      schema: z.object({ result: z.enum(['answered', 'not_answered', 'not_now', 'not_callable']) }),
      example: { result: 'answered' },
    },
  },
  errors: ['not_found'],
  example: { params: { incidentId: 7 } },
});

export const listFailedOrders = endpoint({
  method: 'GET',
  path: '/api/operations/failed-orders',
  summary: 'List the orders that failed lately',
  description:
    'Those that failed within the last day and were not tried again, newest first. Pages count from 1.',
  access,
  query: z.object(pageQuery),
  answers: {
    200: {
      description: 'One page of them',
      schema: z.object({
        orders: z.array(
          z.object({
            id: z.int(),
            dinerName: z.string(),
            storeName: z.string(),
            reason: z.string().nullable().describe('As the machine names it'),
            failedAt: dateSchema,
            pizzas: z.int(),
            total: bitcoinSchema.describe('In ₿'),
          }),
        ),
        more: z.boolean(),
      }),
      example: {
        orders: [
          {
            id: 21,
            dinerName: 'Dana Diner',
            storeName: 'Provo',
            reason: 'rejected',
            failedAt: '2026-11-23T17:40:00.000Z',
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
