import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PrivateDatabase, startPrivateDatabase } from '../../local-stack/private-database.ts';

declare global {
  var testDatabaseServer: { database: PrivateDatabase; folder: string } | undefined;
}

/** One database server for the whole run, unless TEST_DATABASE_URL names one; every test file makes its own schema on it. */
export default async function startTestDatabaseServer(): Promise<void> {
  if (process.env.TEST_DATABASE_URL) return;
  const folder = mkdtempSync(join(tmpdir(), 'jwt-pizza-test-'));
  const database = await startPrivateDatabase({ dataFolder: folder, durable: false });
  process.env.TEST_DATABASE_URL = database.url;
  globalThis.testDatabaseServer = { database, folder };
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
