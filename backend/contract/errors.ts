import { z } from 'zod';
import { FIELD_ERROR_CODES } from './field-errors.ts';

/** The closed list of error codes: what a client can branch on. One line a code: status and title. */
export const ERROR_CODES = {
  invalid_input: { status: 400, title: 'The input is not valid' },
  malformed_json: { status: 400, title: 'The body is not well-formed JSON' },
  unauthorized: { status: 401, title: 'A session is needed' },
  forbidden: { status: 403, title: 'Your role may not do this' },
  foreign_origin: { status: 403, title: 'The request came from another site' },
  reauthentication_required: { status: 403, title: 'The current password is needed, or a new log-in' },
  wrong_password: { status: 403, title: 'The current password is needed' },
  invalid_pizza: { status: 403, title: 'This is no pizza of our factory' },
  unknown_endpoint: { status: 404, title: 'There is no such endpoint' },
  unknown_user: { status: 404, title: 'There is no such user' },
  not_found: { status: 404, title: 'There is no such thing, or it is not yours' },
  email_taken: { status: 409, title: 'The e-mail address is taken' },
  name_taken: { status: 409, title: 'The name is taken' },
  price_changed: { status: 409, title: 'The price has changed' },
  item_unavailable: { status: 409, title: 'An item is not available' },
  store_closed: { status: 409, title: 'The store is closed' },
  other_user: { status: 409, title: 'The session is another user’s than the request was made for' },
  key_in_use: { status: 409, title: 'The first request with this key is still being stored' },
  state_conflict: { status: 409, title: 'Its state does not allow this' },
  version_conflict: { status: 412, title: 'It was changed meanwhile' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be JSON' },
  key_reused: { status: 422, title: 'The idempotency key belongs to another body' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  factory_failed: { status: 500, title: 'The factory did not make the order' },
  internal: { status: 500, title: 'Something broke on our side' },
  unavailable: { status: 503, title: 'Not available right now' },
  outcome_unknown: { status: 503, title: 'Whether it was stored is not known' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

const errorCodes = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

/** The one shape of every error answer: RFC 9457 problem details with the members clients of old read. */
export const problemSchema = z
  .object({
    type: z.string().describe('Address of the description of this code'),
    title: z.string(),
    status: z.int(),
    code: z.enum(errorCodes),
    message: z.string().describe('A sentence for people; what existing clients read'),
    requestId: z.string(),
    errors: z
      .array(
        z.object({
          path: z.string(),
          message: z.string(),
          code: z.enum(FIELD_ERROR_CODES).describe('What is wrong, to be put into words of your own'),
          params: z
            .record(z.string(), z.union([z.string(), z.number()]))
            .optional()
            .describe('What the words of this code are filled with'),
        }),
      )
      .optional()
      .describe('Every wrong field, by its dotted path'),
    prices: z
      .array(z.object({ menuId: z.int(), price: z.number() }))
      .optional()
      .describe('With price_changed: the current prices in ₿'),
    current: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('With version_conflict: the present state of what was to be changed'),
    order: z.object({ id: z.int(), status: z.string() }).optional(),
    reportPizzaCreationErrorToPizzaFactoryUrl: z.string().optional(),
    followLinkToEndChaos: z.string().optional(),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problemSchema>;
