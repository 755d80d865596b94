import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { EndpointRequest } from '#contract/endpoint.ts';
import type { EndpointOf } from '#contract/endpoints.ts';
import type { OrderState } from '#contract/order-lifecycle.ts';
import { callApi, callForText } from '../../../lib/api-client.ts';
import { useApi } from '../../../lib/use-api.ts';
import { useLiveQuery } from '../../../lib/use-live-query.ts';
import type { Period } from './period.ts';

const ORDERS_A_PAGE = 10;
const STORES_FRESH_MS = 30_000;
// Only while the stream fails.
const POLL_MS = 5_000;

export type SalesReportBy = 'day' | 'store' | 'item';
export type StoreChanges = EndpointRequest<
  EndpointOf<'PUT /api/franchise/:franchiseId/store/:storeId'>
>['body'];

/** Orders and figures are read anew when the service says that they changed. Answers whether it can say so right now. */
export function useFranchiseNews(franchiseId: number): boolean {
  const client = useQueryClient();
  return useLiveQuery('GET /api/franchise/:franchiseId/events', {
    queryKey: ['franchise', franchiseId],
    pollMs: POLL_MS,
    params: { franchiseId },
    event: 'orders',
    onData: () => {
      for (const part of ['orders', 'report'])
        void client.invalidateQueries({ queryKey: ['franchise', franchiseId, part] });
    },
  });
}

export const useSalesReport = (franchiseId: number, period: Period, by: SalesReportBy) =>
  useApi('GET /api/franchise/:franchiseId/report', {
    queryKey: ['franchise', franchiseId, 'report', by, period.from, period.to],
    params: { franchiseId },
    query: { ...period, by },
    keepsPrevious: true,
  });

/** The same figures as a file for a spreadsheet. */
export function fetchSalesReportFile(
  franchiseId: number,
  period: Period,
  by: SalesReportBy,
): Promise<string> {
  const input = { params: { franchiseId }, query: { ...period, by } };
  return callForText('GET /api/franchise/:franchiseId/report', input, 'text/csv');
}

export function fetchOrdersFile(franchiseId: number, days: Period, signal: AbortSignal): Promise<string> {
  return callForText('GET /api/franchise/:franchiseId/orders/export', {
    params: { franchiseId },
    query: days,
    signal,
  });
}

export interface OrderFilter {
  status?: OrderState;
  storeId?: number;
}

export const useFranchiseOrders = (franchiseId: number, filter: OrderFilter, before: number | undefined) =>
  useApi('GET /api/franchise/:franchiseId/orders', {
    queryKey: ['franchise', franchiseId, 'orders', filter, before],
    params: { franchiseId },
    query: { ...filter, before, limit: ORDERS_A_PAGE },
    keepsPrevious: true,
  });

export const useStores = (franchiseId: number) =>
  useApi('GET /api/franchise/:franchiseId/store', {
    queryKey: ['franchise', franchiseId, 'stores'],
    params: { franchiseId },
    // Hours begin and end, pauses run out, and colleagues change things, without an order that would tell of it.
    refetchInterval: STORES_FRESH_MS,
  });

export const usePizzas = () => useApi('GET /api/order/menu', { queryKey: ['menu', 'all'], query: {} });

/** What franchisees do with their stores; whatever came of it, the franchise is then read anew. */
function useStoreAction<Input, Answer>(franchiseId: number, act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => client.invalidateQueries({ queryKey: ['franchise', franchiseId] }),
  });
}

export const useCreateStore = (franchiseId: number) =>
  useStoreAction(franchiseId, (name: string) =>
    callApi('POST /api/franchise/:franchiseId/store', { params: { franchiseId }, body: { name } }),
  );

export const useChangeStore = (franchiseId: number, storeId: number) =>
  useStoreAction(franchiseId, (body: StoreChanges) =>
    callApi('PUT /api/franchise/:franchiseId/store/:storeId', { params: { franchiseId, storeId }, body }),
  );

export const useCloseStore = (franchiseId: number, storeId: number) =>
  useStoreAction(franchiseId, () =>
    callApi('DELETE /api/franchise/:franchiseId/store/:storeId', { params: { franchiseId, storeId } }),
  );

export const useSoldOut = (franchiseId: number, storeId: number) =>
  useStoreAction(franchiseId, ({ menuId, soldOut }: { menuId: number; soldOut: boolean }) =>
    callApi('PUT /api/franchise/:franchiseId/store/:storeId/menu/:menuId', {
      params: { franchiseId, storeId, menuId },
      body: { soldOut },
    }),
  );
