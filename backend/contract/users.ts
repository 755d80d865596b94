import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { idSchema, lineOfText } from './primitives.ts';

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
  .string('must be a text')
  .max(128, 'must have at most 128 characters')
  .regex(/\S/, 'must not be blank');

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
