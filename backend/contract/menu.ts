import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { bitcoinSchema, idSchema, lineOfText, pictureSchema } from './primitives.ts';
import { expectedVersion, versionSchema } from './versions.ts';

export const menuItemSchema = z
  .object({
    id: z.int(),
    title: z.string(),
    image: z
      .string()
      .describe(
        'Address of the picture; a relative path is of ours, and is told whole to pages of other sites',
      ),
    price: z.number().describe('In ₿'),
    description: z.string(),
    available: z
      .boolean()
      .describe('False when it is sold out: everywhere, or in the store that was asked for'),
    version: versionSchema,
  })
  .meta({ id: 'MenuItem' });
export type MenuItem = z.output<typeof menuItemSchema>;

const menuExample = [
  {
    id: 1,
    title: 'Veggie',
    image: '/pictures/veggie.webp',
    price: 0.0038,
    description: 'A garden of delight',
    available: true,
    version: 1,
  },
];
const wholeMenu = {
  200: { description: 'The whole menu', schema: z.array(menuItemSchema), example: menuExample },
};

export const readMenu = endpoint({
  method: 'GET',
  path: '/api/order/menu',
  summary: 'Read the menu',
  description:
    'Every pizza on the menu in its order, with the price a diner pays. With `storeId` it says what that store has.',
  access: { who: 'everyone' },
  query: z.object({ storeId: idSchema.optional() }),
  isShared: true,
  answers: wholeMenu,
  errors: [],
  example: {},
});

const menuAccess = { who: 'admin', refusal: 'unable to add menu item' } as const;
const title = lineOfText({ max: 100 });
const description = lineOfText({ max: 255 });
// So that even the dearest order, 20 of the dearest pizza, adds exactly in satoshi.
const DEAREST_BITCOIN = 1_000_000;
const price = bitcoinSchema
  .max(DEAREST_BITCOIN, issueText('too_much', { max: DEAREST_BITCOIN }))
  .refine((bitcoin) => bitcoin > 0, issueText('not_positive'));
const menuParams = z.object({ menuId: idSchema });

export const addMenuItem = endpoint({
  method: 'PUT',
  path: '/api/order/menu',
  summary: 'Add a pizza to the menu',
  description: 'Adds a pizza at the end of the menu.',
  access: menuAccess,
  body: z.object({ title, description, image: pictureSchema, price }),
  answers: wholeMenu,
  errors: [],
  example: {
    body: {
      title: 'Student',
      description: 'No topping, no sauce, just carbs',
      image: 'pizza9.png',
      price: 0.0001,
    },
  },
});

export const updateMenuItem = endpoint({
  method: 'PUT',
  path: '/api/order/menu/:menuId',
  summary: 'Edit a pizza of the menu',
  description:
    'Changes what is given and nothing else. Orders placed before keep the title and price they were placed with. With the `version` the change was made from (`If-Match`, or in the body), it is refused when somebody else changed the pizza meanwhile.',
  access: menuAccess,
  params: menuParams,
  headers: expectedVersion.headers,
  body: z.object({
    ...expectedVersion.body,
    title: title.optional(),
    description: description.optional(),
    image: pictureSchema.optional(),
    price: price.optional(),
    available: z.boolean(issueText('not_boolean')).optional(),
  }),
  answers: wholeMenu,
  errors: ['not_found', 'version_conflict'],
  example: { params: { menuId: 1 }, body: { price: 0.004 } },
});

export const retireMenuItem = endpoint({
  method: 'DELETE',
  path: '/api/order/menu/:menuId',
  summary: 'Take a pizza off the menu',
  description: 'The pizza can no longer be ordered; orders that have it keep it.',
  access: menuAccess,
  params: menuParams,
  answers: wholeMenu,
  errors: ['not_found'],
  example: { params: { menuId: 1 } },
});

export const reorderMenu = endpoint({
  method: 'PUT',
  path: '/api/order/menu/order',
  summary: 'Reorder the menu',
  description: 'Takes the ids of the whole menu in their new order.',
  access: menuAccess,
  body: z.object({
    menuIds: z
      .array(idSchema, issueText('not_id_list'))
      .min(1, issueText('empty'))
      .max(500, issueText('too_many_entries', { count: 500 })),
  }),
  answers: wholeMenu,
  errors: [],
  example: { body: { menuIds: [2, 1] } },
});
