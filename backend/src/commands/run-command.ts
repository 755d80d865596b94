import { compose, type Service } from '../compose.ts';
import { isMigrated } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/pool.ts';
import { explainFailure, readSettings, StartUpError } from '../start-up.ts';

/** Runs a command of operators with its words: what it answers is the exit code, what it throws is told in one line. */
export function runCommand(command: (words: string[]) => Promise<number>): void {
  command(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => process.exit(explainFailure(error)),
  );
}

async function assertMigrated(db: Database): Promise<void> {
  if (!(await isMigrated(db))) throw new StartUpError('The schema is not up to date: npm run migrate');
}

/** Gives the work the database of the settings; throws StartUpError while its schema is not up to date. */
export async function withDatabase(work: (db: Database) => Promise<number>): Promise<number> {
  const { config, log } = readSettings(process.env);
  const db = openDatabase(config.databaseUrl, { log });
  try {
    await assertMigrated(db);
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** Gives the work the whole service, which serves nobody; throws StartUpError while the schema is not up to date. */
export async function withService(work: (service: Service) => Promise<number>): Promise<number> {
  const { config, log } = readSettings(process.env);
  const service = compose({ config, log });
  try {
    await assertMigrated(service.db);
    await service.heartbeat.measureClock();
    return await work(service);
  } finally {
    await service.close();
  }
}
