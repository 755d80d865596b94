import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pickFreePort } from '../local-stack/ports.ts';
import { readOrMakeSecrets } from '../local-stack/secrets.ts';
import { type DatabaseProxy, startDatabaseProxy } from './database-proxy.ts';
import type { DrillDatabase } from './drill-database.ts';
import { type FactoryControl, startFactory } from './factory-control.ts';
import { type KeysGate, startKeysGate } from './keys-gate.ts';
import { createServiceUnderDrill, type ServiceUnderDrill } from './service-under-drill.ts';

/** What one scenario is played on: nothing of it has been used before. */
export interface DrilledSystem {
  /** One for each service. */
  urls: readonly [string, ...string[]];
  databaseUrl: string;
  database: DrillDatabase;
  /** Between the services and the database. */
  proxy: DatabaseProxy;
  factories: readonly [FactoryControl, ...FactoryControl[]];
  /** Between the services and the keys of the first factory. */
  keys: KeysGate;
  /** The first of the services, which is the only one unless the scenario wants two. */
  service: ServiceUnderDrill;
  services: readonly [ServiceUnderDrill, ...ServiceUnderDrill[]];
  stop(): Promise<void>;
}

export interface SystemOptions {
  name: string;
  factories: 1 | 2;
  services: 1 | 2;
  /** Whether the services reach the database by way of the proxy; it costs time, and what is measured must not pay it. */
  isProxied: boolean;
  /** Settings of the service beside those of every scenario. */
  settings: Record<string, string>;
}

export async function startSystem(
  { database, folder }: { database: DrillDatabase; folder: string },
  { name, factories: count, services: serviceCount, isProxied, settings }: SystemOptions,
): Promise<DrilledSystem> {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  const { JWT_SECRET, PASSWORD_PEPPER, FACTORY_API_KEY } = readOrMakeSecrets(folder);
  const databaseUrl = await database.makeSchema(`drill_${name.replaceAll('-', '_')}`);
  const start = (index: 0 | 1) => startFactory({ index, folder: own, apiKey: FACTORY_API_KEY });
  const first = await start(0);
  const factories = count === 1 ? ([first] as const) : ([first, await start(1)] as const);
  const proxy = await startDatabaseProxy(databaseUrl);
  const keys = await startKeysGate(first.origin);
  // Nothing of the caller's own settings: a drill never meets a real database or factory.
  const environment = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
    HOST: '127.0.0.1',
    DATABASE_URL: isProxied ? proxy.url : databaseUrl,
    DEMO: '1',
    JWT_SECRET,
    PASSWORD_PEPPER,
    BCRYPT_COST: '4',
    LOGIN_LIMIT_PER_MINUTE: '0',
    ORDER_LIMIT_PER_HOUR: '0',
    OPEN_ORDER_LIMIT: '0',
    FACTORIES: JSON.stringify(
      factories.map(({ origin, apiKey, issuer }, index) => ({
        ...{ origin, apiKey, issuer },
        ...(index === 0 && { jwks: keys.url }),
      })),
    ),
    ...settings,
  };
  const startOne = async (index: number) => {
    const port = await pickFreePort();
    const url = `http://127.0.0.1:${port}`;
    const service = createServiceUnderDrill({
      logPath: join(own, `service-${index + 1}.log`),
      environment: { ...environment, PORT: String(port), PUBLIC_URL: url },
    });
    await service.start();
    return { url, service };
  };
  const started = await startOne(0);
  const others = serviceCount === 1 ? [] : [await startOne(1)];
  const services = [started.service, ...others.map(({ service }) => service)] as const;
  return {
    urls: [started.url, ...others.map(({ url }) => url)],
    databaseUrl,
    database,
    proxy,
    factories,
    keys,
    service: started.service,
    services,
    async stop() {
      await Promise.all(services.map((service) => service.stop()));
      await proxy.close();
      await keys.stop();
      await Promise.all(factories.map((factory) => factory.stop()));
    },
  };
}
