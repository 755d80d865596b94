import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../lib/api-client.ts';
import { ApiError, hasCode, NetworkError } from '../../lib/api-error.ts';
import type { Cart, CartLine, SentOrder } from '../cart/cart.ts';
import type { Quote } from './check-cart.ts';

// Long enough for a pizza in a good hour; a slower one is followed on its own page.
const PREFERENCE = 'respond-async, wait=2';
const KEY_IN_USE_TRIES = 5;
const PAUSE_MS = 1_000;

// Judged by the service, which keeps nothing of what it refuses. Others say that it could not judge, or not now.
const FINAL_STATUSES = new Set([400, 404, 409, 413, 415, 422]);

export interface OrderInput {
  dinerId: number;
  orderKey: string;
  /** What was sent under the key, the newest last: that is to be sent now. */
  sent: readonly SentOrder[];
  /** Aborts when the diner takes the order back while it could not be sent. */
  signal?: AbortSignal;
}

export interface PlacedOrder {
  orderId: number;
  lines: readonly CartLine[];
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

function bodyOf({ store, lines }: SentOrder) {
  return {
    franchiseId: store.franchiseId,
    storeId: store.storeId,
    items: lines.map(({ menuId, title, price, quantity, note }) => ({
      menuId,
      description: title,
      price,
      quantity,
      ...(note.trim() && { note: note.trim() }),
    })),
  };
}

async function sendOrder({ dinerId, orderKey }: OrderInput, sent: SentOrder): Promise<number> {
  const headers = { prefer: PREFERENCE, 'idempotency-key': orderKey };
  try {
    const { order } = await callApi('POST /api/order', { headers, body: bodyOf(sent), actsFor: dinerId });
    return order.id;
  } catch (error) {
    const made = error instanceof ApiError ? error.problem.order : undefined;
    if (made) return made.id;
    throw error;
  }
}

/**
 * Sends the newest state of the cart. When its key belongs to another body, one that was sent before has arrived after
 * all, and that is the order.
 */
async function placeOrder(input: OrderInput): Promise<PlacedOrder> {
  input.signal?.throwIfAborted();
  let refusal: unknown;
  for (const sent of input.sent.toReversed()) {
    try {
      return { orderId: await sendOrder(input, sent), lines: sent.lines };
    } catch (error) {
      if (!hasCode(error, 'key_reused')) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** Whether nobody knows if the order arrived: the same is sent again under the same key, so that it stays one order. */
export function isInDoubt(error: unknown): boolean {
  return error instanceof NetworkError || hasCode(error, 'outcome_unknown');
}

/** Whether the service has said that this order is not stored and will not be, whatever was sent before. */
function isFinalRefusal(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const { code, status } = error.problem;
  if (code === 'key_in_use' || code === 'other_user') return false;
  return FINAL_STATUSES.has(status);
}

/** Told what became of an order, also when the page that asked is left meanwhile. */
export interface OrderOutcomes {
  onPlaced: (input: OrderInput, placed: PlacedOrder) => void;
  /** None of what was sent is stored. */
  onRefused: (input: OrderInput) => void;
  /** The key belongs to another order than any that was sent. */
  onUsedUp: (input: OrderInput) => void;
  /** Nobody asks any more, and what was sent may be stored. */
  onUnknown: (input: OrderInput) => void;
}

/** Places an order and tells what became of it. */
export function usePlaceOrder({ onPlaced, onRefused, onUsedUp, onUnknown }: OrderOutcomes) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: placeOrder,
    networkMode: 'offlineFirst',
    retry: (failures, error) =>
      isInDoubt(error) || (failures < KEY_IN_USE_TRIES && hasCode(error, 'key_in_use')),
    retryDelay: PAUSE_MS,
    onError: (error, input) => {
      if (hasCode(error, 'key_reused')) onUsedUp(input);
      else if (isFinalRefusal(error)) onRefused(input);
      else onUnknown(input);
      if (error instanceof ApiError && error.problem.status === 409) {
        return Promise.all(
          ['quote', 'menu', 'stores'].map((key) => client.invalidateQueries({ queryKey: [key] })),
        );
      }
      return undefined;
    },
    onSuccess: (placed, input) => {
      void client.invalidateQueries({ queryKey: ['orders'] });
      onPlaced(input, placed);
    },
  });
}
