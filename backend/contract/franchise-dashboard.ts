import { z } from 'zod';
import { EVENT_STREAM, endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { openingHoursSchema } from './opening-hours.ts';
import { dateSchema } from './primitives.ts';
import { franchiseParams, readsFranchise } from './reports.ts';
import { versionSchema } from './versions.ts';

/** So many days of orders are one answer; whoever wants a year asks month by month. */
const LONGEST_PART_DAYS = 31;
const DAY_MS = 86_400_000;

const storeSettingsSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    isOpen: z.boolean().describe('Whether the store takes orders right now'),
    timeZone: z.string(),
    openingHours: openingHoursSchema.nullable().describe('Null: always open'),
    pausedUntil: dateSchema.nullable().describe('The year 9999: until it is reopened'),
    archivedAt: dateSchema.nullable().describe('When it was closed for good; its orders and figures stay'),
    soldOut: z.array(z.int()).describe('Ids of the pizzas that are sold out in this store'),
    version: versionSchema,
  })
  .meta({ id: 'StoreSettings' });
export type StoreSettings = z.output<typeof storeSettingsSchema>;

export const listStores = endpoint({
  method: 'GET',
  path: '/api/franchise/:franchiseId/store',
  summary: "List a franchise's stores with their settings",
  description: 'Open stores by name, then those that were closed for good.',
  access: readsFranchise,
  params: franchiseParams,
  answers: {
    200: {
      description: 'The stores',
      schema: z.object({
        franchise: z.object({ id: z.int(), name: z.string() }),
        stores: z.array(storeSettingsSchema),
      }),
      example: {
        franchise: { id: 1, name: 'pizzaPocket' },
        stores: [
          {
            id: 1,
            name: 'SLC',
            isOpen: true,
            timeZone: 'America/Denver',
            openingHours: { weekdays: { 5: [{ opens: '17:00', closes: '02:00' }] } },
            pausedUntil: null,
            archivedAt: null,
            soldOut: [2],
            version: 1,
          },
        ],
      },
    },
  },
  errors: ['not_found'],
  example: { params: { franchiseId: 1 } },
});

export const followFranchise = endpoint({
  method: 'GET',
  path: '/api/franchise/:franchiseId/events',
  summary: "Follow a franchise's orders",
  description:
    'Server-sent events: one now, and one whenever an order of the franchise is placed or changes, at most once a second. Whoever gets one reads orders and figures anew. The stream ends with the session, and after ten minutes.',
  access: readsFranchise,
  params: franchiseParams,
  answers: {
    200: {
      description: 'Events named `orders`',
      schema: z
        .object({ event: z.literal('orders'), data: z.object({}) })
        .meta({ id: 'FranchiseOrdersEvent' }),
      mediaType: EVENT_STREAM,
      example: { event: 'orders', data: {} },
    },
  },
  errors: ['not_found'],
  example: { params: { franchiseId: 1 } },
});

const day = z.iso.date(issueText('not_like', { example: '2026-11-23' }));

export const exportFranchiseOrders = endpoint({
  method: 'GET',
  path: '/api/franchise/:franchiseId/orders/export',
  summary: "Export a franchise's orders",
  description:
    'The orders placed on the days from `from` to `to` (both included, at most 31; by the clock of the store) as CSV, oldest first; of their diners nothing but the notes on the pizzas. It begins with a byte-order mark.',
  access: readsFranchise,
  params: franchiseParams,
  query: z
    .object({ from: day, to: day })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: issueText('before_from') })
    .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < LONGEST_PART_DAYS * DAY_MS, {
      path: ['to'],
      message: issueText('too_many_days', { days: LONGEST_PART_DAYS }),
    }),
  answers: {
    200: {
      description: 'A header row and a row for each order',
      schema: z.string(),
      mediaType: 'text/csv; charset=utf-8',
      example:
        'order,placed,store,status,pizzas,total,notes\r\n23,2026-11-23T18:00:00.000Z,SLC,ready,2,0.00800000,Veggie: no nuts\r\n',
    },
  },
  errors: ['not_found'],
  example: { params: { franchiseId: 1 }, query: { from: '2026-11-01', to: '2026-11-30' } },
});
