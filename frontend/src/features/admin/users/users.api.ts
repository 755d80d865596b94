import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RoleAssignment } from '#contract/users.ts';
import { callApi } from '../../../lib/api-client.ts';
import { useChange } from '../use-change.ts';

const USERS_A_PAGE = 10;
const SUGGESTIONS = 8;

const pattern = (filter: string) => (filter.trim() === '' ? '*' : `*${filter.trim()}*`);

/** One page of users whose name or address holds the filter; the first page is 1. */
export function useUsers(page: number, filter: string) {
  const name = pattern(filter);
  return useQuery({
    queryKey: ['users', page, name],
    queryFn: ({ signal }) => callApi('GET /api/user', { query: { page, limit: USERS_A_PAGE, name }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** The franchises somebody runs, by name. */
export function useFranchisesOf(userId: number) {
  return useQuery({
    queryKey: ['franchises-of', userId],
    queryFn: ({ signal }) => callApi('GET /api/franchise/:userId', { params: { userId }, signal }),
  });
}

/** A few franchises whose name holds what was typed. */
export function useFranchiseSuggestions(filter: string) {
  const name = pattern(filter);
  return useQuery({
    queryKey: ['franchises', 'suggested', name],
    enabled: filter.trim() !== '',
    queryFn: ({ signal }) =>
      callApi('GET /api/franchise', { query: { page: 0, limit: SUGGESTIONS, name }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useSaveRoles(userId: number) {
  return useChange((roles: RoleAssignment[]) =>
    callApi('PUT /api/user/:userId', { params: { userId }, body: { roles } }),
  );
}

export function useDeleteUser(userId: number) {
  return useChange(() => callApi('DELETE /api/user/:userId', { params: { userId } }));
}
