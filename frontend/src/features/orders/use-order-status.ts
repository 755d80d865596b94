import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { OrderState } from '#contract/order-lifecycle.ts';
import { callApi } from '../../lib/api-client.ts';
import { hasCode } from '../../lib/api-error.ts';
import { followEvents } from '../../lib/follow-events.ts';

// Only while the stream fails, perhaps for many at once.
const ASK_AGAIN_MS = 2_000;

const isUnderWay = (status: OrderState | undefined) => status === 'making' || status === 'waiting';

/** Follows an order until it is final. The only place that knows how news of an order arrive. */
export function useOrderStatus(orderId: number) {
  const client = useQueryClient();
  const [isFlowing, setFlowing] = useState(false);
  // Read once by itself, because a stream cannot say why it is refused; and again when the stream fails.
  const query = useQuery({
    queryKey: ['order', orderId],
    queryFn: ({ signal }) => callApi('GET /api/order/:orderId', { params: { orderId }, signal }),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      isUnderWay(state.data?.order.status) && !isFlowing ? ASK_AGAIN_MS : false,
  });
  const isOpen = isUnderWay(query.data?.order.status);
  useEffect(() => {
    if (!isOpen) return;
    const queryKey = ['order', orderId];
    return followEvents('GET /api/order/:orderId/events', {
      params: { orderId },
      event: 'status',
      onFlow: setFlowing,
      onData: async (news) => {
        // An answer still under way is older than this event and must not replace it.
        await client.cancelQueries({ queryKey });
        client.setQueryData(queryKey, (known: object | undefined) => known && { ...known, ...news });
      },
    });
  }, [client, orderId, isOpen]);
  return {
    order: query.data?.order,
    jwt: query.data?.jwt,
    isUnknown: hasCode(query.error, 'not_found') || hasCode(query.error, 'invalid_input'),
    /** The last news could not be fetched; what is shown may be old, and we go on asking. */
    isLineLost: !isFlowing && (query.isError || query.failureCount > 0),
    error: query.error,
    refetch: query.refetch,
  };
}
