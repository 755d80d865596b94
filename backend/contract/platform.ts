import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { dateSchema } from './primitives.ts';

const everyone = { who: 'everyone' } as const;

export const welcome = endpoint({
  method: 'GET',
  path: '/',
  summary: 'Welcome',
  description:
    'Says that this is JWT Pizza and which version. With `Accept: text/html` it is the storefront.',
  access: everyone,
  answers: {
    200: {
      description: 'The welcome',
      schema: z.object({ message: z.string(), version: z.string() }),
      example: { message: 'welcome to JWT Pizza', version: '1.0.0' },
    },
  },
  errors: [],
  example: {},
});

export const readDocs = endpoint({
  method: 'GET',
  path: '/api/docs',
  summary: 'List the endpoints',
  description:
    'Every endpoint with an example, in the form clients of old know. With `Accept: text/html` it is a page for people.',
  access: everyone,
  answers: {
    200: {
      description: 'The endpoints',
      schema: z.object({
        version: z.string(),
        endpoints: z.array(
          z.object({
            method: z.string(),
            path: z.string(),
            requiresAuth: z.boolean(),
            description: z.string(),
            example: z.string(),
            request: z
              .object({ path: z.string(), body: z.unknown().optional() })
              .describe('The example, to be sent as it stands'),
            response: z.unknown(),
          }),
        ),
        config: z.object({ factory: z.string(), db: z.string() }),
      }),
      example: {
        version: '1.0.0',
        endpoints: [],
        config: { factory: 'https://factory.example.com', db: 'mysql' },
      },
    },
  },
  errors: [],
  example: {},
});

export const readOpenApi = endpoint({
  method: 'GET',
  path: '/api/openapi.json',
  summary: 'Read the OpenAPI document',
  description:
    'This API as OpenAPI 3.1, made from the same declarations that check every request and answer.',
  access: everyone,
  answers: {
    200: {
      description: 'The document',
      schema: z.looseObject({
        openapi: z.string(),
        info: z.object({
          title: z.string(),
          version: z.string(),
          description: z.string().optional(),
          license: z.object({ name: z.string(), identifier: z.string().optional() }).optional(),
        }),
        paths: z.record(z.string(), z.unknown()),
      }),
      example: { openapi: '3.1.1', info: { title: 'JWT Pizza', version: '1.0.0' }, paths: {} },
    },
  },
  errors: [],
  example: {},
});

export const readStatus = endpoint({
  method: 'GET',
  path: '/api/status',
  summary: 'How the kitchen is',
  description: 'For people: whether pizzas are made at their usual pace, and how many orders wait.',
  access: everyone,
  answers: {
    200: {
      description: 'The state of the kitchen',
      schema: z.object({ kitchen: z.enum(['well', 'slow', 'down']), since: dateSchema, waiting: z.int() }),
      example: { kitchen: 'well', since: '2026-11-23T18:00:00.000Z', waiting: 0 },
    },
  },
  errors: [],
  example: {},
});

export const readLiveness = endpoint({
  method: 'GET',
  path: '/health/live',
  summary: 'Is the process alive',
  description: 'Answers as long as the process can answer; depends on nothing else.',
  access: everyone,
  answers: {
    200: {
      description: 'Alive',
      schema: z.object({ status: z.literal('live') }),
      example: { status: 'live' },
    },
  },
  errors: [],
  example: {},
});

export const readReadiness = endpoint({
  method: 'GET',
  path: '/health/ready',
  summary: 'May this node get traffic',
  description:
    'Ready while the database stores what this node writes (its heartbeat, at most 6 s ago), the schema is up to date and the node is not leaving. It is answered from memory, so a frozen database does not freeze it. The factory does not count: orders are taken while it is away.',
  access: everyone,
  answers: {
    200: {
      description: 'Ready',
      schema: z.object({ status: z.literal('ready') }),
      example: { status: 'ready' },
    },
  },
  errors: [],
  example: {},
});
