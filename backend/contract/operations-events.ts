import { z } from 'zod';
import { EVENT_STREAM, endpoint } from './endpoint.ts';

/** What operators see and can have changed; each is read by an endpoint of its own. `line` is the queue. */
export const OPERATIONS_PARTS = ['factory', 'line', 'figures', 'incidents', 'drill'] as const;

const changeEventSchema = z
  .object({
    event: z.literal('changed'),
    data: z.object({ parts: z.array(z.enum(OPERATIONS_PARTS)) }),
  })
  .meta({ id: 'KitchenChangeEvent' });

export const followKitchen = endpoint({
  method: 'GET',
  path: '/api/operations/events',
  summary: 'Follow the kitchen',
  description:
    'Server-sent events: which parts of the kitchen changed, at most once a second. The first event names all of them, so that who comes back reads everything anew. The stream ends with the session, and after ten minutes.',
  access: { who: 'admin' },
  answers: {
    200: {
      description: 'Events named `changed`',
      schema: changeEventSchema,
      mediaType: EVENT_STREAM,
      example: { event: 'changed', data: { parts: ['line', 'figures'] } },
    },
  },
  errors: [],
  example: {},
});
