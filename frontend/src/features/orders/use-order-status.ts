import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrderState } from '#contract/order-lifecycle.ts';
import { callApi } from '../../lib/api-client.ts';
import { hasCode } from '../../lib/api-error.ts';
import { useLiveQuery } from '../../lib/use-live-query.ts';

// Only while the stream fails, perhaps for many at once.
const POLL_MS = 2_000;

const isUnderWay = (status: OrderState | undefined) => status === 'making' || status === 'waiting';

/** Follows an order until it is final. The only place that knows how news of an order arrive. */
export function useOrderStatus(orderId: number) {
  const client = useQueryClient();
  const queryKey = ['order', orderId];
  // Read once by itself, because a stream cannot say why it is refused; and again when the stream fails.
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => callApi('GET /api/order/:orderId', { params: { orderId }, signal }),
    staleTime: 0,
  });
  const isFlowing = useLiveQuery('GET /api/order/:orderId/events', {
    queryKey,
    pollMs: POLL_MS,
    isOpen: isUnderWay(query.data?.order.status),
    params: { orderId },
    event: 'status',
    onData: async (news) => {
      // An answer still under way is older than this event and must not replace it.
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (known: object | undefined) => known && { ...known, ...news });
    },
  });
  return {
    order: query.data?.order,
    jwt: query.data?.jwt,
    isUnknown: hasCode(query.error, 'not_found') || hasCode(query.error, 'invalid_input'),
    /** The last news could not be fetched; what is shown may be old, and we go on asking. */
    isConnectionLost: !isFlowing && (query.isError || query.failureCount > 0),
    error: query.error,
    refetch: query.refetch,
  };
}
