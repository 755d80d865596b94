import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import request from 'supertest';
import { aDemoDiner } from '../test/support/demo-diner.ts';
import { eventually } from '../test/support/eventually.ts';
import { makeDue, readAttempts, readOrderRow } from '../test/support/order-rows.ts';
import { parseMetrics } from '../test/support/read-metrics.ts';
import { demoSettings, type ServiceProcess, startServiceProcess } from '../test/support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../test/support/test-database.ts';
import { startTestFactory, type TestFactory } from '../test/support/test-factory.ts';
import { type Database, openDatabase } from './database/pool.ts';
import { createLogger } from './observability/logger.ts';

const SOON_MS = 15_000;
const MINUTE_MS = 60_000;
const SHIFTED_CLOCK = join(import.meta.dirname, '../local-stack/shifted-clock.mjs');

let database: TestDatabase;
let factory: TestFactory;
let db: Database;
beforeAll(async () => {
  [database, factory] = await Promise.all([createTestDatabase(), startTestFactory()]);
  db = openDatabase(database.url, { log: createLogger('silent') });
});
const started: ServiceProcess[] = [];
afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.splice(0).map((process) => process.ended()));
  await factory.reset();
});
afterAll(async () => {
  await db.destroy();
  await factory.close();
  await database.drop();
});

function start(shiftMs: number): ServiceProcess {
  const service = startServiceProcess({
    ...demoSettings({ database, factory }),
    FACTORY_PROBE_SECONDS: '0',
    NODE_OPTIONS: `--import=${SHIFTED_CLOCK}`,
    CLOCK_SHIFT_MS: String(shiftMs),
  });
  started.push(service);
  return service;
}

/** How far a stored time is from the database's own, in minutes. */
async function minutesOff(query: ReturnType<typeof sql<{ off: number }>>): Promise<number> {
  const { rows } = await query.execute(db);
  return Math.abs(Number(rows[0]?.off));
}

describe.each<[string, number]>([
  ['70 minutes ahead', 70],
  ['2 minutes behind', -2],
  ['an hour behind', -60],
])('a node whose clock is %s', (_what, minutes) => {
  it('accepts good pizzas, asks again after a bad answer, and keeps its sessions for a week', async () => {
    const origin = await start(minutes * MINUTE_MS).ready();
    const diner = await aDemoDiner(origin);
    const made = await diner.order();
    expect([made.status, made.body.order?.status]).toEqual([200, 'ready']);
    await request(origin).post('/api/order/verify').send({ jwt: made.body.jwt }).expect(200);

    await factory.setFault('error');
    const orderId: number = (await diner.order('respond-async, wait=0')).body.order.id;
    await eventually(
      'it was refused, and waits',
      async () => (await readAttempts({ db }, orderId)).length > 0,
      SOON_MS,
    );
    expect((await readOrderRow({ db }, orderId)).state).not.toBe('failed');
    await factory.reset();
    await eventually(
      'it is ready',
      async () => {
        await makeDue({ db }, orderId);
        return (await readOrderRow({ db }, orderId)).state === 'ready';
      },
      SOON_MS,
    );

    const samples = parseMetrics((await request(origin).get('/metrics').expect(200)).text);
    const offset = samples.find(({ name }) => name === 'pizza_clock_offset_seconds')?.value ?? 0;
    expect(Math.abs(offset / 60 + minutes)).toBeLessThan(1);

    await request(origin).get('/api/user/me').set(diner.bearer).expect(200);
    expect(
      await minutesOff(sql`select timestampdiff(second, now(3) + interval 7 day, max(expires_at)) / 60 as off
        from sessions where created_at > now(3) - interval 1 minute`),
    ).toBeLessThan(1);
    expect(
      await minutesOff(sql`select timestampdiff(second, now(3), max(started_at)) / 60 as off
        from factory_attempts where order_id = ${orderId}`),
    ).toBeLessThan(1);
  });
});
