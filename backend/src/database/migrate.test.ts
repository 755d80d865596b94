import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { createConnection } from 'mysql2/promise';
import { eventually } from '../../test/support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { createLogger } from '../observability/logger.ts';
import { isMigrated, migrate } from './migrate.ts';
import { withMigrationLock } from './migration-lock.ts';
import { type Database, openDatabase } from './pool.ts';

const SOON_MS = 10_000;

let schema: TestDatabase;
let db: Database;
/** Another node's way to the same schema. */
let other: Database;
beforeAll(async () => {
  schema = await createTestDatabase();
  [db, other] = [1, 2].map(() => openDatabase(schema.url, { log: createLogger('silent') })) as [
    Database,
    Database,
  ];
});
afterAll(async () => {
  await db.destroy();
  await other.destroy();
  await schema.drop();
});

describe('the schema', () => {
  it('is brought up to date once, by whichever of two nodes comes first', async () => {
    expect(await isMigrated(db)).toBe(false);
    const applied = await Promise.all([migrate(db), migrate(other)]);
    expect(applied.flat().length).toBeGreaterThan(0);
    expect(new Set(applied.flat()).size).toBe(applied.flat().length);
    expect(await isMigrated(db)).toBe(true);
  });

  it('of a newer version is taken as it is by an older one that starts again', async () => {
    await sql`insert into kysely_migration (name, timestamp) values ('9999-of-a-newer-version', '2027-01-01T00:00:00.000Z')`.execute(
      db,
    );
    expect(await migrate(db)).toEqual([]);
    expect(await isMigrated(db)).toBe(true);
  });

  it('is brought up to date without the locks of one server, which the others of a cluster do not see', async () => {
    const empty = await createTestDatabase();
    const node = openDatabase(empty.url, { log: createLogger('silent') });
    const server = await createConnection(empty.url);
    try {
      // The name under which Kysely locks: whoever asked for it would wait for as long as the test runs.
      await server.query("select get_lock('ea586330-2c93-47c8-908d-981d9d270f9d', 0)");
      expect((await migrate(node)).length).toBeGreaterThan(0);
    } finally {
      await server.end();
      await node.destroy();
      await empty.drop();
    }
  });
});

describe('the lock of the migrations', () => {
  const QUICK = { leaseMs: 1_000, renewEveryMs: 100, lookEveryMs: 20, deadAfterMs: 500 };
  const readLock = async () => {
    const { rows } = await sql<{ holder: string | null; ends_at: Date }>`
      select holder, ends_at from migration_lock`.execute(db);
    return rows[0];
  };
  beforeEach(async () => {
    await withMigrationLock(db, async () => undefined, QUICK);
  });

  it('is held by one of two nodes at a time', async () => {
    let holders = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      holders += 1;
      most = Math.max(most, holders);
      const before = (await readLock())?.ends_at.getTime();
      await eventually(
        'it is renewed',
        async () => (await readLock())?.ends_at.getTime() !== before,
        SOON_MS,
      );
      holders -= 1;
    };
    await Promise.all([db, other, db, other].map((node) => withMigrationLock(node, work, QUICK)));
    expect(most).toBe(1);
    expect(await readLock()).toMatchObject({ holder: null });
  });

  it('of a node that died is taken over', async () => {
    await sql`update migration_lock set holder = 'a node that is gone', ends_at = now(3) + interval 1 second`.execute(
      db,
    );
    expect(await withMigrationLock(other, async () => 'done', QUICK)).toBe('done');
  });

  it('that ended because nothing could be written, and is renewed again, stays with its node', async () => {
    const told: string[] = [];
    let renewals = 0;
    let last = 0;
    const renewed = async (): Promise<boolean> => {
      const at = (await readLock())?.ends_at.getTime() ?? 0;
      if (at !== last) renewals += 1;
      last = at;
      // Several times as long as a lock must be silent to be dead.
      return renewals > 20;
    };
    // Always over before it is renewed: how long that takes is what tells whether its holder lives.
    const first = withMigrationLock(
      db,
      async () => {
        told.push('first begins');
        await eventually('it was renewed often', renewed, SOON_MS);
        told.push('first ends');
      },
      { ...QUICK, leaseMs: 1 },
    );
    await eventually('the first holds it', () => told.length === 1, SOON_MS);
    await withMigrationLock(other, async () => told.push('second begins'), QUICK);
    await first;
    expect(told).toEqual(['first begins', 'first ends', 'second begins']);
  });

  it('that another node has taken over lets no further step begin', async () => {
    const lost = withMigrationLock(
      db,
      async (assertHeld) => {
        assertHeld();
        await sql`update migration_lock set holder = 'another', ends_at = now(3) + interval 1 minute`.execute(
          other,
        );
        await eventually(
          'it is found out',
          () => {
            try {
              assertHeld();
              return false;
            } catch {
              return true;
            }
          },
          SOON_MS,
        );
        assertHeld();
      },
      QUICK,
    );
    await expect(lost).rejects.toThrow('taken the migrations over');
    expect(await readLock()).toMatchObject({ holder: 'another' });
    await sql`update migration_lock set holder = null`.execute(db);
  });
});
