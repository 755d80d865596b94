import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { makeScratchFolder, type ScratchFolder } from '../../local-stack/scratch-folder.ts';
import type { Database } from '../../src/database/pool.ts';
import { createInvariants } from '../../src/features/fulfillment/invariants/invariants.service.ts';
import { aReportLink } from '../support/builders.ts';
import { type FullShop, fillShop } from '../support/full-shop.ts';
import { sweepOnce } from '../support/order-flow.ts';
import { readHistory, readOrderRow } from '../support/order-rows.ts';
import { dumpTables } from '../support/table-dump.ts';
import { startTestService, type TestService } from '../support/test-service.ts';
import { findBackupProgramsOrReason, layOutBackupFolder, readCommands, runCommands } from './backup-page.ts';

const backup = await findBackupProgramsOrReason();

let folder: ScratchFolder;
let service: TestService;
let restored: TestService;
let shop: FullShop;
let before: Awaited<ReturnType<typeof readAll>>;

/** Every table as it was made, and every row. */
async function readAll(db: Database) {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = database() order by 1`.execute(
    db,
  );
  const made: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ 'Create Table': string }>`show create table ${sql.table(name)}`.execute(db);
    // MySQL says or leaves out a character set that the collation implies.
    made.push((rows[0]?.['Create Table'] ?? '').replaceAll(' CHARACTER SET utf8mb4', ''));
  }
  // Each node goes on writing its own heartbeat.
  const rows = (await dumpTables({ db })).replace(/^nodes: .*$/m, '');
  return { made, rows };
}

async function brokenInvariants(db: Database): Promise<string[]> {
  const checked = await createInvariants(db).check();
  return checked.filter(({ violations }) => violations > 0).map(({ name }) => name);
}

async function onAnotherNode(
  settings: Record<string, string>,
  work: (node: TestService) => Promise<unknown>,
): Promise<void> {
  const node = await startTestService({ besides: restored, isWorkerRunning: false, settings });
  try {
    await work(node);
  } finally {
    await node.stop();
  }
}

const read = (orderId: number) => restored.http.get(`/api/order/${orderId}`).set(shop.diner.bearer);

const describeProof = 'programs' in backup ? describe : describe.skip;
const unlessMissing = 'programs' in backup ? '' : ` (${backup.reason})`;

beforeAll(async () => {
  if (!('programs' in backup)) return;
  folder = makeScratchFolder('backup');
  service = await startTestService({ isWorkerRunning: false });
  shop = await fillShop(service);
  await aReportLink(service, shop.orders.failed);
  before = await readAll(service.db);
  const url = new URL(service.config.databaseUrl);
  const where = { folder: folder.path, database: url.pathname.slice(1) };
  layOutBackupFolder(folder.path, { url, programs: backup.programs });
  await runCommands(readCommands('Back up'), where);
  await sql`drop database ${sql.id(where.database)}`.execute(service.db);
  await runCommands(readCommands('Restore'), where);
  restored = await startTestService({ besides: service, isWorkerRunning: false });
});

afterAll(async () => {
  await restored?.stop();
  await service?.stop();
  folder?.remove();
});

describeProof(
  `a database that was dumped, dropped and restored by the commands of the page${unlessMissing}`,
  () => {
    it('has every table as it was made, and every row', async () => {
      const after = await readAll(restored.db);
      expect(after.made).toEqual(before.made);
      expect(after.rows === before.rows).toBe(true);
    });

    it('has no trigger and no routine, and columns that the database computes go on being computed', async () => {
      const { db } = restored;
      const { rows: stored } = await sql`
      select trigger_name from information_schema.triggers where trigger_schema = database()
      union all select routine_name from information_schema.routines where routine_schema = database()`.execute(
        db,
      );
      expect(stored).toEqual([]);
      const open = sql`insert into incidents (factory, mode, started_at, detected_at, detected_by, last_fault_at)
      values ('https://factory.test', 'fail', now(3), now(3), 'order', now(3))`;
      await open.execute(db);
      const { open_factory } = await db
        .selectFrom('incidents')
        .select('open_factory')
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow();
      expect(open_factory).toBe('https://factory.test');
      await expect(open.execute(db)).rejects.toThrow(/incidents_one_open/);
    });

    it('breaks no invariant, in its orders or its figures', async () => {
      expect(await brokenInvariants(restored.db)).toEqual([]);
    });

    it('shows an old order with its pizza to a diner who was logged in before, and the pizza verifies', async () => {
      const { body } = await read(shop.orders.ready).expect(200);
      expect(body.order).toMatchObject({ id: shop.orders.ready, status: 'ready' });
      const { jwt } = body as { jwt: string };
      expect(jwt).toBe((await readOrderRow(restored, shop.orders.ready)).jwt);
      await restored.http.post('/api/order/verify').set(shop.diner.bearer).send({ jwt }).expect(200);
    });

    it('lets a diner log in and order again, with a number no order had before', async () => {
      const { email, password } = shop.diner;
      const { body } = await restored.http.put('/api/auth').send({ email, password }).expect(200);
      const placed = await restored.http
        .post('/api/order')
        .set('authorization', `Bearer ${body.token}`)
        .send(shop.request)
        .expect(200);
      expect(placed.body.order.id).toBeGreaterThan(Math.max(...Object.values(shop.orders)));
      expect(placed.body.jwt).toMatch(/^ey/);
    });

    it('goes on with the orders that were in the line', async () => {
      const { waiting } = shop.orders;
      expect(await sweepOnce(restored, waiting)).toBe('ready');
      expect((await readHistory(restored, waiting)).map(({ to }) => to)).toEqual([
        'making',
        'waiting',
        'making',
        'waiting',
        'making',
        'ready',
      ]);
      expect(await brokenInvariants(restored.db)).toEqual([]);
    });

    it('of yesterday breaks patience and nothing else, until the first sweep', async () => {
      const { db } = restored;
      const yesterday = sql<Date>`now(3) - interval 1 day`;
      await db
        .updateTable('orders')
        .set({ patience_since: yesterday })
        .where('state', 'in', ['making', 'waiting'])
        .execute();
      await db.updateTable('orders').set({ lease_until: yesterday }).where('state', '=', 'making').execute();
      expect(await brokenInvariants(db)).toEqual(['patience']);
      await onAnotherNode({}, (node) => node.worker.runOnce());
      expect(await brokenInvariants(db)).toEqual([]);
      const given = await readOrderRow(restored, shop.orders.making);
      expect(given).toMatchObject({ state: 'failed', reason: 'waited_too_long' });
    });
  },
);

describeProof(`what is not in the dump${unlessMissing}`, () => {
  const OTHER = 'another-secret-that-has-more-than-32-bytes';

  it('is every secret of the service', () => {
    const dump = readFileSync(
      join(folder.path, `${restored.config.databaseUrl.split('/').at(-1)}.sql`),
      'utf8',
    );
    const { sessionSecrets, passwordPeppers, factories } = restored.config;
    const secrets = [
      ...sessionSecrets,
      ...passwordPeppers,
      ...factories.map(({ apiKey }) => apiKey),
      shop.diner.password,
    ];
    expect(secrets.filter((secret) => dump.includes(secret))).toEqual([]);
    expect(dump).toContain(shop.diner.email);
  });

  it('the pepper is: with another one no password is right', async () => {
    const { email, password } = shop.diner;
    // Which account there is, is told nobody: a wrong password is answered as an unknown one.
    await onAnotherNode({ PASSWORD_PEPPER: OTHER }, (node) =>
      node.http.put('/api/auth').send({ email, password }).expect(404),
    );
  });

  it('the secret of sessions is: with another one everybody is logged out', async () => {
    await onAnotherNode({ JWT_SECRET: OTHER }, (node) =>
      node.http.get('/api/user/me').set(shop.diner.bearer).expect(401),
    );
  });
});
