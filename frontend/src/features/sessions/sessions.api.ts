import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../lib/api-client.ts';
import { hasCode } from '../../lib/api-error.ts';
import { useApi } from '../../lib/use-api.ts';

const sessionsKey = ['sessions'];

export function useSessions() {
  return useApi('GET /api/session', { queryKey: sessionsKey, staleTime: 0 });
}

function useChangeOfSessions<V>(change: (input: V) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
}

export function useEndSession() {
  return useChangeOfSessions((sessionId: string) =>
    callApi('DELETE /api/session/:sessionId', { params: { sessionId } }).catch((error: unknown) => {
      // A session that is over already is what was wanted.
      if (!hasCode(error, 'not_found')) throw error;
    }),
  );
}

export function useEndOtherSessions() {
  return useChangeOfSessions(() => callApi('DELETE /api/session', {}));
}
