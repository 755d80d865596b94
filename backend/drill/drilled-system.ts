import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pickFreePort } from '../local-stack/ports.ts';
import { readOrMakeSecrets } from '../local-stack/secrets.ts';
import type { DrillDatabase } from './drill-database.ts';
import { type FactoryControl, startFactory } from './factory-control.ts';
import { createServiceUnderDrill, type ServiceUnderDrill } from './service-under-drill.ts';

/** What one scenario is played on: nothing of it has been used before. */
export interface DrilledSystem {
  url: string;
  databaseUrl: string;
  database: DrillDatabase;
  factories: readonly [FactoryControl, ...FactoryControl[]];
  service: ServiceUnderDrill;
  stop(): Promise<void>;
}

export interface SystemOptions {
  name: string;
  factories: 1 | 2;
  /** Settings of the service beside those of every scenario. */
  settings: Record<string, string>;
}

export async function startSystem(
  { database, folder }: { database: DrillDatabase; folder: string },
  { name, factories: count, settings }: SystemOptions,
): Promise<DrilledSystem> {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  const { JWT_SECRET, PASSWORD_PEPPER, FACTORY_API_KEY } = readOrMakeSecrets(folder);
  const databaseUrl = await database.makeSchema(`drill_${name.replaceAll('-', '_')}`);
  const start = (index: 0 | 1) => startFactory({ index, folder: own, apiKey: FACTORY_API_KEY });
  const first = await start(0);
  const factories = count === 1 ? ([first] as const) : ([first, await start(1)] as const);
  const port = await pickFreePort();
  const url = `http://127.0.0.1:${port}`;
  const service = createServiceUnderDrill({
    logPath: join(own, 'service.log'),
    // Nothing of the caller's own settings: a drill never meets a real database or factory.
    environment: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: url,
      DATABASE_URL: databaseUrl,
      DEMO: '1',
      JWT_SECRET,
      PASSWORD_PEPPER,
      BCRYPT_COST: '4',
      LOGIN_LIMIT_PER_MINUTE: '0',
      ORDER_LIMIT_PER_HOUR: '0',
      OPEN_ORDER_LIMIT: '0',
      FACTORIES: JSON.stringify(factories.map(({ origin, apiKey, issuer }) => ({ origin, apiKey, issuer }))),
      ...settings,
    },
  });
  await service.start();
  return {
    url,
    databaseUrl,
    database,
    factories,
    service,
    async stop() {
      await service.stop();
      await Promise.all(factories.map((factory) => factory.stop()));
    },
  };
}
