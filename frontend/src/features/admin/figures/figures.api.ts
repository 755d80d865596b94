import { callApi } from '../../../lib/api-client.ts';
import { NetworkError } from '../../../lib/api-error.ts';
import { isServiceReachable, onConnectivityChange } from '../../../lib/connectivity.ts';
import { useApi } from '../../../lib/use-api.ts';

export type Mode = 'check' | 'rebuild';

export interface FigureStore {
  id: number;
  name: string | null;
}

/** The stores, and who recomputes: that is true for a moment only. */
export const useFigureStores = () =>
  useApi('GET /api/operations/recompute', { queryKey: ['recompute'], staleTime: 0 });

/** Resolves once the service can be reached again; the page's own question after its state finds that out. */
function untilReachable(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isServiceReachable() && !signal.aborted) return;
      forget();
      signal.removeEventListener('abort', look);
      resolve();
    };
    const forget = onConnectivityChange(look);
    signal.addEventListener('abort', look);
    look();
  });
}

interface Step {
  run: string;
  mode: Mode;
  storeId: number;
  signal: AbortSignal;
  onLost: (isLost: boolean) => void;
}

/** Recomputes one store. While the connection is lost it waits, and asks again: twice asked does no harm. */
export async function recomputeStore({ run, mode, storeId, signal, onLost }: Step) {
  for (;;) {
    try {
      const params = { run, storeId };
      return await callApi('PUT /api/operations/recompute/:run/store/:storeId', {
        params,
        body: { mode },
        signal,
      });
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      onLost(true);
      await untilReachable(signal);
      signal.throwIfAborted();
      onLost(false);
    }
  }
}

/** Lets the next one in; should this not arrive, the service does so by itself after a while. */
export async function endRecompute(run: string): Promise<void> {
  await callApi('DELETE /api/operations/recompute/:run', { params: { run } }).catch(() => undefined);
}
