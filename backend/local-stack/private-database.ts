import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { hasEnded, startChild, stopChild } from './child-processes.ts';
import {
  type Account,
  commonOptions,
  ensureDatabaseFiles,
  readOrMakeAccount,
  temporaryFolderOf,
  writeFirstStatements,
} from './database-files.ts';
import { type DatabaseProgram, findDatabaseProgram } from './database-program.ts';
import type { OnProgress } from './debian-packages.ts';
import { pickFreePort } from './ports.ts';
import { isRunning, type Lock, takeLock } from './process-lock.mjs';
import { projectRoot } from './project-root.ts';

export type PrivateDatabaseOptions = {
  dataFolder: string;
  /** A test that loses its database loses nothing: without durability it is several times faster. */
  durable: boolean;
  /** Created when it is missing, and then part of the url. */
  databaseName?: string;
  /** For a server that comes back where it was; else any free one. */
  port?: number;
  onProgress?: OnProgress;
};

export type PrivateDatabase = { url: string; server: ChildProcess; stop(): Promise<void> };

const LOOK_EVERY_MS = 15;
// Recovery after a crash reads the whole log first.
const READY_WITHIN_MS = 60_000;
// A server whose owner was killed is being ended by that owner's reaper.
const LEFTOVER_GONE_WITHIN_MS = 8_000;
const STOP_WITHIN_MS = 8_000;
const START_ATTEMPTS = 3;
const LOG_LINES_SHOWN = 15;

type TakenLock = Extract<Lock, { taken: true }>;

async function lockFolder(folder: string): Promise<TakenLock> {
  const deadline = Date.now() + LEFTOVER_GONE_WITHIN_MS;
  for (;;) {
    const lock = takeLock(join(folder, 'owner.lock'));
    if (lock.taken) return lock;
    const [owner] = lock.holders;
    const isLeftover = !isOwnerAlive(folder);
    if (!isLeftover || Date.now() > deadline) {
      throw new Error(`the database in ${folder} is in use by the process with pid ${owner?.pid}`);
    }
    await wait(LOOK_EVERY_MS);
  }
}

// The lock names its owner first and the server second; when the first is gone the second is about to follow.
function isOwnerAlive(folder: string): boolean {
  try {
    const [owner] = JSON.parse(readFileSync(join(folder, 'owner.lock'), 'utf8'));
    return isRunning(owner);
  } catch {
    return false;
  }
}

function serverOptions(program: DatabaseProgram, files: string, durable: boolean): string[] {
  const options = [
    ...commonOptions(program),
    `--datadir=${files}`,
    `--tmpdir=${temporaryFolderOf(files)}`,
    '--bind-address=127.0.0.1',
    // Relative to the data, because the path of a socket may be only about 100 characters long.
    '--socket=server.sock',
    `--pid-file=${join(files, 'server.pid')}`,
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    '--default-time-zone=+00:00',
    '--max-connections=300',
    '--performance-schema=OFF',
    '--skip-log-bin',
    `--innodb-flush-log-at-trx-commit=${durable ? 1 : 0}`,
  ];
  if (!durable) options.push('--innodb-doublewrite=OFF');
  if (program.flavour === 'mysql') options.push('--mysqlx=OFF', '--secure-file-priv=NULL');
  return options;
}

async function answers(port: number, account: Account): Promise<boolean> {
  try {
    const connection = await mysql.createConnection({ host: '127.0.0.1', port, ...account });
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

type Start = {
  program: DatabaseProgram;
  folder: string;
  files: string;
  durable: boolean;
  account: Account;
  statements: string;
  lock: TakenLock;
  wantedPort: number | undefined;
};

async function startServer({
  program,
  folder,
  files,
  durable,
  account,
  statements,
  lock,
  wantedPort,
}: Start): Promise<{ server: ChildProcess; port: number }> {
  const log = join(folder, 'server.log');
  for (let attempt = 1; ; attempt += 1) {
    const port = wantedPort ?? (await pickFreePort());
    const logFile = openSync(log, 'w', 0o600);
    const server = startChild(
      program.command,
      [...serverOptions(program, files, durable), `--port=${port}`, `--init-file=${statements}`],
      { stdio: ['ignore', logFile, logFile], env: { ...process.env, ...program.env } },
    );
    closeSync(logFile);
    if (server.pid !== undefined) lock.addHolder(server.pid);
    let cannotRun = '';
    server.once('error', (error) => {
      cannotRun = error.message;
    });
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!hasEnded(server) && Date.now() < deadline) {
      if (await answers(port, account)) return { server, port };
      await wait(LOOK_EVERY_MS);
    }
    await stopChild(server, STOP_WITHIN_MS);
    const written = existsSync(log) ? readFileSync(log, 'utf8') : '';
    // Somebody may take the free port in the moment before the server does.
    const isPortLost = /bind on tcp|address already in use/i.test(written);
    if (!isPortLost || attempt === START_ATTEMPTS) {
      const tail = written.trim().split('\n').slice(-LOG_LINES_SHOWN).join('\n');
      throw new Error(`the private database did not start (its log: ${log}): ${cannotRun}\n${tail}`);
    }
  }
}

/**
 * Starts a database server of one's own in `dataFolder`, reachable from this machine only.
 * Throws in one line when the folder is in use, MissingProgramError when there is no server to run.
 */
export async function startPrivateDatabase(options: PrivateDatabaseOptions): Promise<PrivateDatabase> {
  const { durable, databaseName, onProgress = () => {} } = options;
  const folder = resolve(options.dataFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    const program = await findDatabaseProgram(join(projectRoot, '.data/programs'), onProgress);
    if (!existsSync(join(folder, 'files'))) onProgress('making the private database ...');
    const files = await ensureDatabaseFiles(program, folder);
    const account = readOrMakeAccount(folder);
    const statements = writeFirstStatements(folder, account, databaseName);
    const { server, port } = await startServer({
      program,
      folder,
      files,
      durable,
      account,
      statements,
      lock,
      wantedPort: options.port,
    });
    rmSync(statements, { force: true });
    return {
      url: `mysql://${account.user}:${account.password}@127.0.0.1:${port}/${databaseName ?? ''}`,
      server,
      async stop() {
        await stopChild(server, STOP_WITHIN_MS);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
