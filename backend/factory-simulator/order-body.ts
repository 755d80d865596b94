import { z } from 'zod';
import type { OrderId } from './journal.ts';

const idSchema = z.union([z.number(), z.string().min(1)]);

/** Loose: what else a vendor sends goes into the pizza as it came. */
export const orderBodySchema = z.looseObject({
  diner: z.looseObject({ id: idSchema, name: z.string(), email: z.string() }),
  order: z.looseObject({
    id: idSchema,
    franchiseId: idSchema,
    storeId: idSchema,
    items: z.array(z.looseObject({ menuId: idSchema, description: z.string(), price: z.number() })),
  }),
});

export type OrderBody = z.output<typeof orderBodySchema>;

/** Answers the order's id from a body that nobody has checked yet, or null. */
export function orderIdOf(body: unknown): OrderId | null {
  const id = (body as { order?: { id?: unknown } | null } | null | undefined)?.order?.id;
  return typeof id === 'number' || typeof id === 'string' ? id : null;
}

/** Answers whether this asks for nothing but a sign of life. */
export function isProbe(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0;
}
