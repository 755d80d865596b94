import type { RoleAssignment } from '#contract/users.ts';
import { callApi } from '../../../lib/api-client.ts';
import { useApi } from '../../../lib/use-api.ts';
import { useChange } from '../use-change.ts';

const USERS_A_PAGE = 10;
const SUGGESTIONS = 8;

const pattern = (filter: string) => (filter.trim() === '' ? '*' : `*${filter.trim()}*`);

/** One page of users whose name or address holds the filter; the first page is 1. */
export function useUsers(page: number, filter: string) {
  const name = pattern(filter);
  const query = { page, limit: USERS_A_PAGE, name };
  return useApi('GET /api/user', { queryKey: ['users', page, name], query, keepsPrevious: true });
}

/** The franchises somebody runs, by name. */
export const useFranchisesOf = (userId: number) =>
  useApi('GET /api/franchise/:userId', { queryKey: ['franchises-of', userId], params: { userId } });

/** A few franchises whose name holds what was typed. */
export function useFranchiseSuggestions(filter: string) {
  const name = pattern(filter);
  return useApi('GET /api/franchise', {
    queryKey: ['franchises', 'suggested', name],
    enabled: filter.trim() !== '',
    query: { page: 0, limit: SUGGESTIONS, name },
    keepsPrevious: true,
  });
}

export function useSaveRoles(userId: number) {
  return useChange((roles: RoleAssignment[]) =>
    callApi('PUT /api/user/:userId', { params: { userId }, body: { roles } }),
  );
}

export function useDeleteUser(userId: number) {
  return useChange(() => callApi('DELETE /api/user/:userId', { params: { userId }, body: {} }));
}
