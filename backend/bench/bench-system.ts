import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import type { DrillDatabase } from '../drill/drill-database.ts';
import { startSystem } from '../drill/drilled-system.ts';
import { stopChild } from '../local-stack/child-processes.ts';
import { startReportingProcess } from '../local-stack/reporting-process.ts';
import { buildLargeShop } from '../test/load/large-shop.ts';
import type { Asker } from './bench-cases.ts';

const ADMIN = { ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: 'only for this benchmark' };
const newSecret = () => randomBytes(32).toString('hex');
// Empty counts as not set: no demo, and passwords hashed at what they cost in production.
const PRODUCTION = { DEMO: '', BCRYPT_COST: '', JWT_SECRET: newSecret(), PASSWORD_PEPPER: newSecret() };
const PASSWORD = 'a long pass phrase of the benchmark';
// The shop is built around the users who are there before it, of whom the first has ordered most.
const PEOPLE = ['busy', 'second'];

export interface BenchSystem {
  asker: Asker;
  bareUrl: string;
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

/** Starts the service as in production on a shop that has sold this much, and the bare server beside it. */
export async function startBenchSystem(options: {
  database: DrillDatabase;
  folder: string;
  orders: number;
  say(line: string): void;
}): Promise<BenchSystem> {
  const { database, folder, orders, say } = options;
  const name = `bench-${orders}`;
  const system = await startSystem(
    { database, folder },
    { name, factories: 1, services: 1, isProxied: false, settings: { ...PRODUCTION, ...ADMIN } },
  );
  let bare: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (bare) await stopChild(bare);
    await system.stop();
  };
  try {
    const email = (person: string) => `${person}@example.com`;
    for (const person of PEOPLE)
      await send(`${system.urls[0]}/api/auth`, 'POST', {
        name: person,
        email: email(person),
        password: PASSWORD,
      });
    await system.service.stop();
    say(`writing ${orders} orders`);
    await buildLargeShop(system.databaseUrl, { orders });
    await system.service.start();
    const diner = { email: email('busy'), password: PASSWORD };
    const { token } = await send(`${system.urls[0]}/api/auth`, 'PUT', diner);
    const ready = await startReportingProcess({
      name: 'the bare server',
      script: 'backend/bench/bare-server.ts',
      environment: { PATH: process.env.PATH, NODE_ENV: 'production', DATABASE_URL: system.databaseUrl },
      output: 'ignore',
      onStarted(child) {
        bare = child;
      },
    });
    return {
      asker: { url: system.urls[0], diner: { ...diner, token } },
      bareUrl: `http://127.0.0.1:${ready.port}/`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
