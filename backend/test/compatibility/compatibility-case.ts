import { z } from 'zod';
import type { Method } from '#contract/endpoint.ts';

/** Who asks. A `newcomer` registers for one case, so that it may change or delete them. */
export type Person =
  | 'guest'
  | 'newcomer'
  | 'diner'
  | 'otherDiner'
  | 'franchisee'
  | 'otherFranchisee'
  | 'admin';

/**
 * A request as a table can hold it. `{diner.id}` in its path or body stands for what the world knows by that name;
 * `{new}` is a word that nobody has used.
 */
export interface CompatibilityRequest {
  request: `${Method | 'OPTIONS'} /${string}`;
  as?: Person;
  body?: unknown;
  headers?: Record<string, string>;
}

/** One line of the table: what existing clients send, and the status and shape that they take. */
export interface CompatibilityCase extends CompatibilityRequest {
  law: string;
  status: number;
  shape?: z.ZodType;
  /** What must have happened before; `keep` gives the answer a name in the world. */
  before?: (CompatibilityRequest & { keep?: string })[];
  answerHeaders?: Record<string, string | RegExp>;
  /** Only for a server that allows the pages of another origin. */
  isCrossOrigin?: true;
}

const message = (text: string) => z.looseObject({ message: z.literal(text) });
/** Errors as existing clients read them: a status, and a sentence in `message`. */
export const refusals = {
  unauthorized: message('unauthorized'),
  required: message('name, email, and password are required'),
  unknownUser: message('unknown user'),
  unknownEndpoint: message('unknown endpoint'),
  any: z.looseObject({ message: z.string().min(1) }),
  says: message,
};

const id = z.int().min(1);
const role = z.looseObject({ role: z.enum(['diner', 'franchisee', 'admin']) });
const user = z.looseObject({ id, name: z.string(), email: z.string(), roles: z.array(role).min(1) });
const token = z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);
const price = z.number().min(0);
const person = z.looseObject({ id, name: z.string(), email: z.string() });
const menuItem = z.looseObject({
  id,
  title: z.string(),
  image: z.string(),
  price,
  description: z.string(),
});
const order = z.looseObject({
  id,
  franchiseId: id,
  storeId: id,
  date: z.iso.datetime(),
  items: z.array(z.looseObject({ id, menuId: id, description: z.string(), price })).min(1),
});
const ownStore = z.looseObject({ id, name: z.string(), totalRevenue: price });

/** Successes, with the fields that existing clients use; more fields are no fault. */
export const shapes = {
  says: message,
  welcome: z.looseObject({ message: z.literal('welcome to JWT Pizza'), version: z.string() }),
  docs: z.looseObject({
    version: z.string(),
    endpoints: z
      .array(
        z.looseObject({
          method: z.string(),
          path: z.string(),
          description: z.string(),
          example: z.unknown(),
          response: z.unknown(),
        }),
      )
      .min(10),
    config: z.looseObject({ factory: z.string(), db: z.string() }),
  }),
  user,
  session: z.looseObject({ user, token }),
  sessionOf: (email: string) => z.looseObject({ user: user.extend({ email: z.literal(email) }), token }),
  newDiner: z.looseObject({
    user: user.extend({ roles: z.array(z.looseObject({ role: z.literal('diner') })).length(1) }),
    token,
  }),
  edited: z.looseObject({ user }),
  users: z.looseObject({ users: z.array(user).min(1), more: z.boolean() }),
  oneUserOfMany: z.looseObject({ users: z.array(user).length(1), more: z.literal(true) }),
  menu: z.array(menuItem).min(1),
  menuWithAddresses: z.array(menuItem.extend({ image: z.url({ protocol: /^https?$/ }) })).min(1),
  orders: (page: number | string) =>
    z.looseObject({ dinerId: id, orders: z.array(order), page: z.literal(page) }),
  someOrders: z.looseObject({ dinerId: id, orders: z.array(order).min(1) }),
  placed: z.looseObject({ order, jwt: token }),
  verified: z.looseObject({
    message: z.literal('valid'),
    payload: z.looseObject({ order: z.looseObject({ id }) }),
  }),
  chaos: (chaos: boolean) => z.looseObject({ chaos: z.literal(chaos) }),
  franchises: z.looseObject({
    franchises: z
      .array(
        z.looseObject({
          id,
          name: z.string(),
          stores: z.array(z.looseObject({ id, name: z.string() })),
        }),
      )
      .min(1),
    more: z.boolean(),
  }),
  noFranchises: z.looseObject({ franchises: z.array(z.unknown()).length(0), more: z.literal(false) }),
  franchisesWithFigures: z.looseObject({
    franchises: z
      .array(z.looseObject({ id, name: z.string(), admins: z.array(person), stores: z.array(ownStore) }))
      .min(1),
    more: z.boolean(),
  }),
  ownFranchises: z
    .array(z.looseObject({ id, name: z.string(), admins: z.array(person).min(1), stores: z.array(ownStore) }))
    .min(1),
  nothing: z.array(z.unknown()).length(0),
  newFranchise: z.looseObject({
    id,
    name: z.string(),
    admins: z.array(person).min(1),
    stores: z.array(z.unknown()).length(0),
  }),
  newStore: z.looseObject({ id, franchiseId: id, name: z.string(), totalRevenue: z.literal(0) }),
};
