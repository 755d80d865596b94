import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { ORDER_EXAMPLE, orderParams, orderSchema, placeOrder } from './orders.ts';

const orderAnswer = {
  200: {
    description: 'The order as it is now',
    schema: z.object({ order: orderSchema }),
    example: { order: ORDER_EXAMPLE },
  },
};

export const cancelOrder = endpoint({
  method: 'POST',
  path: '/api/order/:orderId/cancel',
  summary: 'Cancel an order',
  description: 'Takes back an order that is not made yet; nothing is charged. For its diner and for admins.',
  access: { who: 'session', param: 'orderId' },
  params: orderParams,
  answers: orderAnswer,
  errors: ['not_found', 'state_conflict'],
  example: { params: { orderId: 23 } },
});

export const retryOrder = endpoint({
  method: 'POST',
  path: '/api/order/:orderId/retry',
  summary: 'Try a failed order again',
  description:
    'Puts a failed order back into the queue with fresh patience, if it could be placed now. It is charged the prices it was placed with, or lower ones of the menu; when the menu is dearer now, the answer is `price_changed` with the current prices. For its diner and for admins.',
  access: { who: 'session', param: 'orderId' },
  params: orderParams,
  answers: orderAnswer,
  errors: ['not_found', 'state_conflict', 'price_changed', 'item_unavailable', 'store_closed'],
  example: { params: { orderId: 23 } },
});

export const quoteOrder = endpoint({
  method: 'POST',
  path: '/api/order/quote',
  summary: 'Check an order before placing it',
  description:
    'Answers what placing it now would check: the price of each line, whether it is to be had, whether the store is open. Stores nothing.',
  access: { who: 'everyone' },
  body: placeOrder.body,
  answers: {
    200: {
      description: 'The quote',
      schema: z.object({
        canOrder: z.boolean(),
        store: z.object({ id: z.int(), name: z.string(), isOpen: z.boolean() }),
        items: z.array(
          z.object({
            menuId: z.int(),
            title: z.string(),
            price: z.number(),
            quantity: z.int(),
            problem: z.enum(['unknown', 'sold_out', 'price_changed']).optional(),
          }),
        ),
        total: z.number(),
      }),
      example: {
        canOrder: true,
        store: { id: 1, name: 'SLC', isOpen: true },
        items: [{ menuId: 1, title: 'Veggie', price: 0.0038, quantity: 1 }],
        total: 0.0038,
      },
    },
  },
  errors: [],
  example: { body: { franchiseId: 1, storeId: 1, items: [{ menuId: 1, price: 0.0038 }] } },
});

export const setChaos = endpoint({
  method: 'PUT',
  path: '/api/order/chaos/:state',
  summary: 'Let the simulated factory fail at random',
  description: 'Only where the factory is simulated; anywhere else there is no such endpoint.',
  access: { who: 'admin' },
  params: z.object({ state: z.enum(['true', 'false'], issueText('not_boolean')) }),
  answers: {
    200: { description: 'How it is now', schema: z.object({ chaos: z.boolean() }), example: { chaos: true } },
  },
  errors: ['unknown_endpoint'],
  example: { params: { state: 'true' } },
});
