import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { User } from '#contract/users.ts';
import { actFor, actingUser, awaitLogIn, onOtherUser } from '../../lib/acting-user.ts';
import { callApi } from '../../lib/api-client.ts';
import { hasCode } from '../../lib/api-error.ts';

const sessionKey = ['session'];
const SESSION_FRESH_MS = 5 * 60_000;

// Set beside the session's own cookie, which no script may read: without it a guest need not ask and be refused.
const SESSION_HINT = 'signed-in=1';

export function mayHaveSession(): boolean {
  return document.cookie.split('; ').includes(SESSION_HINT);
}

async function readSession(signal: AbortSignal): Promise<User | null> {
  // Both cookies end by themselves, too; whoever was at work is asked to log in, and not sent away.
  if (!mayHaveSession() && !(actingUser() && (await awaitLogIn()) === 'same')) return null;
  return callApi('GET /api/user/me', { signal }).catch((error: unknown) => {
    if (hasCode(error, 'unauthorized')) return null;
    throw error;
  });
}

/** Who is logged in: a user, null for a guest, undefined until we know. The cookie is the browser's business. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    staleTime: SESSION_FRESH_MS,
    queryFn: ({ signal }) => readSession(signal),
    // Who has no session is a guest from the first frame on.
    ...(!mayHaveSession() && { initialData: null }),
  });
}

/** What one person may see leaves the cache with them; what is on the screen is asked for again. */
export function changeUser(client: QueryClient, user: User | null): void {
  client.setQueryData(sessionKey, user);
  void client.resetQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
}

/** Puts changed details of the same user in the place of the old. */
export function keepUser(client: QueryClient, user: User): void {
  client.setQueryData(sessionKey, user);
}

export function forgetSession(client: QueryClient): void {
  client.setQueryData(sessionKey, null);
}

/** Somebody else has logged in, in another tab: this page becomes theirs, and forgets what it knew. */
export async function takeUpSession(client: QueryClient): Promise<void> {
  const user = await callApi('GET /api/user/me', {}).catch(() => undefined);
  // Without an answer the page stays whose it was; the service refuses what it would do for another.
  if (user) changeUser(client, user);
}

/** The page is drawn for whoever the cache says, from the moment it says so. */
export function actForSession(client: QueryClient): void {
  client.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] !== sessionKey[0]) return;
    const { data } = query.state as { data?: User | null };
    actFor(data === undefined ? undefined : (data?.id ?? null));
  });
  onOtherUser(() => void takeUpSession(client));
}
