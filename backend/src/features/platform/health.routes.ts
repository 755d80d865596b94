import { readLiveness, readReadiness } from '#contract/platform.ts';
import { unavailable } from '../../errors.ts';
import { type Route, route } from '../../http/endpoint-router.ts';

const RETRY_AFTER_SECONDS = 2;

/** For whoever restarts a process or sends it traffic. `isReady`: database and schema are there; the factory is no part of it. */
export function createHealthRoutes(isReady: () => Promise<boolean>): Route[] {
  return [
    route(readLiveness).handledBy(() => ({ status: 200, body: { status: 'live' } })),

    route(readReadiness).handledBy(async () => {
      if (!(await isReady())) throw unavailable('not ready', RETRY_AFTER_SECONDS);
      return { status: 200, body: { status: 'ready' } };
    }),
  ];
}
