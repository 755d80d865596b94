import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import request from 'supertest';
import {
  demoSettings,
  type ServiceProcess,
  startServiceProcess,
} from '../../../test/support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.ts';
import { startTestFactory, type TestFactory } from '../../../test/support/test-factory.ts';
import { openDatabase } from '../../database/pool.ts';
import { createLogger } from '../../observability/logger.ts';

const FIRST = { email: 'first@example.com', password: 'a long pass phrase' };
const SECOND = { name: 'Second', email: 'second@example.com', password: 'another long pass phrase' };

let factory: TestFactory;
let database: TestDatabase;
let node: ServiceProcess | undefined;
beforeAll(async () => {
  factory = await startTestFactory();
  database = await createTestDatabase();
});
afterEach(() => void node?.child.kill('SIGKILL'));
afterAll(async () => {
  await factory.close();
  await database.drop();
});

/** A production with the settings of the first admin, which nobody took out. */
async function start() {
  node = startServiceProcess({
    ...demoSettings({ database, factory }),
    DEMO: '',
    PUBLIC_URL: 'http://127.0.0.1',
    PASSWORD_PEPPER: 'a pepper that is no secret of sessions',
    BCRYPT_COST: '10',
    DRAIN_SECONDS: '0',
    ADMIN_EMAIL: FIRST.email,
    ADMIN_PASSWORD: FIRST.password,
  });
  return { http: request(await node.ready()), node };
}

async function stop({ child, ended }: ServiceProcess): Promise<void> {
  child.kill('SIGTERM');
  expect(await ended()).toBe(0);
}

it('S44: the settings make an admin of an empty database, which is audited, and never again: not of a deleted one either', async () => {
  const { http, node: first } = await start();
  const { user, token } = (await http.put('/api/auth').send(FIRST).expect(200)).body;
  const asFirst = { authorization: `Bearer ${token}` };
  const audit = await http.get('/api/operations/audit').set(asFirst).expect(200);
  expect(audit.body.entries).toMatchObject([
    {
      action: 'user.made-admin',
      actor: { id: user.id },
      subject: { type: 'user', id: user.id },
      details: { by: 'settings' },
    },
  ]);
  const second = (await http.post('/api/auth').send(SECOND).expect(200)).body;
  const roles = [{ role: 'admin' }];
  await http.put(`/api/user/${second.user.id}`).set(asFirst).send({ roles }).expect(200);
  await http.delete(`/api/user/${user.id}`).set(asFirst).expect(200);
  await stop(first);

  const again = await start();
  await again.http.put('/api/auth').send(FIRST).expect(404);
  await again.http.put('/api/auth').send(SECOND).expect(200);
  await stop(again.node);
});

it('S44: a database whose users are all deleted is not empty: no admin is made, and that is said', async () => {
  const db = openDatabase(database.url, { log: createLogger('silent') });
  await sql`update users set deleted_at = now(3), email = null, email_key = null`.execute(db);
  await sql`delete from user_roles`.execute(db);
  await db.destroy();
  const { http, node: started } = await start();
  await http.put('/api/auth').send(FIRST).expect(404);
  expect(started.stdout()).toMatch(/"level":"WARN".*ADMIN_EMAIL made no admin/);
  await stop(started);
});
