import { openDatabase } from './database/pool.ts';
import { explainFailure, migrateOrExplain, readSettings } from './start-up.ts';

async function run(): Promise<void> {
  const { config, log } = readSettings(process.env);
  const db = openDatabase(config.databaseUrl, { log });
  await migrateOrExplain(db, config, log);
  await db.destroy();
  process.stdout.write('the schema is up to date\n');
}

run().catch((error: unknown) => process.exit(explainFailure(error)));
