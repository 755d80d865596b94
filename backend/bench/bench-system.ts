import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import type { DrillDatabase } from '../drill/drill-database.ts';
import { startSystem } from '../drill/drilled-system.ts';
import { stopChild } from '../local-stack/child-processes.ts';
import { startReportingProcess } from '../local-stack/reporting-process.ts';
import { buildLargeShop } from '../test/load/large-shop.ts';
import type { Asker } from './bench-cases.ts';
import { openServerCounter, type ServerCounter } from './server-counter.ts';

const ADMIN = { ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: 'only for this benchmark' };
const newSecret = () => randomBytes(32).toString('hex');
// Empty counts as not set: no demo, and passwords hashed at what they cost in production.
const PRODUCTION = { DEMO: '', BCRYPT_COST: '', JWT_SECRET: newSecret(), PASSWORD_PEPPER: newSecret() };
const BYTES_PER_MB = 1024 * 1024;
const PASSWORD = 'a long pass phrase of the benchmark';
// The shop is built around the users who are there before it, of whom the first has ordered most.
const PEOPLE = ['busy', 'second'];

export interface BenchSystem {
  asker: Asker;
  counter: ServerCounter;
  databaseUrl: string;
  /** What the service's process holds in memory now. */
  readMemoryMb(): Promise<number>;
  stop(): Promise<void>;
}

async function send(url: string, method: 'POST' | 'PUT', body: object): Promise<{ token: string }> {
  const response = await request(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.body.json()) as { token: string };
  if (response.statusCode !== 200) throw new Error(`${method} ${url} was answered ${response.statusCode}`);
  return answer;
}

/** Starts the service as in production on a shop that has sold this much, and the reference server beside it. */
export async function startBenchSystem(options: {
  database: DrillDatabase;
  folder: string;
  orders: number;
  workers: number;
  /** Settings of the service beside those of production. */
  settings?: Record<string, string>;
  /** Runs on the shop before the service starts on it. */
  prepare?: (databaseUrl: string) => Promise<void>;
  say(line: string): void;
}): Promise<BenchSystem> {
  const { database, folder, orders, workers, settings, prepare, say } = options;
  const name = `bench-${orders}`;
  const system = await startSystem(
    { database, folder },
    {
      name,
      factories: 1,
      services: 1,
      isProxied: false,
      settings: { ...PRODUCTION, ...ADMIN, WORKERS: String(workers), ...settings },
    },
  );
  const { databaseUrl, service, factories, urls } = system;
  const [url] = urls;
  let reference: ChildProcess | undefined;
  let counter: ServerCounter | undefined;
  const stop = async (): Promise<void> => {
    await counter?.close();
    if (reference) await stopChild(reference);
    await system.stop();
  };
  try {
    const email = (person: string) => `${person}@example.com`;
    for (const person of PEOPLE)
      await send(`${url}/api/auth`, 'POST', { name: person, email: email(person), password: PASSWORD });
    await service.stop();
    say(`writing ${orders} orders`);
    await buildLargeShop(databaseUrl, { orders });
    await prepare?.(databaseUrl);
    await service.start();
    const diner = { email: email('busy'), password: PASSWORD };
    const { token } = await send(`${url}/api/auth`, 'PUT', diner);
    const ready = await startReportingProcess({
      name: 'the reference server',
      script: 'backend/bench/reference-server.ts',
      environment: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        DATABASE_URL: databaseUrl,
        SERVICE_URL: url,
        FACTORY_URL: factories[0].origin,
        FACTORY_API_KEY: factories[0].apiKey,
      },
      output: 'ignore',
      onStarted(child) {
        reference = child;
      },
    });
    const referenceUrl = `http://127.0.0.1:${ready.port}`;
    const ofReference = (await (await request(`${referenceUrl}/token`)).body.json()) as { token: string };
    counter = await openServerCounter(databaseUrl);
    return {
      asker: { url, diner: { ...diner, token }, reference: { url: referenceUrl, token: ofReference.token } },
      counter,
      databaseUrl,
      async readMemoryMb() {
        const text = await (await request(`${url}/metrics`)).body.text();
        const bytes = /^process_resident_memory_bytes (\S+)/m.exec(text)?.[1];
        return Number(bytes) / BYTES_PER_MB;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
