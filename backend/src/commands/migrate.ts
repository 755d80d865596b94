import { openDatabase } from '../database/pool.ts';
import { migrateOrExplain, readSettings } from '../start-up.ts';
import { runCommand } from './run-command.ts';

runCommand(async () => {
  const { config, log } = readSettings(process.env);
  const db = openDatabase(config.databaseUrl, { log });
  await migrateOrExplain(db, config, log);
  await db.destroy();
  process.stdout.write('the schema is up to date\n');
  return 0;
});
