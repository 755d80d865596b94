import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { exportedOrderSchema, ORDER_EXAMPLE } from './orders.ts';
import { dateSchema } from './primitives.ts';
import { OWN_SESSION_EXAMPLE, ownSessionSchema } from './sessions.ts';
import { userSchema } from './users.ts';

export const readOwnData = endpoint({
  method: 'GET',
  path: '/api/user/me/data',
  summary: 'Download my data',
  description:
    'All that is kept of the user of the session, as a file: the account with its roles, the sessions, every order with its items, notes, pizza and states, and what they changed as staff. Passwords are kept as a hash only, which is not in it.',
  access: { who: 'session' },
  answers: {
    200: {
      description: 'All of it, newest first',
      schema: z.object({
        account: z.object({ ...userSchema.shape, createdAt: dateSchema }),
        sessions: z.array(ownSessionSchema),
        orders: z.array(exportedOrderSchema),
        actions: z
          .array(
            z.object({
              at: dateSchema,
              action: z.string(),
              subject: z.object({ type: z.string(), id: z.int() }),
              details: z.record(z.string(), z.unknown()),
            }),
          )
          .describe('What they changed as franchisee or admin'),
      }),
      streamedLists: ['orders', 'actions'],
      example: {
        account: {
          id: 3,
          name: 'pizza diner',
          email: 'd@jwt.com',
          roles: [{ role: 'diner' }],
          createdAt: '2026-11-01T18:00:00.000Z',
        },
        sessions: [OWN_SESSION_EXAMPLE],
        orders: [{ order: ORDER_EXAMPLE, history: [] }],
        actions: [],
      },
    },
  },
  errors: [],
  example: {},
});
