import { QueryCache, QueryClient } from '@tanstack/react-query';
import { forgetSession } from '../features/auth/auth.api.ts';
import { ApiError, hasCode } from '../lib/api-error.ts';

const TRIES_AFTER_THE_FIRST = 2;
const FRESH_FOR_MS = 30_000;

/** The cache of server state. A refusal is an answer and is not asked again; a lost line is. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // A session can end elsewhere; the first refused question tells, and the pages follow.
      onError: (error) => {
        if (hasCode(error, 'unauthorized')) forgetSession(client);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_FOR_MS,
        retry: (failures, error) => {
          const isRefusal = error instanceof ApiError && error.problem.status < 500;
          return !isRefusal && failures < TRIES_AFTER_THE_FIRST;
        },
      },
    },
  });
  return client;
}
