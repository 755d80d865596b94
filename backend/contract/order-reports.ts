import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { dateSchema, idSchema } from './primitives.ts';

const params = z.object({
  orderId: idSchema,
  token: z.string().regex(/^[\w-]{22}$/, issueText('not_report_token')),
});
const EXAMPLE = { params: { orderId: 23, token: 'q1w2e3r4t5y6u7i8o9p0aA' } };

const reportSchema = z.object({
  message: z.string(),
  state: z
    .enum(['seen', 'calling', 'done', 'failed'])
    .describe('`done`: the factory thanked for the report; whether it helped is proved by the next pizza'),
  factory: z.string().nullable().describe("The host of the factory's own report URL"),
  calledAt: dateSchema.nullable(),
});

const report = {
  message: 'the fault was reported to the factory',
  state: 'done',
  factory: 'factory.example.com',
  calledAt: '2026-11-23T18:00:00.171Z',
} as const;

export const readReportLink = endpoint({
  method: 'GET',
  path: '/api/order/:orderId/report/:token',
  summary: 'Look at the report of a failed order',
  description:
    'What `reportPizzaCreationErrorToPizzaFactoryUrl` of a failed order leads to when the factory’s own address holds a secret: the state of the report, and with `Accept: text/html` a page with the button that makes it. The token is the right to it, for a day; with a session it must be the owner’s or an admin’s.',
  access: { who: 'everyone', param: 'orderId' },
  params,
  answers: {
    200: {
      description: 'The state of the report',
      schema: reportSchema,
      example: { ...report, message: 'not reported yet', state: 'seen', calledAt: null },
      alternative: 'text/html',
    },
  },
  errors: ['not_found'],
  example: EXAMPLE,
});

export const followReportLink = endpoint({
  method: 'POST',
  path: '/api/order/:orderId/report/:token',
  summary: 'Report the fault to the factory',
  description:
    'Makes the report the factory asked for when it refused the order. The same report is never made twice at once, a report that was made a moment ago is not made again, and at most 12 reach a factory a minute, half of them by way of links. One that is not made now is answered 429, or, when the factory has thanked for it, with its state.',
  access: { who: 'everyone', param: 'orderId' },
  params,
  answers: {
    200: {
      description: 'What came of it',
      schema: reportSchema,
      example: report,
      alternative: 'text/html',
    },
  },
  errors: ['not_found'],
  example: EXAMPLE,
});
