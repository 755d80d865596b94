import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface DatabaseProxy {
  /** The database's address by way of the proxy. */
  url: string;
  /** The next COMMIT reaches the database, and its answer nobody; with `isLast` nothing more goes through until `comeBack`. */
  loseNextCommitAnswer(options?: { isLast: boolean }): void;
  comeBack(): void;
  /** How often an answer was lost. */
  lost(): number;
  close(): Promise<void>;
}

// A query of MySQL's protocol: 3 for "query", from MySQL 8.0.23 on followed by "no attributes", and its text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: a protocol of bytes
const COMMIT = /\x03(\x00\x01)?commit/;

/** Stands between a service and its database, and breaks the line at the worst moment. */
export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let isArmed = false;
  let isLast = false;
  let isAway = false;
  let lost = 0;

  function keep(socket: Socket): Socket {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    return socket;
  }

  const server = createServer((client) => {
    keep(client);
    if (isAway) {
      client.destroy();
      return;
    }
    const database = keep(connect(Number(target.port), target.hostname));
    let isDoomed = false;
    client.on('data', (chunk: Buffer) => {
      if (isArmed && COMMIT.test(chunk.toString('latin1'))) {
        isArmed = false;
        isDoomed = true;
      }
      database.write(chunk);
    });
    database.on('data', (chunk: Buffer) => {
      if (!isDoomed) {
        client.write(chunk);
        return;
      }
      // The database has answered, so it has committed: now nobody hears of it.
      lost += 1;
      if (isLast) isAway = true;
      for (const socket of isLast ? open : [client, database]) socket.destroy();
    });
    client.on('close', () => database.destroy());
    database.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  url.hostname = '127.0.0.1';
  return {
    url: url.href,
    loseNextCommitAnswer: (options) => {
      isArmed = true;
      isLast = options?.isLast ?? false;
    },
    comeBack: () => {
      isAway = false;
    },
    lost: () => lost,
    close: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
