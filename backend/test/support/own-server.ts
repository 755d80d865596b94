import { join } from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';
import { type PrivateDatabase, startPrivateDatabase } from '../../local-stack/private-database.ts';
import { makeScratchFolder } from '../../local-stack/scratch-folder.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

export interface OwnServer {
  /** An empty schema on it. */
  database: TestDatabase;
  /** Its first account, which may do anything. */
  connectAsRoot(): Promise<Connection>;
  /** It takes connections and answers nothing, as a machine does whose disk hangs. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** A database server that one test may freeze or lock, beside the one that all others share. */
export async function startOwnServer(): Promise<OwnServer> {
  const folder = makeScratchFolder('own-server');
  const server: PrivateDatabase = await startPrivateDatabase({ dataFolder: folder.path, durable: false });
  const thaw = (): void => void server.server.kill('SIGCONT');
  return {
    connectAsRoot: () =>
      createConnection({
        socketPath: join(folder.path, 'files/server.sock'),
        user: 'root',
        password: new URL(server.url).password,
      }),
    database: await createTestDatabase(server.url),
    freeze: () => void server.server.kill('SIGSTOP'),
    thaw,
    async stop() {
      thaw();
      await server.stop();
      folder.remove();
    },
  };
}
