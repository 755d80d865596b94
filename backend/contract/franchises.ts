import { z } from 'zod';
import { emailSchema } from './email-address.ts';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import {
  boundedInteger,
  dateSchema,
  idSchema,
  lineOfText,
  messageSchema,
  wildcardSchema,
} from './primitives.ts';
import { userIdParams } from './users.ts';
import { expectedVersion, versionSchema } from './versions.ts';

const adminOfFranchiseSchema = z.object({ id: z.int(), name: z.string(), email: z.string() });

const storeSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    isOpen: z.boolean().describe('Whether the store takes orders right now'),
    open: z.boolean().describe('The same as `isOpen`'),
    opensAt: dateSchema.nullable().describe('When it opens next; null when it never does'),
    closesAt: dateSchema.nullable().describe('When it closes next; null when it never does'),
    timeZone: z.string().describe('By whose clock it opens'),
    version: versionSchema,
    totalRevenue: z.number().optional().describe('In ₿; only for those who run it'),
  })
  .meta({ id: 'Store' });

const franchiseSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    admins: z.array(adminOfFranchiseSchema).optional().describe('Only for those who run it'),
    stores: z.array(storeSchema),
    version: versionSchema,
  })
  .meta({ id: 'Franchise' });

const STORE_EXAMPLE = {
  id: 1,
  name: 'SLC',
  isOpen: true,
  open: true,
  opensAt: '2026-11-24T00:00:00.000Z',
  closesAt: '2026-11-23T21:00:00.000Z',
  timeZone: 'America/Denver',
  version: 1,
};
export type Franchise = z.output<typeof franchiseSchema>;

export const listFranchises = endpoint({
  method: 'GET',
  path: '/api/franchise',
  summary: 'List franchises and their stores',
  description:
    'Pages count from 0. `name` filters; `*` in it stands for any text. An admin also sees franchisees and revenue.',
  access: { who: 'everyone' },
  query: z.object({
    page: boundedInteger({ min: 0, max: 1_000_000, fallback: 0 }),
    limit: boundedInteger({ min: 1, max: 100, fallback: 10 }),
    name: wildcardSchema,
  }),
  isShared: true,
  answers: {
    200: {
      description: 'One page of franchises',
      schema: z.object({
        franchises: z.array(franchiseSchema),
        more: z.boolean().describe('Whether a next page exists'),
      }),
      example: {
        franchises: [{ id: 1, name: 'pizzaPocket', stores: [STORE_EXAMPLE], version: 1 }],
        more: false,
      },
    },
  },
  errors: [],
  example: { query: { page: 0, limit: 10, name: '*' } },
});

export const listFranchisesOfUser = endpoint({
  method: 'GET',
  path: '/api/franchise/:userId',
  summary: "List a user's franchises",
  description:
    'The franchises a user runs, with stores and revenue. Anybody but that user and an admin gets an empty list.',
  access: { who: 'session' },
  params: userIdParams,
  answers: {
    200: {
      description: 'The franchises of the user',
      schema: z.array(franchiseSchema),
      example: [
        {
          id: 1,
          name: 'pizzaPocket',
          admins: [{ id: 2, name: 'pizza franchisee', email: 'f@jwt.com' }],
          stores: [{ ...STORE_EXAMPLE, totalRevenue: 0.0042 }],
          version: 1,
        },
      ],
    },
  },
  errors: [],
  example: { params: { userId: 2 } },
});

const franchiseName = lineOfText({ max: 100 });
const franchiseAdmins = z
  .array(z.object({ email: emailSchema }), issueText('not_email_list'))
  .min(1, issueText('empty'))
  .max(20, issueText('too_many_entries', { count: 20 }));
const franchiseParams = z.object({ franchiseId: idSchema });
const oneFranchise = {
  200: {
    description: 'The franchise as it is now',
    schema: franchiseSchema,
    example: {
      id: 1,
      name: 'pizzaPocket',
      admins: [{ id: 2, name: 'pizza franchisee', email: 'f@jwt.com' }],
      stores: [],
      version: 1,
    },
  },
};

export const createFranchise = endpoint({
  method: 'POST',
  path: '/api/franchise',
  summary: 'Create a franchise',
  description: 'Makes the users with these e-mail addresses its franchisees.',
  access: { who: 'admin', refusal: 'unable to create a franchise' },
  body: z.object({ name: franchiseName, admins: franchiseAdmins }),
  answers: oneFranchise,
  errors: ['unknown_user', 'name_taken'],
  example: { body: { name: 'pizzaPocket', admins: [{ email: 'f@jwt.com' }] } },
});

export const updateFranchise = endpoint({
  method: 'PUT',
  path: '/api/franchise/:franchiseId',
  summary: 'Edit a franchise',
  description:
    'Changes the name, or replaces its franchisees by the users with these e-mail addresses. With the `version` the change was made from (`If-Match`, or in the body), it is refused when somebody else changed the franchise meanwhile.',
  access: { who: 'admin', refusal: 'unable to edit a franchise' },
  params: franchiseParams,
  headers: expectedVersion.headers,
  body: z.object({
    ...expectedVersion.body,
    name: franchiseName.optional(),
    admins: franchiseAdmins.optional(),
  }),
  answers: oneFranchise,
  errors: ['not_found', 'unknown_user', 'name_taken', 'version_conflict'],
  example: { params: { franchiseId: 1 }, body: { name: 'pizzaPocket' } },
});

export const deleteFranchise = endpoint({
  method: 'DELETE',
  path: '/api/franchise/:franchiseId',
  summary: 'Close a franchise',
  description:
    'Its stores take no more orders and its franchisees lose that role; orders and revenue stay on record.',
  access: { who: 'admin', refusal: 'unable to delete a franchise' },
  params: franchiseParams,
  answers: {
    200: {
      description: 'The franchise is closed',
      schema: messageSchema,
      example: { message: 'franchise deleted' },
    },
  },
  errors: ['not_found'],
  example: { params: { franchiseId: 1 } },
});
