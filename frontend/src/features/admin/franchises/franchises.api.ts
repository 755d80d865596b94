import { callApi } from '../../../lib/api-client.ts';
import { useApi } from '../../../lib/use-api.ts';
import { useChange } from '../use-change.ts';

const FRANCHISES_A_PAGE = 10;

/** One page of all franchises whose name holds the filter; the first is 1, which the service calls 0. */
export function useFranchises(page: number, filter: string) {
  const name = filter.trim() === '' ? '*' : `*${filter.trim()}*`;
  const query = { page: page - 1, limit: FRANCHISES_A_PAGE, name };
  return useApi('GET /api/franchise', { queryKey: ['franchises', page, name], query, keepsPrevious: true });
}

export interface FranchiseInput {
  name: string;
  admins: { email: string }[];
}

/** Creates a franchise, which takes all of it, or changes these fields of the one of this id. */
export function useSaveFranchise(franchiseId: number | undefined) {
  return useChange((body: Partial<FranchiseInput>) =>
    franchiseId === undefined
      ? callApi('POST /api/franchise', { body: body as FranchiseInput })
      : callApi('PUT /api/franchise/:franchiseId', { params: { franchiseId }, body }),
  );
}

export function useCloseFranchise(franchiseId: number) {
  return useChange(() => callApi('DELETE /api/franchise/:franchiseId', { params: { franchiseId } }));
}

export function useCloseStore(key: { franchiseId: number; storeId: number }) {
  return useChange(() => callApi('DELETE /api/franchise/:franchiseId/store/:storeId', { params: key }));
}
