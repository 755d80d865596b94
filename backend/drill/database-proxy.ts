import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What happens to the connection whose statement or answer was swallowed. */
type Aftermath =
  /** It is reset; the next one goes through. */
  | 'reset'
  /** It stays open and nothing more goes through it. */
  | 'silence'
  /** All connections are cut, and no new one is let through until `restore`. */
  | 'cut';

interface Swallow {
  /** Found in the text of a statement; `COMMIT` is the usual one. */
  statement: RegExp;
  /** Only in a transaction that held such a statement before. */
  after?: RegExp;
  /** The statement never reaches the database, or its answer never reaches the service. */
  lose: 'statement' | 'answer';
  aftermath: Aftermath;
}

/** Stands between a service and its database, and does to it what networks and servers do. */
export interface DatabaseProxy {
  /** The database's address by way of the proxy. */
  url: string;
  /** Loses the next statement that matches, or its answer, once. */
  swallowNext(swallow: Swallow): void;
  /** How many were swallowed. */
  swallowed(): number;
  /** Answers when the swallow that was asked for last has happened. */
  whenSwallowed(): Promise<void>;
  /** Resets every open connection; new ones go through. */
  reset(): void;
  /** Cuts every connection and refuses new ones until `restore`. */
  cut(): void;
  /** Nothing goes through any more, and nothing is refused either: a frozen server, or a firewall that forgets. */
  freeze(): void;
  /** Delays everything from the database by so much. */
  slowDown(ms: number): void;
  /** Ends cut, freeze and delay; what was held back goes through. */
  restore(): void;
  close(): Promise<void>;
}

interface Line {
  client: Socket;
  database: Socket;
  /** What becomes of the answer that is awaited. */
  doomed: Aftermath | undefined;
  isSilent: boolean;
  /** The statements of its transaction so far. */
  statements: string[];
}

export const COMMIT = /^commit$/i;

// A query of MySQL's protocol: the packet's header of 4 bytes, 3 for "query", from MySQL 8.0.23 on "no attributes",
// and its text.
function statementOf(chunk: Buffer): string | undefined {
  if (chunk.length < 5 || chunk[4] !== 3) return undefined;
  const hasAttributes = chunk[5] === 0 && chunk[6] === 1;
  return chunk.toString('latin1', hasAttributes ? 7 : 5);
}

/** Starts a proxy on a port of its own; `close` ends it with all its connections. */
export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const lines = new Set<Line>();
  let armed: Swallow | undefined;
  let happened = Promise.withResolvers<void>();
  let state: 'open' | 'cut' | 'frozen' = 'open';
  let delayMs = 0;
  let swallowed = 0;

  function end(line: Line): void {
    lines.delete(line);
    line.client.resetAndDestroy();
    line.database.destroy();
  }

  function reset(): void {
    for (const line of lines) end(line);
  }

  function cut(): void {
    state = 'cut';
    reset();
  }

  function happen(line: Line, aftermath: Aftermath): void {
    swallowed += 1;
    if (aftermath === 'silence') line.isSilent = true;
    else if (aftermath === 'cut') cut();
    else end(line);
    happened.resolve();
  }

  function isAwaited(line: Line, statement: string): boolean {
    const { after, statement: awaited } = armed ?? {};
    const isInside = after === undefined || line.statements.some((before) => after.test(before));
    line.statements = /^(begin|commit|rollback)$/i.test(statement) ? [] : [...line.statements, statement];
    return awaited !== undefined && isInside && awaited.test(statement);
  }

  function onStatement(line: Line, chunk: Buffer): void {
    if (line.isSilent) return;
    const statement = statementOf(chunk);
    if (statement !== undefined && isAwaited(line, statement)) {
      const { lose, aftermath } = armed as Swallow;
      armed = undefined;
      if (lose === 'statement') {
        happen(line, aftermath);
        return;
      }
      line.doomed = aftermath;
    }
    line.database.write(chunk);
  }

  function onAnswer(line: Line, chunk: Buffer): void {
    if (line.isSilent) return;
    // The database has answered, so it has done what it was told: now nobody hears of it.
    if (line.doomed) happen(line, line.doomed);
    else if (delayMs === 0) line.client.write(chunk);
    else setTimeout(() => line.client.write(chunk), delayMs);
  }

  const server = createServer({ noDelay: true }, (client) => {
    client.on('error', () => client.destroy());
    if (state === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const database = connect({ port: Number(target.port), host: target.hostname, noDelay: true });
    database.on('error', () => database.destroy());
    const line: Line = { client, database, doomed: undefined, isSilent: false, statements: [] };
    lines.add(line);
    client.on('data', (chunk: Buffer) => onStatement(line, chunk));
    database.on('data', (chunk: Buffer) => onAnswer(line, chunk));
    client.on('close', () => end(line));
    database.on('close', () => end(line));
    if (state === 'frozen') pause(line);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  url.hostname = '127.0.0.1';
  return {
    url: url.href,
    swallowNext(swallow) {
      armed = swallow;
      happened = Promise.withResolvers<void>();
    },
    swallowed: () => swallowed,
    whenSwallowed: () => happened.promise,
    reset,
    cut,
    freeze() {
      state = 'frozen';
      for (const line of lines) pause(line);
    },
    slowDown: (ms) => {
      delayMs = ms;
    },
    restore() {
      state = 'open';
      delayMs = 0;
      for (const { client, database } of lines) {
        client.resume();
        database.resume();
      }
    },
    close: async () => {
      server.close();
      reset();
      await once(server, 'close');
    },
  };
}

function pause({ client, database }: Line): void {
  client.pause();
  database.pause();
}
