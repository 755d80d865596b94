import type { EndpointDeclaration } from '#contract/endpoint.ts';
import {
  readDocs,
  readLiveness,
  readOpenApi,
  readReadiness,
  readStatus,
  welcome,
} from '#contract/platform.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/pool.ts';
import { unavailable } from '../../errors.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { presentEndpoint } from './docs.presenter.ts';
import { presentOpenApi } from './openapi.presenter.ts';
import { readLine } from './platform.repository.ts';

const RETRY_AFTER_SECONDS = 2;

interface PlatformParts {
  db: Database;
  version: string;
  publicUrl: string;
  factoryOrigin: string;
  /** The whole table: documents show what exists. */
  endpoints: Readonly<Record<string, EndpointDeclaration>>;
  /** False while the node starts or stops, and when its database is away or not migrated. */
  isReady: () => Promise<boolean>;
  clock: Clock;
}

export function createPlatformRoutes(parts: PlatformParts): Route[] {
  const startedAt = parts.clock();
  // Made once, when first asked for: it never changes while the process lives.
  let openApi: ReturnType<typeof presentOpenApi> | undefined;
  return [
    route(welcome).handledBy(() => ({
      status: 200,
      body: { message: 'welcome to JWT Pizza', version: parts.version },
    })),

    route(readDocs).handledBy(() => ({
      status: 200,
      body: {
        version: parts.version,
        endpoints: Object.values(parts.endpoints).map((declaration) =>
          presentEndpoint(declaration, parts.publicUrl),
        ),
        config: { factory: parts.factoryOrigin, db: 'mysql' },
      },
    })),

    route(readOpenApi).handledBy(() => {
      openApi ??= presentOpenApi(parts.endpoints, parts.version);
      return { status: 200, body: openApi };
    }),

    route(readStatus).handledBy(async () => {
      const { waiting, since } = await readLine(parts.db);
      const kitchen = waiting === 0 ? 'well' : 'slow';
      return { status: 200, body: { kitchen, since: (since ?? startedAt).toISOString(), waiting } };
    }),

    route(readLiveness).handledBy(() => ({ status: 200, body: { status: 'live' } })),

    route(readReadiness).handledBy(async () => {
      if (!(await parts.isReady())) throw unavailable('not ready', RETRY_AFTER_SECONDS);
      return { status: 200, body: { status: 'ready' } };
    }),
  ];
}
