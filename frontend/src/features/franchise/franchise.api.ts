import { useApi } from '../../lib/use-api.ts';

/** The franchises somebody runs; an empty list for anybody else. */
export const useOwnFranchises = (userId: number) =>
  useApi('GET /api/franchise/:userId', { queryKey: ['own-franchises', userId], params: { userId } });
