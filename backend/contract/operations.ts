import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { dateSchema, pageQuery } from './primitives.ts';

export const listAuditEntries = endpoint({
  method: 'GET',
  path: '/api/operations/audit',
  summary: 'Read the audit log',
  description: 'What admins and franchisees changed, newest first. Pages count from 1.',
  access: { who: 'admin' },
  query: z.object(pageQuery),
  answers: {
    200: {
      description: 'One page of entries',
      schema: z.object({
        entries: z.array(
          z.object({
            id: z.int(),
            at: dateSchema,
            actor: z.object({ id: z.int(), name: z.string() }),
            action: z.string(),
            subject: z.object({ type: z.string(), id: z.int() }),
            details: z.record(z.string(), z.unknown()),
            requestId: z.string(),
          }),
        ),
        more: z.boolean(),
      }),
      example: {
        entries: [
          {
            id: 1,
            at: '2026-11-23T18:00:00.000Z',
            actor: { id: 1, name: 'Amara Admin' },
            action: 'franchise.created',
            subject: { type: 'franchise', id: 4 },
            details: { name: 'pizzaPocket' },
            requestId: 'c1d2e3f4-0000-4000-8000-000000000000',
          },
        ],
        more: false,
      },
    },
  },
  errors: [],
  example: { query: { page: 1 } },
});
