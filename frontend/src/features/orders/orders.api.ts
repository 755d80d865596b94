import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../lib/api-client.ts';
import { hasCode } from '../../lib/api-error.ts';
import { useApi } from '../../lib/use-api.ts';
import { checkSignature, type SignatureCheck } from './check-signature.ts';

export const useOrders = (page: number) =>
  useApi('GET /api/order', { queryKey: ['orders', page], query: { page }, keepsPrevious: true });

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

const KEYS_FRESH_MS = 10 * 60_000;

/** Keys fetched before are good enough without a connection; a pizza with a key they lack asks for them anew. */
async function checkOneself(jwt: string, client: QueryClient): Promise<SignatureCheck> {
  const fetchKeys = (staleTime: number) =>
    client.fetchQuery({
      queryKey: ['pizza-keys'],
      queryFn: () => callApi('GET /api/order/keys', {}),
      staleTime,
    });
  const check = async (staleTime: number) =>
    checkSignature(jwt, (await fetchKeys(staleTime)).keys, new Date());
  try {
    const found = await check(KEYS_FRESH_MS);
    const isKeyMissing = 'because' in found && (found.because === 'key' || found.because === 'keys');
    return isKeyMissing ? await check(0) : found;
  } catch {
    return { verdict: 'unknown', because: 'connection' };
  }
}

/** Lets this browser find out by itself whether the factory signed a pizza. */
export function useOwnCheck() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (jwt: string) => checkOneself(jwt, client) });
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
