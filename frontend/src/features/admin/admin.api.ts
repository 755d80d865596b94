import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { callApi } from '../../lib/api-client.ts';

const FRANCHISES_A_PAGE = 10;

/** One page of all franchises whose name holds the wish; pages count from 0. */
export function useFranchises(page: number, wish: string) {
  const name = wish.trim() === '' ? '*' : `*${wish.trim()}*`;
  return useQuery({
    queryKey: ['franchises', page, name],
    queryFn: ({ signal }) =>
      callApi('GET /api/franchise', { query: { page, limit: FRANCHISES_A_PAGE, name }, signal }),
    placeholderData: keepPreviousData,
  });
}
