import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../lib/api-client.ts';
import { ApiError, hasCode } from '../../lib/api-error.ts';
import type { CartStore } from '../cart/cart.ts';
import type { CheckedLine } from './check-cart.ts';
import { forgetAttempt, idempotencyKeyFor } from './order-attempt.ts';

// Long enough for a pizza in a good hour; a slower one is followed on its own page.
const PREFERENCE = 'respond-async, wait=2';
const KEY_IN_USE_TRIES = 5;
const KEY_IN_USE_PAUSE_MS = 1_000;

interface Wish {
  dinerId: number;
  store: CartStore;
  lines: readonly CheckedLine[];
}

async function placeOrder({ dinerId, store, lines }: Wish): Promise<number> {
  const body = {
    franchiseId: store.franchiseId,
    storeId: store.storeId,
    items: lines.map(({ line, price }) => ({
      menuId: line.menuId,
      description: line.title,
      price,
      quantity: line.quantity,
      ...(line.note.trim() && { note: line.note.trim() }),
    })),
  };
  const fingerprint = JSON.stringify([dinerId, body]);
  const key = idempotencyKeyFor(fingerprint, sessionStorage, () => crypto.randomUUID());
  try {
    const headers = { prefer: PREFERENCE, 'idempotency-key': key };
    const { order } = await callApi('POST /api/order', { headers, body });
    forgetAttempt(sessionStorage);
    return order.id;
  } catch (error) {
    const made = error instanceof ApiError ? error.problem.order : undefined;
    // The key can be used up by an order that failed since; a new press is then a new order.
    if (made || hasCode(error, 'key_reused')) forgetAttempt(sessionStorage);
    if (made) return made.id;
    throw error;
  }
}

/** Places the order and answers its id. The caller looks at menu and stores anew when it is refused. */
export function usePlaceOrder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: placeOrder,
    retry: (failures, error) => failures < KEY_IN_USE_TRIES && hasCode(error, 'key_in_use'),
    retryDelay: KEY_IN_USE_PAUSE_MS,
    onError: (error) => {
      if (error instanceof ApiError && error.problem.status === 409) {
        return Promise.all(['menu', 'stores'].map((key) => client.invalidateQueries({ queryKey: [key] })));
      }
      return undefined;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['orders'] }),
  });
}
