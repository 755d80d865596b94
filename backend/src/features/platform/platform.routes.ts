import type { EndpointDeclaration } from '#contract/endpoint.ts';
import { readDocs, readOpenApi, readStatus, welcome } from '#contract/platform.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/pool.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { presentEndpoint } from './docs.presenter.ts';
import { presentOpenApi } from './openapi.presenter.ts';
import { readLine, readTrouble } from './platform.repository.ts';
import { serviceStateOf } from './service-state.ts';

interface PlatformDeps {
  db: Database;
  version: string;
  publicUrl: string;
  /** The factory that clients of old are told of. */
  factoryOrigin: string;
  factoryOrigins: readonly string[];
  /** The whole table: documents show what exists. */
  endpoints: Readonly<Record<string, EndpointDeclaration>>;
  clock: Clock;
}

export function createPlatformRoutes(parts: PlatformDeps): Route[] {
  const startedAtMs = performance.now();
  // Only now, for the time is not known before the database has told it.
  let started: Date | undefined;
  const startedAt = (): Date => {
    started ??= new Date(parts.clock().getTime() - (performance.now() - startedAtMs));
    return started;
  };
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
      const line = await readLine(parts.db);
      const { kitchen, since } = serviceStateOf(line, await readTrouble(parts.db, parts.factoryOrigins));
      return {
        status: 200,
        body: { kitchen, since: (since ?? startedAt()).toISOString(), waiting: line.waiting },
      };
    }),
  ];
}
