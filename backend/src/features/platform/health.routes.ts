import { readLiveness, readReadiness } from '#contract/platform.ts';
import { unavailable } from '../../errors.ts';
import { type Route, route } from '../../http/endpoint-router.ts';

const RETRY_AFTER_SECONDS = 2;

/**
 * For whoever restarts a process or sends it traffic. `isReady`: the database has just stored something of this node, on
 * a schema that is up to date, and the node is not leaving; the factory is no part of it. It asks nobody, so that a
 * frozen database does not freeze the answer.
 */
export function createHealthRoutes(isReady: () => boolean): Route[] {
  return [
    route(readLiveness).handledBy(() => ({ status: 200, body: { status: 'live' } })),

    route(readReadiness).handledBy(() => {
      if (!isReady()) throw unavailable('not ready', RETRY_AFTER_SECONDS);
      return { status: 200, body: { status: 'ready' } };
    }),
  ];
}
