import { type Migration, Migrator } from 'kysely/migration';
import { type MigrationLockTimes, withMigrationLock } from './migration-lock.ts';
import { migrations } from './migrations/index.ts';
import type { Database } from './pool.ts';

function createMigrator(db: Database, known: Record<string, Migration> = migrations): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => known } });
}

/** The migrations, each of which is begun only while the lock is held. */
function guarded(assertHeld: () => void): Record<string, Migration> {
  const guard = ({ up }: Migration): Migration => ({
    up: async (db) => {
      assertHeld();
      await up(db);
    },
  });
  return Object.fromEntries(Object.entries(migrations).map(([name, migration]) => [name, guard(migration)]));
}

/**
 * Brings the schema up to date; several nodes at once are safe, on a cluster too: one migrates, the others wait for it.
 * Answers what was applied: nothing where the schema is ahead of this version, which can run on it, because migrations
 * only add.
 */
export async function migrate(db: Database, times?: Partial<MigrationLockTimes>): Promise<string[]> {
  // The migrator itself refuses a schema that has migrations it does not know.
  if (await isMigrated(db)) return [];
  return withMigrationLock(
    db,
    async (assertHeld) => {
      // Whoever waited finds it done, by this version or by a newer one.
      if (await isMigrated(db)) return [];
      const { error, results } = await createMigrator(db, guarded(assertHeld)).migrateToLatest();
      if (error) throw error;
      return (results ?? []).map((result) => result.migrationName);
    },
    times,
  );
}

/** True when every migration this version knows has been applied. */
export async function isMigrated(db: Database): Promise<boolean> {
  const known = await createMigrator(db).getMigrations();
  return known.every((migration) => migration.executedAt !== undefined);
}
