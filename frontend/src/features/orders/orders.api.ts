import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../lib/api-client.ts';
import { hasCode } from '../../lib/api-error.ts';

export function useOrders(page: number) {
  return useQuery({
    queryKey: ['orders', page],
    queryFn: ({ signal }) => callApi('GET /api/order', { query: { page }, signal }),
    placeholderData: keepPreviousData,
  });
}

export type Verdict = 'valid' | 'invalid';

/** Asks the service whether the factory's signature is on this pizza. */
async function verifyPizza(jwt: string): Promise<Verdict> {
  try {
    await callApi('POST /api/order/verify', { body: { jwt } });
    return 'valid';
  } catch (error) {
    if (hasCode(error, 'invalid_pizza')) return 'invalid';
    throw error;
  }
}

export function useVerifyPizza() {
  return useMutation({ mutationFn: verifyPizza });
}

/** What a diner may still do about an order. Either way the page then looks at it anew. */
export type OrderChange = 'cancel' | 'retry';

export function useChangeOrder(orderId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: OrderChange) =>
      callApi(change === 'cancel' ? 'POST /api/order/:orderId/cancel' : 'POST /api/order/:orderId/retry', {
        params: { orderId },
      }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['order', orderId] }),
        client.invalidateQueries({ queryKey: ['orders'] }),
      ]),
  });
}
