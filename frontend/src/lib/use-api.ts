import { keepPreviousData, type QueryKey, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { EndpointResult } from '#contract/endpoint.ts';
import type { EndpointKey, EndpointOf } from '#contract/endpoints.ts';
import { type CallOptions, callApi } from './api-client.ts';

interface CacheOptions {
  /** Where the answer lies in the cache; what changes it names the beginning of this. */
  queryKey: QueryKey;
  enabled?: boolean;
  staleTime?: number;
  refetchInterval?: number;
  /** Shows the answer of the page before until that of the next one is there. */
  keepsPrevious?: boolean;
}

/** Asks one endpoint of the contract for what a page shows. */
export function useApi<K extends EndpointKey>(
  endpoint: K,
  options: CacheOptions & Omit<CallOptions<K>, 'signal'>,
): UseQueryResult<EndpointResult<EndpointOf<K>>> {
  const { queryKey, enabled, staleTime, refetchInterval, keepsPrevious, ...input } = options;
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => callApi(endpoint, { ...input, signal } as unknown as CallOptions<K>),
    ...(enabled !== undefined && { enabled }),
    ...(staleTime !== undefined && { staleTime }),
    ...(refetchInterval !== undefined && { refetchInterval }),
    ...(keepsPrevious && { placeholderData: keepPreviousData }),
  });
}
