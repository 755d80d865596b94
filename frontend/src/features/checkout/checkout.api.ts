import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../lib/api-client.ts';
import { ApiError, hasCode, NetworkError } from '../../lib/api-error.ts';
import { newId } from '../../lib/new-id.ts';
import type { Cart, CartStore } from '../cart/cart.ts';
import type { CheckedLine, Quote } from './check-cart.ts';
import { forgetAttempt, idempotencyKeyFor } from './order-attempt.ts';

// Long enough for a pizza in a good hour; a slower one is followed on its own page.
const PREFERENCE = 'respond-async, wait=2';
const KEY_IN_USE_TRIES = 5;
const PAUSE_MS = 1_000;

interface Input {
  dinerId: number;
  store: CartStore;
  lines: readonly CheckedLine[];
  /** Aborts when the diner takes the input back while it could not be sent. */
  signal: AbortSignal;
}

async function readQuote(cart: Cart, signal: AbortSignal): Promise<Quote> {
  const { franchiseId = 0, storeId = 0 } = cart.store ?? {};
  const items = menuIdsOf(cart).map((menuId) => ({ menuId }));
  try {
    const quote = await callApi('POST /api/order/quote', { body: { franchiseId, storeId, items }, signal });
    return { isStoreOpen: quote.store.isOpen, items: quote.items };
  } catch (error) {
    // The only part of it that can be wrong: a store that was given up since the cart was filled.
    if (hasCode(error, 'invalid_input')) return { isStoreOpen: false, items: undefined };
    throw error;
  }
}

function menuIdsOf({ lines }: Cart): number[] {
  return [...new Set(lines.map(({ menuId }) => menuId))].sort((a, b) => a - b);
}

/** What the service would sell of this cart at this moment; asked anew for every payment. */
export function useQuote(cart: Cart) {
  return useQuery({
    queryKey: ['quote', cart.store?.storeId, menuIdsOf(cart)],
    queryFn: ({ signal }) => readQuote(cart, signal),
    enabled: cart.store !== null && cart.lines.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
}

async function placeOrder({ dinerId, store, lines, signal }: Input): Promise<number> {
  signal.throwIfAborted();
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
  const key = idempotencyKeyFor(fingerprint, sessionStorage, newId);
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

/**
 * Places the order and tells its id, also when the page that asked is left meanwhile. Without a connection it waits
 * and sends the same again under the same key, so that it stays one order.
 */
export function usePlaceOrder(onPlaced: (orderId: number, paid: Cart) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: placeOrder,
    networkMode: 'offlineFirst',
    retry: (failures, error) =>
      error instanceof NetworkError || (failures < KEY_IN_USE_TRIES && hasCode(error, 'key_in_use')),
    retryDelay: PAUSE_MS,
    onError: (error) => {
      if (error instanceof ApiError && error.problem.status === 409) {
        return Promise.all(
          ['quote', 'menu', 'stores'].map((key) => client.invalidateQueries({ queryKey: [key] })),
        );
      }
      return undefined;
    },
    onSuccess: (orderId, { store, lines }) => {
      void client.invalidateQueries({ queryKey: ['orders'] });
      onPlaced(orderId, { store, lines: lines.map(({ line }) => line) });
    },
  });
}
