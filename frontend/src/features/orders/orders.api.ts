import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
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
