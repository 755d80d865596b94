import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { flushSync } from 'react-dom';
import type { User } from '#contract/users.ts';
import { callApi } from '../../lib/api-client.ts';
import { hasCode } from '../../lib/api-error.ts';

const sessionKey = ['session'];
const SESSION_FRESH_MS = 5 * 60_000;

// Set beside the session's own cookie, which no script may read: without it a guest need not ask and be refused.
const SESSION_HINT = 'signed-in=1';

function mayHaveSession(): boolean {
  return document.cookie.split('; ').includes(SESSION_HINT);
}

/** Who is logged in: a user, null for a guest, undefined until we know. The cookie is the browser's business. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    staleTime: SESSION_FRESH_MS,
    queryFn: async ({ signal }): Promise<User | null> => {
      if (!mayHaveSession()) return null;
      return callApi('GET /api/user/me', { signal }).catch((error: unknown) => {
        if (hasCode(error, 'unauthorized')) return null;
        throw error;
      });
    },
  });
}

/** What one person may see leaves the cache with them; what is on the screen is asked for again. */
function changeUser(client: QueryClient, user: User | null): void {
  client.setQueryData(sessionKey, user);
  void client.resetQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
}

export function forgetSession(client: QueryClient): void {
  client.setQueryData(sessionKey, null);
}

export function useLogIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => callApi('PUT /api/auth', { body }),
    onSuccess: ({ user }) => changeUser(client, user),
  });
}

export function useRegister() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; email: string; password: string }) =>
      callApi('POST /api/auth', { body }),
    onSuccess: ({ user }) => changeUser(client, user),
  });
}

export interface AccountChanges {
  name?: string;
  email?: string;
  password?: string;
  currentPassword?: string;
}

/** Edits oneself; the session goes on. */
export function useUpdateAccount(userId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AccountChanges) => callApi('PUT /api/user/:userId', { params: { userId }, body }),
    onSuccess: ({ user }) => client.setQueryData(sessionKey, user),
  });
}

/** Deletes oneself. `onDeleted` comes before the session is gone, for the page would send a guest to log in. */
export function useDeleteAccount(userId: number, onDeleted: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi('DELETE /api/user/:userId', { params: { userId } }),
    onSuccess: () => {
      // The page must have let go of what was personal by then, or it would be asked for again without a session.
      flushSync(onDeleted);
      changeUser(client, null);
    },
  });
}

export function useLogOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      callApi('DELETE /api/auth', {}).catch((error: unknown) => {
        // A session that is over already is what was wanted.
        if (!hasCode(error, 'unauthorized')) throw error;
      }),
    onSuccess: () => changeUser(client, null),
  });
}
