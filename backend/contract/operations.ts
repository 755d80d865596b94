import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { dateSchema, idSchema, pageQuery } from './primitives.ts';

/** Every action on record, `subject.what` in the past. A new one gets its sentence in the texts of the audit page. */
const AUDIT_ACTIONS = [
  'drill.started',
  'drill.stopped',
  'figures.rebuilt',
  'franchise.closed',
  'franchise.created',
  'franchise.updated',
  'incident.reported',
  'kitchen.held',
  'kitchen.probed',
  'kitchen.resumed',
  'menu-item.added',
  'menu-item.retired',
  'menu-item.updated',
  'menu.reordered',
  'order.cancelled',
  'order.retried',
  'store.back-in-stock',
  'store.created',
  'store.deleted',
  'store.sold-out',
  'store.updated',
  'user.deleted',
  'user.made-admin',
  'user.updated',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

const AUDIT_SUBJECTS = [
  'drill',
  'franchise',
  'incident',
  'kitchen',
  'menu-item',
  'order',
  'store',
  'user',
] as const;
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];

const auditEntrySchema = z.object({
  id: z.int(),
  at: dateSchema,
  actor: z.object({ id: z.int(), name: z.string() }),
  action: z.string(),
  subject: z.object({
    type: z.string(),
    id: z.int(),
    name: z.string().nullable().describe('What it is called now; null when it is gone'),
  }),
  details: z.record(z.string(), z.unknown()),
  requestId: z.string(),
});
export type AuditEntry = z.output<typeof auditEntrySchema>;

export const listAuditEntries = endpoint({
  method: 'GET',
  path: '/api/operations/audit',
  summary: 'Read the audit log',
  description:
    'What admins and franchisees changed, newest first. Pages count from 1. Every filter that is given has to fit; `from` is included, `to` is not.',
  access: { who: 'admin' },
  query: z
    .object({
      ...pageQuery,
      before: idSchema
        .optional()
        .describe(
          'The last entry of a page: what was recorded before it, whatever came in since; `page` is not read',
        ),
      actorId: idSchema.optional(),
      action: z.enum(AUDIT_ACTIONS, issueText('not_audit_action')).optional(),
      subjectType: z
        .enum(AUDIT_SUBJECTS, issueText('not_one_of', { choices: AUDIT_SUBJECTS.join(', ') }))
        .optional(),
      subjectId: idSchema.optional(),
      from: dateSchema.optional(),
      to: dateSchema.optional(),
    })
    .refine(({ subjectId, subjectType }) => subjectId === undefined || subjectType !== undefined, {
      path: ['subjectType'],
      message: issueText('required'),
    })
    .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
      path: ['to'],
      message: issueText('before_from'),
    }),
  answers: {
    200: {
      description: 'One page of entries',
      schema: z.object({ entries: z.array(auditEntrySchema), more: z.boolean() }),
      example: {
        entries: [
          {
            id: 1,
            at: '2026-11-23T18:00:00.000Z',
            actor: { id: 1, name: 'Amara Admin' },
            action: 'franchise.created',
            subject: { type: 'franchise', id: 4, name: 'pizzaPocket' },
            details: { name: 'pizzaPocket' },
            requestId: 'c1d2e3f4-0000-4000-8000-000000000000',
          },
        ],
        more: false,
      },
    },
  },
  errors: [],
  example: { query: { page: 1, action: 'franchise.created', from: '2026-11-01T00:00:00.000Z' } },
});
