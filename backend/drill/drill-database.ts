import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { whenEnded } from '../local-stack/child-processes.ts';
import { pickFreePort } from '../local-stack/ports.ts';
import { type PrivateDatabase, startPrivateDatabase } from '../local-stack/private-database.ts';

/** The drill's own database server: durable, and killed at will. */
export interface DrillDatabase {
  /** Makes an empty database on the server and answers its address, which stays the same over restarts. */
  makeSchema(name: string): Promise<string>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server; it is the same port for as long as the drill lasts, as the service's settings name it. */
export async function startDrillDatabase(
  folder: string,
  onProgress: (line: string) => void,
): Promise<DrillDatabase> {
  const port = await pickFreePort();
  const start = (): Promise<PrivateDatabase> =>
    startPrivateDatabase({ dataFolder: join(folder, 'database'), durable: true, port, onProgress });
  let database = await start();
  return {
    async makeSchema(name) {
      const connection = await mysql.createConnection(database.url);
      try {
        await connection.query(
          `CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
        );
      } finally {
        await connection.end();
      }
      return new URL(name, database.url).href;
    },
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
