import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { boundedInteger, dateSchema, messageSchema } from './primitives.ts';

/** The faults of the simulated factory that a drill can play. */
export const DRILL_MODES = [
  'fail',
  'badjwt',
  'throttle',
  'error',
  'busy',
  'unreachable',
  'malformed',
  'slow',
] as const;

/** What ended a drill's fault. */
export const DRILL_ENDS = ['cure', 'time', 'operator'] as const;

const access = { who: 'admin' } as const;

const rankSchema = z
  .object({ place: z.int(), of: z.int() })
  .nullable()
  .describe('Among the real outages and this one; null until it is known');

const runSchema = z
  .object({
    id: z.int(),
    mode: z.enum(DRILL_MODES),
    startedAt: dateSchema,
    endsAt: dateSchema.describe('When the fault ends by itself at the latest'),
    endedAt: dateSchema.nullable().describe('Null while it goes on'),
    endedBy: z.enum(DRILL_ENDS).nullable(),
    incidentId: z.int().nullable().describe('The incident it caused; null until it was noticed'),
    detectedAfterMs: z.int().nullable(),
    restoredAfterMs: z.int().nullable().describe('Until the first good answer after the last fault'),
    detectedRank: rankSchema,
    restoredRank: rankSchema,
    ordersPlaced: z.int().describe('While it went on'),
    ordersDelayed: z.int(),
    ordersFailed: z.int(),
  })
  .meta({ id: 'DrillRun' });

const spreadSchema = z
  .object({ best: z.number(), median: z.number(), worst: z.number() })
  .describe('Minutes');

const RUN_EXAMPLE = {
  id: 3,
  mode: 'fail',
  startedAt: '2026-11-23T18:00:00.000Z',
  endsAt: '2026-11-23T18:01:00.000Z',
  endedAt: '2026-11-23T18:00:04.845Z',
  endedBy: 'cure',
  incidentId: 7,
  detectedAfterMs: 4_163,
  restoredAfterMs: 4_845,
  detectedRank: { place: 1, of: 94 },
  restoredRank: { place: 1, of: 94 },
  ordersPlaced: 2,
  ordersDelayed: 1,
  ordersFailed: 0,
} as const;

export const readDrill = endpoint({
  method: 'GET',
  path: '/api/operations/drill',
  summary: 'Read the fire drill',
  description: 'The last drills with their scores, newest first, and what they are measured against.',
  access,
  answers: {
    200: {
      description: 'The drills',
      schema: z.object({
        isPlayable: z.boolean().describe('Only a simulated factory can be broken on purpose'),
        runs: z.array(runSchema),
        outages: z
          .object({ count: z.int(), detected: spreadSchema, restored: spreadSchema })
          .describe('The real outages of other pizza systems'),
      }),
      example: {
        isPlayable: true,
        runs: [RUN_EXAMPLE],
        outages: {
          count: 93,
          detected: { best: 0, median: 3, worst: 179 },
          restored: { best: 2, median: 30, worst: 480 },
        },
      },
    },
  },
  errors: [],
  example: {},
});

export const startDrill = endpoint({
  method: 'POST',
  path: '/api/operations/drill',
  summary: 'Start a fire drill',
  description:
    'Plays one failure mode against the simulated factory, until it is cured or the time is up. There is no such endpoint where the factory is a real one.',
  access,
  body: z.object({
    mode: z.enum(DRILL_MODES, issueText('not_drill_mode')),
    seconds: boundedInteger({ min: 5, max: 300, fallback: 60 }),
  }),
  answers: { 200: { description: 'It goes on', schema: runSchema, example: RUN_EXAMPLE } },
  errors: ['unknown_endpoint', 'state_conflict'],
  example: { body: { mode: 'fail', seconds: 60 } },
});

export const stopDrill = endpoint({
  method: 'DELETE',
  path: '/api/operations/drill',
  summary: 'Stop the fire drill',
  description:
    'Ends the fault now, whether one is on or not. There is no such endpoint where the factory is a real one.',
  access,
  answers: {
    200: { description: 'The factory is well', schema: messageSchema, example: { message: 'drill stopped' } },
  },
  errors: ['unknown_endpoint'],
  example: {},
});
