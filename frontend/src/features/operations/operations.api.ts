import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { EndpointRequest } from '#contract/endpoint.ts';
import type { EndpointOf } from '#contract/endpoints.ts';
import { callApi } from '../../lib/api-client.ts';
import { useApi } from '../../lib/use-api.ts';
import { useLiveQuery } from '../../lib/use-live-query.ts';

const ORDERS_A_PAGE = 10;
const INCIDENTS_A_PAGE = 8;
// Only while the stream fails.
const POLL_MS = 5_000;

export type DrillInput = EndpointRequest<EndpointOf<'POST /api/operations/drill'>>['body'];

/** Each part of the page is read again when the service says that it changed. Answers whether it can say so right now. */
export function useOperationsNews(): boolean {
  const client = useQueryClient();
  return useLiveQuery('GET /api/operations/events', {
    queryKey: ['operations'],
    pollMs: POLL_MS,
    params: undefined,
    event: 'changed',
    onData: ({ parts }) => {
      for (const part of parts) void client.invalidateQueries({ queryKey: ['operations', part] });
    },
  });
}

export const useFactories = () =>
  useApi('GET /api/operations/factory', { queryKey: ['operations', 'factory'] });

export const useQueue = (page: number) =>
  useApi('GET /api/operations/queue', {
    queryKey: ['operations', 'line', page],
    query: { page, limit: ORDERS_A_PAGE },
    keepsPrevious: true,
  });

export const useFailedOrders = (page: number) =>
  useApi('GET /api/operations/failed-orders', {
    queryKey: ['operations', 'line', 'failed', page],
    query: { page, limit: ORDERS_A_PAGE },
    keepsPrevious: true,
  });

export const useFigures = () =>
  useApi('GET /api/operations/figures', { queryKey: ['operations', 'figures'] });

export const useIncidents = (page: number) =>
  useApi('GET /api/operations/incidents', {
    queryKey: ['operations', 'incidents', 'page', page],
    query: { page, limit: INCIDENTS_A_PAGE },
    keepsPrevious: true,
  });

export const useIncident = (incidentId: number) =>
  useApi('GET /api/operations/incidents/:incidentId', {
    queryKey: ['operations', 'incidents', incidentId],
    params: { incidentId },
  });

export const useIncidentReport = (incidentId: number) =>
  useApi('GET /api/operations/incidents/:incidentId/report', {
    queryKey: ['operations', 'incidents', incidentId, 'report'],
    params: { incidentId },
  });

export const useDrill = () => useApi('GET /api/operations/drill', { queryKey: ['operations', 'drill'] });

/** What an operator does; whatever the outcome, the page is then read again. */
function useOperationsAction<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => client.invalidateQueries({ queryKey: ['operations'] }),
  });
}

export const useProbe = () => useOperationsAction(() => callApi('POST /api/operations/factory/probe', {}));
export const useHold = () =>
  useOperationsAction((input: 'hold' | 'resume') =>
    callApi(
      input === 'hold' ? 'POST /api/operations/factory/hold' : 'POST /api/operations/factory/resume',
      {},
    ),
  );
export const useReportIncident = () =>
  useOperationsAction((incidentId: number) =>
    callApi('POST /api/operations/incidents/:incidentId/report', { params: { incidentId } }),
  );
export const useStartDrill = () =>
  useOperationsAction((body: DrillInput) => callApi('POST /api/operations/drill', { body }));
export const useStopDrill = () => useOperationsAction(() => callApi('DELETE /api/operations/drill', {}));
export const useChangeOrder = (orderId: number) =>
  useOperationsAction((change: 'cancel' | 'retry') =>
    callApi(change === 'cancel' ? 'POST /api/order/:orderId/cancel' : 'POST /api/order/:orderId/retry', {
      params: { orderId },
    }),
  );
