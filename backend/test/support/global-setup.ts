import { type PrivateDatabase, startPrivateDatabase } from '../../local-stack/private-database.ts';
import { makeScratchFolder, type ScratchFolder } from '../../local-stack/scratch-folder.ts';

declare global {
  var testDatabaseServer: { database: PrivateDatabase; folder: ScratchFolder } | undefined;
}

/** One database server for the whole run, unless TEST_DATABASE_URL names one; every test file makes its own schema on it. */
export default async function startTestDatabaseServer(): Promise<void> {
  if (process.env.TEST_DATABASE_URL) return;
  const folder = makeScratchFolder('test');
  const database = await startPrivateDatabase({ dataFolder: folder.path, durable: false });
  process.env.TEST_DATABASE_URL = database.url;
  globalThis.testDatabaseServer = { database, folder };
}
