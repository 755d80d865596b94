import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { openingHoursSchema, timeZoneSchema } from './opening-hours.ts';
import { dateSchema, idSchema, lineOfText, messageSchema } from './primitives.ts';
import { expectedVersion, versionSchema } from './versions.ts';

const storeParams = z.object({ franchiseId: idSchema, storeId: idSchema });
const storeName = lineOfText({ max: 100 });
const ofFranchise = (refusal: string) =>
  ({ who: 'franchisee-or-admin', param: 'franchiseId', refusal }) as const;

export const createStore = endpoint({
  method: 'POST',
  path: '/api/franchise/:franchiseId/store',
  summary: 'Open a store',
  description: 'A new store is open around the clock until it is given opening hours.',
  access: { ...ofFranchise('unable to create a store'), foreign: 'forbidden' },
  params: z.object({ franchiseId: idSchema }),
  body: z.object({ name: storeName }),
  answers: {
    200: {
      description: 'The new store',
      schema: z.object({ id: z.int(), franchiseId: z.int(), name: z.string(), totalRevenue: z.number() }),
      example: { id: 9, franchiseId: 1, name: 'SLC', totalRevenue: 0 },
    },
  },
  errors: ['not_found'],
  example: { params: { franchiseId: 1 }, body: { name: 'SLC' } },
});

export const updateStore = endpoint({
  method: 'PUT',
  path: '/api/franchise/:franchiseId/store/:storeId',
  summary: 'Edit a store',
  description:
    'Changes what is given: name, time zone, opening hours (null: always open), pause. With the `version` the change was made from (`If-Match`, or in the body), it is refused when somebody else changed the store meanwhile.',
  access: ofFranchise('unable to edit a store'),
  params: storeParams,
  headers: expectedVersion.headers,
  body: z.object({
    ...expectedVersion.body,
    name: storeName.optional(),
    timeZone: timeZoneSchema.optional(),
    openingHours: openingHoursSchema.nullable().optional(),
    paused: z
      .boolean(issueText('not_boolean'))
      .optional()
      .describe('True: takes no orders until it is reopened, or for `pausedForMinutes`'),
    pausedForMinutes: z
      .int(issueText('not_whole_number'))
      .min(1, issueText('too_little', { min: 1 }))
      .max(10_080, issueText('too_much', { max: 10_080 }))
      .optional(),
  }),
  answers: {
    200: {
      description: 'The store as it is now',
      schema: z.object({
        id: z.int(),
        franchiseId: z.int(),
        name: z.string(),
        timeZone: z.string(),
        openingHours: openingHoursSchema.nullable(),
        pausedUntil: dateSchema.nullable(),
        isOpen: z.boolean(),
        version: versionSchema,
      }),
      example: {
        id: 1,
        franchiseId: 1,
        name: 'SLC',
        timeZone: 'America/Denver',
        openingHours: { weekdays: { 5: [{ opens: '17:00', closes: '02:00' }] } },
        pausedUntil: null,
        isOpen: true,
        version: 2,
      },
    },
  },
  errors: ['not_found', 'version_conflict'],
  example: { params: { franchiseId: 1, storeId: 1 }, body: { paused: true, pausedForMinutes: 30 } },
});

export const deleteStore = endpoint({
  method: 'DELETE',
  path: '/api/franchise/:franchiseId/store/:storeId',
  summary: 'Close a store for good',
  description: 'A store that has orders is archived, so that its history stays true.',
  access: ofFranchise('unable to delete a store'),
  params: storeParams,
  answers: {
    200: { description: 'The store is gone', schema: messageSchema, example: { message: 'store deleted' } },
  },
  errors: ['not_found'],
  example: { params: { franchiseId: 1, storeId: 1 } },
});

export const setSoldOut = endpoint({
  method: 'PUT',
  path: '/api/franchise/:franchiseId/store/:storeId/menu/:menuId',
  summary: 'Mark a pizza sold out in a store',
  description: 'Or available again. Sold out everywhere is the menu’s own business.',
  access: ofFranchise('unable to edit a store'),
  params: storeParams.extend({ menuId: idSchema }),
  body: z.object({ soldOut: z.boolean(issueText('not_boolean')) }),
  answers: {
    200: {
      description: 'How it is now',
      schema: z.object({ storeId: z.int(), menuId: z.int(), soldOut: z.boolean() }),
      example: { storeId: 1, menuId: 2, soldOut: true },
    },
  },
  errors: ['not_found'],
  example: { params: { franchiseId: 1, storeId: 1, menuId: 2 }, body: { soldOut: true } },
});
