import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { dateSchema, messageSchema } from './primitives.ts';

const sessionIdSchema = z
  .string(issueText('not_id'))
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, issueText('not_id'));

export const ownSessionSchema = z
  .object({
    id: z.string(),
    isCurrent: z.boolean().describe('The one that asks'),
    program: z.string().nullable().describe('The browser or program, as far as it tells: `Firefox`'),
    system: z.string().nullable().describe('What it runs on, as far as it tells: `Linux`'),
    address: z.string().nullable().describe('The network address of its last use'),
    openedAt: dateSchema,
    lastUsedAt: dateSchema.describe('At most five minutes behind'),
    endsAt: dateSchema.describe('Unless it is used before'),
  })
  .meta({ id: 'OwnSession' });
export type OwnSession = z.output<typeof ownSessionSchema>;

const SESSION_ID_EXAMPLE = '5f0c2a4e-8d0b-4a39-9a57-0f6d3c1b2e48';
export const OWN_SESSION_EXAMPLE = {
  id: SESSION_ID_EXAMPLE,
  isCurrent: true,
  program: 'Firefox',
  system: 'Linux',
  address: '203.0.113.7',
  openedAt: '2026-11-23T17:02:00.000Z',
  lastUsedAt: '2026-11-23T18:04:00.000Z',
  endsAt: '2026-11-30T18:04:00.000Z',
};

export const listSessions = endpoint({
  method: 'GET',
  path: '/api/session',
  summary: 'Where I am logged in',
  description:
    'The open sessions of oneself, the one used last first, a hundred at most. A session ends after seven days without use, and thirty days after its log-in.',
  access: { who: 'session' },
  answers: {
    200: {
      description: 'Sessions of oneself',
      schema: z.object({ sessions: z.array(ownSessionSchema) }),
      example: {
        sessions: [OWN_SESSION_EXAMPLE],
      },
    },
  },
  errors: [],
  example: {},
});

export const endSession = endpoint({
  method: 'DELETE',
  path: '/api/session/:sessionId',
  summary: 'Log out one session',
  description:
    'Ends one session of oneself at once, on every node; also the one that asks. That of somebody else is unknown, to admins too.',
  access: { who: 'session', param: 'sessionId', isPrivate: true },
  params: z.object({ sessionId: sessionIdSchema }),
  answers: {
    200: {
      description: 'The session is over',
      schema: messageSchema,
      example: { message: 'session ended' },
    },
  },
  errors: ['not_found'],
  example: { params: { sessionId: SESSION_ID_EXAMPLE } },
});

export const endOtherSessions = endpoint({
  method: 'DELETE',
  path: '/api/session',
  summary: 'Log out everywhere else',
  description: 'Ends every session of oneself but the one that asks, at once and on every node.',
  access: { who: 'session' },
  answers: {
    200: {
      description: 'The other sessions are over',
      schema: messageSchema,
      example: { message: 'other sessions ended' },
    },
  },
  errors: [],
  example: {},
});
