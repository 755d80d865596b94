import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { bitcoinSchema, dateSchema, idSchema, pageQuery } from './primitives.ts';

/** What was wrong with the factory: the three faults it can be cured of by a report, else how its calls ended. */
export const INCIDENT_MODES = [
  'fail',
  'badjwt',
  'throttle',
  'error',
  'busy',
  'unreachable',
  'timeout',
  'key_refused',
] as const;

/** What can happen in an incident, in the order it usually does. */
export const INCIDENT_EVENT_KINDS = [
  'first_fault',
  'detected',
  'circuit_opened',
  'circuit_closed',
  'report_called',
  'report_answered',
  'report_suggested',
  'report_rejected',
  'escalated',
  'factory_changed',
  'held',
  'resumed',
  'restored',
  'fault_again',
  'line_empty',
  'closed',
] as const;

/** What noticed an incident first. */
export const INCIDENT_DETECTORS = ['order', 'probe', 'pending_call'] as const;

const access = { who: 'admin' } as const;
export const incidentParams = z.object({ incidentId: idSchema });

const summaryFields = {
  id: z.int(),
  factory: z.string().describe('Its origin'),
  mode: z.enum(INCIDENT_MODES),
  state: z.enum(['open', 'closed']),
  startedAt: dateSchema.describe('When the first faulty call began'),
  detectedAt: dateSchema,
  restoredAt: dateSchema.nullable().describe('The first good answer after the last fault'),
  closedAt: dateSchema.nullable(),
  ordersDelayed: z.int(),
  ordersFailed: z.int(),
  diners: z.int().describe('Who placed one of these orders'),
};

const SUMMARY_EXAMPLE = {
  id: 7,
  factory: 'https://factory.example.com',
  mode: 'fail',
  state: 'closed',
  startedAt: '2026-11-23T18:00:00.120Z',
  detectedAt: '2026-11-23T18:00:00.163Z',
  restoredAt: '2026-11-23T18:00:00.845Z',
  closedAt: '2026-11-23T18:01:00.320Z',
  ordersDelayed: 4,
  ordersFailed: 0,
  diners: 3,
};

export const listIncidents = endpoint({
  method: 'GET',
  path: '/api/operations/incidents',
  summary: 'List the incidents',
  description: 'The outages of the factories, newest first. Pages count from 1.',
  access,
  query: z.object(pageQuery),
  answers: {
    200: {
      description: 'One page of incidents',
      schema: z.object({ incidents: z.array(z.object(summaryFields)), more: z.boolean() }),
      example: { incidents: [SUMMARY_EXAMPLE], more: false },
    },
  },
  errors: [],
  example: { query: { page: 1 } },
});

export const readIncident = endpoint({
  method: 'GET',
  path: '/api/operations/incidents/:incidentId',
  summary: 'Read one incident',
  description: 'All that is on record of an outage, with its timeline, oldest event first.',
  access,
  params: incidentParams,
  answers: {
    200: {
      description: 'The incident',
      schema: z.object({
        ...summaryFields,
        modes: z
          .array(
            z.object({ mode: z.enum(INCIDENT_MODES), firstFaultAt: dateSchema, lastFaultAt: dateSchema }),
          )
          .describe('Every mode it went through, in the order in which they began; `mode` is the first'),
        detectedBy: z.enum(INCIDENT_DETECTORS),
        lastFaultAt: dateSchema,
        circuitOpenedAt: dateSchema.nullable(),
        lineEmptyAt: dateSchema.nullable().describe('When no order waited because of it any more'),
        escalatedAt: dateSchema
          .nullable()
          .describe('When the recovery had not helped and a person was called'),
        value: bitcoinSchema.describe('Of the orders it touched, in ₿'),
        longestWaitMs: z.int(),
        timeline: z.array(
          z.object({
            at: dateSchema,
            kind: z.enum(INCIDENT_EVENT_KINDS),
            details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
          }),
        ),
      }),
      example: {
        ...SUMMARY_EXAMPLE,
        modes: [
          { mode: 'fail', firstFaultAt: '2026-11-23T18:00:00.120Z', lastFaultAt: '2026-11-23T18:00:00.310Z' },
        ],
        detectedBy: 'order',
        lastFaultAt: '2026-11-23T18:00:00.310Z',
        circuitOpenedAt: null,
        lineEmptyAt: '2026-11-23T18:00:01.102Z',
        escalatedAt: null,
        value: 0.0482,
        longestWaitMs: 980,
        timeline: [
          { at: '2026-11-23T18:00:00.120Z', kind: 'first_fault', details: { outcome: 'refused' } },
          { at: '2026-11-23T18:00:00.163Z', kind: 'detected', details: { by: 'order' } },
          {
            at: '2026-11-23T18:00:00.171Z',
            kind: 'report_called',
            details: {
              host: 'factory.example.com',
              fingerprint: '5f1c0a9d27b3e846',
              call: 1,
              by: 'the system',
            },
          },
          {
            at: '2026-11-23T18:00:00.214Z',
            kind: 'report_answered',
            details: { fingerprint: '5f1c0a9d27b3e846', result: 'answered', httpStatus: 200, ms: 43 },
          },
          { at: '2026-11-23T18:00:00.845Z', kind: 'restored', details: {} },
          { at: '2026-11-23T18:00:01.102Z', kind: 'line_empty', details: {} },
          { at: '2026-11-23T18:01:00.320Z', kind: 'closed', details: {} },
        ],
      },
    },
  },
  errors: ['not_found'],
  example: { params: { incidentId: 7 } },
});
