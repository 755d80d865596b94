import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { createLogger } from '../observability/logger.ts';
import { isMigrated, migrate } from './migrate.ts';
import { type Database, openDatabase } from './pool.ts';

let schema: TestDatabase;
let db: Database;
beforeAll(async () => {
  schema = await createTestDatabase();
  db = openDatabase(schema.url, { log: createLogger('silent') });
});
afterAll(async () => {
  await db.destroy();
  await schema.drop();
});

describe('the schema', () => {
  it('is brought up to date once, by whichever of two nodes comes first', async () => {
    expect(await isMigrated(db)).toBe(false);
    const applied = await Promise.all([migrate(db), migrate(db)]);
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
});
