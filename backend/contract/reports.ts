import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { ORDER_STATES } from './order-lifecycle.ts';
import { orderSchema } from './orders.ts';
import { boundedInteger, idSchema } from './primitives.ts';

export const franchiseParams = z.object({ franchiseId: idSchema });
/** Who may read what belongs to a franchise. */
export const readsFranchise = {
  who: 'franchisee-or-admin',
  param: 'franchiseId',
  refusal: 'unable to read a franchise',
} as const;
const LONGEST_REPORT_DAYS = 366;
const DAY_MS = 86_400_000;

export const listFranchiseOrders = endpoint({
  method: 'GET',
  path: '/api/franchise/:franchiseId/orders',
  summary: "List a franchise's orders",
  description:
    'Newest first. The next page is asked for with `before`, the id of the last order of this one.',
  access: readsFranchise,
  params: franchiseParams,
  query: z.object({
    before: idSchema.optional(),
    limit: boundedInteger({ min: 1, max: 100, fallback: 20 }),
    status: z.enum(ORDER_STATES, issueText('not_order_state')).optional(),
    storeId: idSchema.optional(),
  }),
  answers: {
    200: {
      description: 'One page of orders; of their diners nothing but the notes on the pizzas',
      schema: z.object({ orders: z.array(orderSchema), more: z.boolean() }),
      example: { orders: [], more: false },
    },
  },
  errors: ['not_found'],
  example: { params: { franchiseId: 1 }, query: { limit: 20 } },
});

const figuresSchema = z.object({
  orders: z.int().describe('Orders whose pizzas were made'),
  pizzas: z.int(),
  revenue: z.number().describe('In ₿'),
  late: z.int().describe('Of these, orders that waited for the factory'),
  failed: z.int().describe('Orders that were not made because of the factory'),
});

const day = z.iso.date(issueText('not_like', { example: '2026-11-23' }));

export const readFranchiseReport = endpoint({
  method: 'GET',
  path: '/api/franchise/:franchiseId/report',
  summary: "Read a franchise's figures",
  description:
    'Revenue, orders and pizzas by day, store or item, for the days from `from` to `to` (both included, at most a year). Days are those of each store by its own clock; a franchise adds them up. As CSV with `Accept: text/csv`.',
  access: readsFranchise,
  params: franchiseParams,
  query: z
    .object({
      from: day,
      to: day,
      by: z.enum(['day', 'store', 'item'], issueText('not_grouping')).default('day'),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: issueText('before_from') })
    .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < LONGEST_REPORT_DAYS * DAY_MS, {
      path: ['to'],
      message: issueText('too_many_days', { days: LONGEST_REPORT_DAYS }),
    }),
  answers: {
    200: {
      description: 'The figures',
      schema: z.object({
        from: day,
        to: day,
        by: z.enum(['day', 'store', 'item']),
        timeZones: z
          .array(z.string())
          .describe('Whose days these are: the time zones of the stores, each once'),
        rows: z.array(
          z.object({
            key: z.string().describe('Day, or id of store or item'),
            name: z.string(),
            ...figuresSchema.shape,
          }),
        ),
        total: figuresSchema,
      }),
      alternative: 'text/csv',
      example: {
        from: '2026-11-23',
        to: '2026-11-23',
        by: 'day',
        timeZones: ['America/Denver'],
        rows: [
          {
            key: '2026-11-23',
            name: '2026-11-23',
            orders: 2,
            pizzas: 3,
            revenue: 0.0122,
            late: 0,
            failed: 0,
          },
        ],
        total: { orders: 2, pizzas: 3, revenue: 0.0122, late: 0, failed: 0 },
      },
    },
  },
  errors: ['not_found'],
  example: { params: { franchiseId: 1 }, query: { from: '2026-11-01', to: '2026-11-30', by: 'day' } },
});
