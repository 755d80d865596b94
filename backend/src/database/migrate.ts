import { Migrator } from 'kysely/migration';
import { migrations } from './migrations/index.ts';
import type { Database } from './pool.ts';

function createMigrator(db: Database): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => migrations } });
}

/**
 * Brings the schema up to date; two nodes at once are safe (the migrator takes a lock). Answers what was applied: nothing
 * where the schema is ahead of this version, which can run on it, because migrations only add.
 */
export async function migrate(db: Database): Promise<string[]> {
  // The migrator itself refuses a schema that has migrations it does not know.
  if (await isMigrated(db)) return [];
  const { error, results } = await createMigrator(db).migrateToLatest();
  if (error) throw error;
  return (results ?? []).map((result) => result.migrationName);
}

/** True when every migration this version knows has been applied. */
export async function isMigrated(db: Database): Promise<boolean> {
  const known = await createMigrator(db).getMigrations();
  return known.every((migration) => migration.executedAt !== undefined);
}
