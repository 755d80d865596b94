import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { EndpointRequest } from '#contract/endpoint.ts';
import type { EndpointOf } from '#contract/endpoints.ts';
import { callApi } from '../../lib/api-client.ts';
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

export function useFactories() {
  return useQuery({
    queryKey: ['operations', 'factory'],
    queryFn: ({ signal }) => callApi('GET /api/operations/factory', { signal }),
  });
}

export function useQueue(page: number) {
  return useQuery({
    queryKey: ['operations', 'line', page],
    queryFn: ({ signal }) =>
      callApi('GET /api/operations/queue', { query: { page, limit: ORDERS_A_PAGE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useFailedOrders(page: number) {
  return useQuery({
    queryKey: ['operations', 'line', 'failed', page],
    queryFn: ({ signal }) =>
      callApi('GET /api/operations/failed-orders', { query: { page, limit: ORDERS_A_PAGE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useFigures() {
  return useQuery({
    queryKey: ['operations', 'figures'],
    queryFn: ({ signal }) => callApi('GET /api/operations/figures', { signal }),
  });
}

export function useIncidents(page: number) {
  return useQuery({
    queryKey: ['operations', 'incidents', 'page', page],
    queryFn: ({ signal }) =>
      callApi('GET /api/operations/incidents', { query: { page, limit: INCIDENTS_A_PAGE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useIncident(incidentId: number) {
  return useQuery({
    queryKey: ['operations', 'incidents', incidentId],
    queryFn: ({ signal }) =>
      callApi('GET /api/operations/incidents/:incidentId', { params: { incidentId }, signal }),
  });
}

export function useIncidentReport(incidentId: number) {
  return useQuery({
    queryKey: ['operations', 'incidents', incidentId, 'report'],
    queryFn: ({ signal }) =>
      callApi('GET /api/operations/incidents/:incidentId/report', { params: { incidentId }, signal }),
  });
}

export function useDrill() {
  return useQuery({
    queryKey: ['operations', 'drill'],
    queryFn: ({ signal }) => callApi('GET /api/operations/drill', { signal }),
  });
}

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
export const useReport = () =>
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
