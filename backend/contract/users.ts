import { z } from 'zod';
import { emailSchema } from './email-address.ts';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { idSchema, lineOfText, messageSchema, pageQuery, wildcardSchema } from './primitives.ts';

const ROLES = ['diner', 'franchisee', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** A role; a franchisee's names its franchise in `objectId`. */
const roleAssignmentSchema = z
  .object({ role: z.enum(ROLES), objectId: z.int().optional().describe('The franchise of a franchisee') })
  .meta({ id: 'RoleAssignment' });
export type RoleAssignment = z.output<typeof roleAssignmentSchema>;

export const userSchema = z
  .object({ id: z.int(), name: z.string(), email: z.string(), roles: z.array(roleAssignmentSchema) })
  .meta({ id: 'User' });
export type User = z.output<typeof userSchema>;

export const nameSchema = lineOfText({ max: 100 });

/** A password as sent: any Unicode. Our minimum length is a setting, so the service checks it. */
export const newPasswordSchema = z
  .string(issueText('not_text'))
  .max(128, issueText('too_long', { count: 128 }))
  .regex(/\S/, issueText('blank'));

/** Asked for where a session alone is no proof of who sits there (S14). */
const currentPasswordSchema = z
  .string(issueText('not_text'))
  .max(128, issueText('too_long', { count: 128 }))
  .optional();

export const userIdParams = z.object({ userId: idSchema });

export const readOwnUser = endpoint({
  method: 'GET',
  path: '/api/user/me',
  summary: 'Who am I',
  description: 'The user of the session, with the roles as they are now.',
  access: { who: 'session' },
  answers: {
    200: {
      description: 'The user',
      schema: userSchema,
      example: { id: 3, name: 'pizza diner', email: 'd@jwt.com', roles: [{ role: 'diner' }] },
    },
  },
  errors: [],
  example: {},
});

const USER_EXAMPLE = { id: 3, name: 'pizza diner', email: 'd@jwt.com', roles: [{ role: 'diner' as const }] };

const assignedRoleSchema = z
  .object({ role: z.enum(ROLES, issueText('not_role')), objectId: idSchema.optional() })
  .refine(({ role, objectId }) => (role === 'franchisee') === (objectId !== undefined), {
    message: issueText('misplaced_franchise'),
  });

export const updateUser = endpoint({
  method: 'PUT',
  path: '/api/user/:userId',
  summary: 'Edit a user',
  description:
    'Edits oneself, or, as an admin, anybody. A new e-mail address or password of oneself ends the other sessions; it needs `currentPassword` once the session is older than ten minutes. `roles` is read from admins only. Only who edits themselves gets a token.',
  access: { who: 'self-or-admin', param: 'userId' },
  params: userIdParams,
  body: z.object({
    name: nameSchema.optional(),
    email: emailSchema.optional(),
    password: newPasswordSchema.optional(),
    currentPassword: currentPasswordSchema,
    roles: z
      .array(assignedRoleSchema, issueText('not_list'))
      .min(1, issueText('empty'))
      .max(50, issueText('too_many_entries', { count: 50 }))
      .optional(),
  }),
  answers: {
    200: {
      description: 'The user as they are now',
      schema: z.object({
        user: userSchema,
        token: z.string().optional().describe('Only when one edits oneself'),
      }),
      example: { user: USER_EXAMPLE, token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIzIn0.c2lnbmF0dXJl' },
    },
  },
  errors: ['not_found', 'email_taken', 'reauthentication_required', 'wrong_password', 'state_conflict'],
  example: { params: { userId: 3 }, body: { name: 'pizza diner' } },
});

export const listUsers = endpoint({
  method: 'GET',
  path: '/api/user',
  summary: 'List users',
  description: 'Pages count from 1. `name` filters by name or e-mail address; `*` in it stands for any text.',
  access: { who: 'admin' },
  query: z.object({ ...pageQuery, name: wildcardSchema }),
  answers: {
    200: {
      description: 'One page of users',
      schema: z.object({ users: z.array(userSchema), more: z.boolean() }),
      example: { users: [USER_EXAMPLE], more: false },
    },
  },
  errors: [],
  example: { query: { page: 1, limit: 10, name: '*' } },
});

export const deleteUser = endpoint({
  method: 'DELETE',
  path: '/api/user/:userId',
  summary: 'Delete a user',
  description:
    'Deletes oneself, or, as an admin, anybody. Deleting oneself needs `currentPassword` once the session is older than ten minutes. Orders stay, without name, e-mail address, notes and tokens; what still waits is cancelled. A 503 has changed nothing and may be repeated. Whatever the success answer, nobody need repeat it.',
  access: { who: 'self-or-admin', param: 'userId' },
  params: userIdParams,
  body: z.object({ currentPassword: currentPasswordSchema }),
  answers: {
    200: {
      description: 'The user is gone, and all that told who they were',
      schema: messageSchema,
      example: { message: 'user deleted' },
    },
    202: {
      description: 'The user is gone; notes and tokens of past orders are erased as soon as that is possible',
      schema: messageSchema,
      example: { message: 'user deleted; past orders are still being erased' },
    },
  },
  errors: ['not_found', 'reauthentication_required', 'wrong_password', 'state_conflict'],
  example: { params: { userId: 3 }, body: { currentPassword: 'a long pass phrase' } },
});
