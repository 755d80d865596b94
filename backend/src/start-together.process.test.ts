import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import request from 'supertest';
import { aDemoDiner } from '../test/support/demo-diner.ts';
import { demoSettings, type ServiceProcess, startServiceProcess } from '../test/support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../test/support/test-database.ts';
import { startTestFactory, type TestFactory } from '../test/support/test-factory.ts';
import { type Database, openDatabase } from './database/pool.ts';
import { DEMO_USERS } from './demo/demo-data.ts';
import { createLogger } from './observability/logger.ts';

let factory: TestFactory;
let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  factory = await startTestFactory();
});
beforeEach(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url, { log: createLogger('silent') });
});
const started: ServiceProcess[] = [];
afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.splice(0).map((process) => process.ended()));
  await db.destroy();
  await database.drop();
});
afterAll(() => factory.close());

/** Starts three at the same moment; answers where they serve. */
function startThree(changes: Record<string, string>): Promise<string[]> {
  const settings = { ...demoSettings({ database, factory }), ...changes };
  started.push(...[1, 2, 3].map(() => startServiceProcess(settings)));
  return Promise.all(started.map((service) => service.ready()));
}

async function countRows(table: 'users' | 'menu_items' | 'franchises'): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(
    db,
  );
  return Number(rows[0]?.count);
}

// They bring the schema up to date one after the other; see READY_WITHIN_MS.
jest.setTimeout(90_000);

it('three demos started at once on an empty schema all serve, on one set of data', async () => {
  const origins = await startThree({});
  for (const origin of origins) {
    await request(origin).get('/health/ready').expect(200);
    expect((await (await aDemoDiner(origin)).order()).status).toBe(200);
  }
  expect(await countRows('users')).toBe(DEMO_USERS.length);
  expect((await request(origins[0] ?? '').get('/api/order/menu')).body).toHaveLength(
    await countRows('menu_items'),
  );
  const { rows } = await sql`select name from kysely_migration group by name having count(*) > 1`.execute(db);
  expect(rows).toEqual([]);
});

it('three services started at once on an empty schema make one first admin, who may log in at each', async () => {
  const admin = { email: 'first@example.com', password: 'a long pass phrase' };
  const origins = await startThree({
    DEMO: '',
    PUBLIC_URL: 'http://127.0.0.1',
    PASSWORD_PEPPER: 'a-pepper-of-production-with-32-bytes',
    BCRYPT_COST: '10',
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
  });
  for (const origin of origins) await request(origin).put('/api/auth').send(admin).expect(200);
  expect(await countRows('users')).toBe(1);
});
