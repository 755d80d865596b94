import { useQuery } from '@tanstack/react-query';
import type { OrderState } from '#contract/orders.ts';
import { callApi } from '../../lib/api-client.ts';
import { hasCode } from '../../lib/api-error.ts';

const POLL_MS = 1_000;

const isUnderWay = (status: OrderState | undefined) => status === 'making' || status === 'waiting';

/** Follows an order until it is final. The only place that knows how news of an order arrive. */
export function useOrderStatus(orderId: number) {
  const query = useQuery({
    queryKey: ['order', orderId],
    queryFn: ({ signal }) => callApi('GET /api/order/:orderId', { params: { orderId }, signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (isUnderWay(state.data?.order.status) ? POLL_MS : false),
  });
  return {
    order: query.data?.order,
    jwt: query.data?.jwt,
    history: query.data?.history,
    isUnknown: hasCode(query.error, 'not_found') || hasCode(query.error, 'invalid_input'),
    /** The last news could not be fetched; what is shown may be old, and we go on asking. */
    isLineLost: query.isError || query.failureCount > 0,
    error: query.error,
    refetch: query.refetch,
  };
}
