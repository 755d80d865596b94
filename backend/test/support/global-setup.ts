import { join } from 'node:path';
import { type PrivateDatabase, startPrivateDatabase } from '../../local-stack/private-database.ts';
import { makeScratchFolder, type ScratchFolder } from '../../local-stack/scratch-folder.ts';

declare global {
  var testRun: { database: PrivateDatabase | undefined; folder: ScratchFolder } | undefined;
}

/**
 * One database server for the whole run, unless TEST_DATABASE_URL names one; every test file, and every browser worker,
 * makes its own schema on it. And one place for compiled code, which halves the time that processes under test need to start.
 */
export default async function prepareTestRun(): Promise<void> {
  const folder = makeScratchFolder('test');
  const isServerGiven = Boolean(process.env.TEST_DATABASE_URL);
  const database = isServerGiven
    ? undefined
    : await startPrivateDatabase({ dataFolder: folder.path, durable: false });
  if (database) process.env.TEST_DATABASE_URL = database.url;
  process.env.TEST_COMPILE_CACHE = join(folder.path, 'compiled');
  globalThis.testRun = { database, folder };
}
