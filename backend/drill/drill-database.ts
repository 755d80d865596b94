import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { whenEnded } from '../local-stack/child-processes.ts';
import { pickFreePort } from '../local-stack/ports.ts';
import { type PrivateDatabase, startPrivateDatabase } from '../local-stack/private-database.ts';

/** The drill's own database server: durable, and killed at will. */
export interface DrillDatabase {
  /**
   * Makes an empty database on the server and answers its address, which stays the same over restarts: as an account
   * that may do there what it likes, and nothing elsewhere.
   */
  makeSchema(name: string): Promise<string>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Stops the server's process where it is, until `thaw`. */
  freeze(): void;
  thaw(): void;
  setReadOnly(isReadOnly: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Whom a read-only server refuses: the server's owner is above that. */
const TENANT = 'tenant';

/** Starts the server; it is the same port for as long as the drill lasts, as the service's settings name it. */
export async function startDrillDatabase(
  folder: string,
  onProgress: (line: string) => void,
): Promise<DrillDatabase> {
  const port = await pickFreePort();
  const start = (): Promise<PrivateDatabase> =>
    startPrivateDatabase({ dataFolder: join(folder, 'database'), durable: true, port, onProgress });
  let database = await start();
  // Only the server's owner may make accounts, and comes in by the socket.
  const socketPath = join(folder, 'database/files/server.sock');
  const asOwner = async (statements: readonly string[]): Promise<void> => {
    const { password } = new URL(database.url);
    const connection = await mysql.createConnection({ socketPath, user: 'root', password });
    try {
      for (const statement of statements) await connection.query(statement);
    } finally {
      await connection.end();
    }
  };
  return {
    async makeSchema(name) {
      const url = new URL(name, database.url);
      await asOwner([
        `CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
        `CREATE USER IF NOT EXISTS '${TENANT}'@'127.0.0.1' IDENTIFIED BY '${url.password}'`,
        `GRANT ALL PRIVILEGES ON \`${name}\`.* TO '${TENANT}'@'127.0.0.1'`,
      ]);
      url.username = TENANT;
      return url.href;
    },
    freeze: () => void database.server.kill('SIGSTOP'),
    thaw: () => void database.server.kill('SIGCONT'),
    setReadOnly: (isReadOnly) => asOwner([`SET GLOBAL read_only = ${isReadOnly ? 1 : 0}`]),
    async kill() {
      database.server.kill('SIGKILL');
      await whenEnded(database.server);
    },
    async restart() {
      // Nothing is left to stop; this lets go of the folder.
      await database.stop();
      database = await start();
    },
    stop: () => database.stop(),
  };
}
