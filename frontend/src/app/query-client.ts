import { onlineManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { actForSession, forgetSession } from '../features/auth/session.ts';
import { ApiError, hasCode } from '../lib/api-error.ts';
import { isServiceReachable, onConnectivityChange } from '../lib/connectivity.ts';

const TRIES_AFTER_THE_FIRST = 2;
const FRESH_FOR_MS = 30_000;

/** The cache of server state. A refusal is an answer and is not asked again; a lost connection is. */
export function createQueryClient(): QueryClient {
  // Whether the service answers, and not only whether the device has some network: what failed is asked for again then.
  onlineManager.setEventListener((setOnline) => onConnectivityChange(() => setOnline(isServiceReachable())));
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // A session can end elsewhere; the first refused question tells, and the pages follow.
      onError: (error) => {
        if (hasCode(error, 'unauthorized')) forgetSession(client);
      },
    }),
    defaultOptions: {
      // Never put off until the connection is back: a page that waits without a word looks broken.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: FRESH_FOR_MS,
        retry: (failures, error) => {
          const isRefusal = error instanceof ApiError && error.problem.status < 500;
          return !isRefusal && failures < TRIES_AFTER_THE_FIRST;
        },
      },
    },
  });
  actForSession(client);
  return client;
}
