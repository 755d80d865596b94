import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { flushSync } from 'react-dom';
import type { User } from '#contract/users.ts';
import { forgetLastUser, settleLogIn } from '../../lib/acting-user.ts';
import { callApi } from '../../lib/api-client.ts';
import { hasCode, NoCookieError } from '../../lib/api-error.ts';
import { tellOtherTabs } from './other-tabs.ts';
import { changeUser, keepUser, mayHaveSession } from './session.ts';

function logIn(client: QueryClient, user: User): void {
  changeUser(client, user);
  tellOtherTabs(user.id);
}

function logOut(client: QueryClient): void {
  forgetLastUser();
  changeUser(client, null);
  client.getMutationCache().clear();
  void forgetStoreMenus();
  tellOtherTabs(null);
}

interface Credentials {
  email: string;
  password: string;
}

/** A browser that keeps no cookies would be a guest again at once, and be asked to log in for ever. */
async function withCookie<T>(answer: Promise<T>): Promise<T> {
  const opened = await answer;
  if (!mayHaveSession()) throw new NoCookieError();
  return opened;
}

// As service-worker.ts names it. A menu that was asked for with a store tells which store somebody chose.
const MENU_CACHE = 'jwt-pizza.menu';

async function forgetStoreMenus(): Promise<void> {
  try {
    const menus = await caches.open(MENU_CACHE);
    for (const request of await menus.keys()) if (new URL(request.url).search) await menus.delete(request);
  } catch {
    // Nothing is kept in this browser.
  }
}

export function useLogIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials) => withCookie(callApi('PUT /api/auth', { body })),
    onSuccess: ({ user }) => logIn(client, user),
  });
}

/** Logs in where a session has ended: what waits for it goes on, unless it was another user's. */
export function useLogInAgain({ id }: User) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials) => withCookie(callApi('PUT /api/auth', { body })),
    onSuccess: ({ user }) => {
      const isSame = user.id === id;
      if (isSame) keepUser(client, user);
      else logIn(client, user);
      if (isSame) tellOtherTabs(id);
      settleLogIn(isSame ? 'same' : 'other');
    },
  });
}

export function useRegister() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; email: string; password: string }) =>
      withCookie(callApi('POST /api/auth', { body })),
    onSuccess: ({ user }) => logIn(client, user),
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
    onSuccess: ({ user }) => keepUser(client, user),
  });
}

/** Deletes oneself. `onDeleted` comes before the session is gone, for the page would send a guest to log in. */
export function useDeleteAccount(userId: number, onDeleted: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { currentPassword?: string }) =>
      callApi('DELETE /api/user/:userId', { params: { userId }, body }),
    onSuccess: () => {
      // The page must have let go of what was personal by then, or it would be asked for again without a session.
      flushSync(onDeleted);
      logOut(client);
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
    onSuccess: () => logOut(client),
  });
}
