import { z } from 'zod';
import { EVENT_STREAM, endpoint } from './endpoint.ts';
import { ORDER_EXAMPLE, orderParams, orderSchema } from './orders.ts';

const statusEventSchema = z
  .object({
    event: z.literal('status'),
    id: z
      .string()
      .regex(/^\d+-\d+$/)
      .describe('Names what was seen: the same id, the same state, reason and place in the line'),
    data: z.object({
      order: orderSchema,
      jwt: z.string().optional().describe('Once the order is ready'),
    }),
  })
  .meta({ id: 'OrderStatusEvent' });

export const followOrder = endpoint({
  method: 'GET',
  path: '/api/order/:orderId/events',
  summary: 'Follow one order',
  description:
    'Server-sent events: what is true now, then every change of its state, its reason or its place in the line, until it is final. A client that comes back with `Last-Event-ID` is not told again what it saw. The stream ends with the session, and after ten minutes; whoever still wants to know comes back.',
  access: { who: 'session', param: 'orderId' },
  params: orderParams,
  headers: z.object({
    'last-event-id': z
      .string()
      .optional()
      .describe('The `id` of the last event seen; any other text is ignored'),
  }),
  answers: {
    200: {
      description: 'Events named `status`',
      schema: statusEventSchema,
      mediaType: EVENT_STREAM,
      example: {
        event: 'status',
        id: '7-4',
        data: {
          order: {
            ...ORDER_EXAMPLE,
            status: 'waiting',
            reason: 'The factory is busy. Your order is safe.',
            placeInLine: 4,
          },
        },
      },
    },
    204: { description: 'The last event seen was the final one: nothing more will come' },
  },
  errors: ['not_found'],
  example: { params: { orderId: 23 } },
});
