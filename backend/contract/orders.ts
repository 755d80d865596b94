import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { ORDER_REASONS, ORDER_STATES } from './order-lifecycle.ts';
import { bitcoinSchema, dateSchema, echoedPage, idSchema, lineOfText } from './primitives.ts';

export const MAX_PIZZAS_PER_ORDER = 20;

const orderItemSchema = z
  .object({
    id: z.int().describe('Place of the pizza in the order, from 1'),
    menuId: z.int(),
    description: z.string(),
    price: z.number().describe('In ₿, as charged'),
    note: z.string().optional(),
  })
  .meta({ id: 'OrderItem' });

export const orderSchema = z
  .object({
    id: z.int(),
    franchiseId: z.int(),
    franchiseName: z.string(),
    storeId: z.int(),
    storeName: z.string(),
    date: dateSchema,
    status: z.enum(ORDER_STATES),
    reason: z.string().optional().describe('Why it waits or failed, for people'),
    reasonCode: z.enum(ORDER_REASONS).optional().describe('Why it waits, failed or was cancelled'),
    placeInLine: z.int().optional().describe('While it waits: 1 is next'),
    givenUpAt: dateSchema
      .optional()
      .describe('While it is made or waits: until when we go on trying; absent while it waits for us'),
    total: z.number().describe('In ₿; charged only when the order is ready'),
    items: z.array(orderItemSchema),
  })
  .meta({ id: 'Order' });
export type Order = z.output<typeof orderSchema>;

/** An order with its pizza and all it went through. */
export const exportedOrderSchema = z
  .object({
    order: orderSchema,
    jwt: z.string().optional().describe('Once the order is ready'),
    history: z.array(z.object({ status: z.enum(ORDER_STATES), at: dateSchema, cause: z.string() })),
  })
  .meta({ id: 'ExportedOrder' });
export type ExportedOrder = z.output<typeof exportedOrderSchema>;

/** What is told of an order whose database went away just after it was stored. */
const acceptedOrderSchema = z
  .object({ id: z.int(), status: z.enum(ORDER_STATES) })
  .meta({ id: 'AcceptedOrder' });

export const ORDER_EXAMPLE = {
  id: 23,
  franchiseId: 1,
  franchiseName: 'pizzaPocket',
  storeId: 1,
  storeName: 'SLC',
  date: '2026-11-23T18:00:00.000Z',
  status: 'ready',
  total: 0.0038,
  items: [{ id: 1, menuId: 1, description: 'Veggie', price: 0.0038 }],
} as const;
const JWT_EXAMPLE = 'eyJhbGciOiJSUzI1NiIsImtpZCI6ImZhY3RvcnkifQ.eyJ2ZW5kb3IiOnsiaWQiOiJqd3QifX0.c2lnbmF0dXJl';

const orderedItemSchema = z.object({
  menuId: idSchema,
  description: lineOfText({ min: 0, max: 255 }).optional().describe('Ignored: the title comes from the menu'),
  price: bitcoinSchema.optional().describe('The price the diner agreed to, in ₿'),
  quantity: z
    .int(issueText('not_whole_number'))
    .min(1, issueText('too_little', { min: 1 }))
    .max(MAX_PIZZAS_PER_ORDER, issueText('too_much', { max: MAX_PIZZAS_PER_ORDER }))
    .default(1),
  note: lineOfText({ min: 0, max: 140 }).optional(),
});

const PIZZA_COUNT = issueText('wrong_pizza_count', { max: MAX_PIZZAS_PER_ORDER });

/** `respond-async` and `wait` of RFC 7240; other preferences are ignored, as it demands. */
const preferHeader = z
  .string()
  .max(200, issueText('too_long', { count: 200 }))
  .optional();

export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

export const placeOrder = endpoint({
  method: 'POST',
  path: '/api/order',
  summary: 'Place an order',
  description:
    'Stores the order, then asks the factory for it. A client that sends `Prefer: respond-async` (RFC 7240; `wait=N` seconds, at most 10) is answered 202 when the pizza takes longer; any other client waits for the truth. The price charged is the menu price and never more than the price agreed to. With an `Idempotency-Key` the same request sent again answers the same order.',
  access: { who: 'session' },
  headers: z.object({
    prefer: preferHeader,
    'idempotency-key': z.string().regex(IDEMPOTENCY_KEY, issueText('not_idempotency_key')).optional(),
  }),
  body: z.object({
    franchiseId: idSchema,
    storeId: idSchema,
    items: z
      .array(orderedItemSchema, issueText('not_pizza_list'))
      .min(1, PIZZA_COUNT)
      .max(MAX_PIZZAS_PER_ORDER, PIZZA_COUNT)
      .refine(
        (items) => items.reduce((sum, item) => sum + item.quantity, 0) <= MAX_PIZZAS_PER_ORDER,
        PIZZA_COUNT,
      ),
  }),
  answers: {
    200: {
      description: 'The pizza is made and its signature was verified',
      schema: z.object({
        order: orderSchema,
        jwt: z.string().optional().describe('Absent only when a repeated request finds its order cancelled'),
        reportSlowPizzaToFactoryUrl: z.string().optional(),
        followLinkToEndChaos: z.string().optional(),
      }),
      example: { order: ORDER_EXAMPLE, jwt: JWT_EXAMPLE },
    },
    202: {
      description: 'The order is safe and is being made; look again at `Location`',
      schema: z.object({ order: z.union([orderSchema, acceptedOrderSchema]) }),
      example: { order: { ...ORDER_EXAMPLE, status: 'making' } },
    },
  },
  errors: [
    'price_changed',
    'item_unavailable',
    'store_closed',
    'key_in_use',
    'key_reused',
    'factory_failed',
    'outcome_unknown',
  ],
  example: {
    body: { franchiseId: 1, storeId: 1, items: [{ menuId: 1, description: 'Veggie', price: 0.0038 }] },
  },
});
export type OrderedItem = z.output<typeof orderedItemSchema>;

export const listOrders = endpoint({
  method: 'GET',
  path: '/api/order',
  summary: 'List my orders',
  description:
    "The session's own orders, newest first, ten a page. Pages count from 1. `next` is the address of the following page: orders that come in between do not shift it, as they shift numbers.",
  access: { who: 'session' },
  query: z.object({
    page: echoedPage,
    before: idSchema.optional().describe('Orders with a smaller id, whatever the page; see `next`'),
  }),
  answers: {
    200: {
      description: 'One page of orders',
      schema: z.object({
        dinerId: z.int(),
        orders: z.array(orderSchema),
        page: z.union([z.int(), z.string()]).describe('As it was sent'),
        more: z.boolean(),
        next: z.string().optional().describe('Address of the following page, when there is one'),
      }),
      example: { dinerId: 3, orders: [ORDER_EXAMPLE], page: 1, more: false },
    },
  },
  errors: [],
  example: { query: { page: 1 } },
});

export const orderParams = z.object({ orderId: idSchema });

export const readOrder = endpoint({
  method: 'GET',
  path: '/api/order/:orderId',
  summary: 'Read one order',
  description:
    'One of my orders as it stands now, with its pizza once it is ready and every state it went through.',
  access: { who: 'session', param: 'orderId' },
  params: z.object({ orderId: idSchema }),
  answers: {
    200: {
      description: 'The order',
      schema: z.object({
        ...exportedOrderSchema.shape,
        attempts: z
          .array(
            z.object({
              number: z.int(),
              at: dateSchema,
              factory: z.string(),
              outcome: z.string(),
              httpStatus: z.int().nullable(),
              totalMs: z.int(),
              signature: z.string().nullable(),
            }),
          )
          .optional()
          .describe('For admins'),
      }),
      example: {
        order: ORDER_EXAMPLE,
        jwt: JWT_EXAMPLE,
        history: [
          { status: 'making', at: '2026-11-23T18:00:00.000Z', cause: 'placed' },
          { status: 'ready', at: '2026-11-23T18:00:00.120Z', cause: 'made' },
        ],
      },
    },
  },
  errors: ['not_found'],
  example: { params: { orderId: 23 } },
});

export const verifyPizza = endpoint({
  method: 'POST',
  path: '/api/order/verify',
  summary: 'Verify a pizza',
  description:
    "Checks a pizza's signature against the public keys of our factories. Needs no session: anybody may check.",
  access: { who: 'everyone' },
  body: z.object({
    jwt: z
      .string(issueText('not_text'))
      .min(1, issueText('empty'))
      .max(32_768, issueText('too_long', { count: 32_768 })),
  }),
  answers: {
    200: {
      description: 'The signature is good',
      schema: z.object({ message: z.literal('valid'), payload: z.record(z.string(), z.unknown()) }),
      example: {
        message: 'valid',
        payload: { vendor: { id: 'jwt', name: 'JWT Pizza' }, diner: {}, order: {} },
      },
    },
  },
  errors: ['invalid_pizza'],
  example: { body: { jwt: JWT_EXAMPLE } },
});
