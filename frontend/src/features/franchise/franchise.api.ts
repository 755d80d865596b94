import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../lib/api-client.ts';

/** The franchises somebody runs; an empty list for anybody else. */
export function useOwnFranchises(userId: number) {
  return useQuery({
    queryKey: ['own-franchises', userId],
    queryFn: ({ signal }) => callApi('GET /api/franchise/:userId', { params: { userId }, signal }),
  });
}
