import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { type Finished, runChild } from './child-processes.ts';
import type { DatabaseProgram } from './database-program.ts';

export type Account = { user: string; password: string };

/** A folder beside the server's files for what it spills: a starting server sweeps that folder, so no two may share one. */
export function temporaryFolderOf(files: string): string {
  const path = join(dirname(files), 'tmp');
  mkdirSync(path, { recursive: true });
  return path;
}

/** Options that hold for making the files and for every start: the size of the log cannot differ between the two. */
export function commonOptions(program: DatabaseProgram): string[] {
  const options = ['--no-defaults'];
  if (process.getuid?.() === 0) options.push('--user=root');
  if (program.flavour === 'mariadb') options.push('--innodb-log-file-size=32M');
  if (program.unpackedInto !== undefined) {
    const { share } = findSystemTables(program);
    options.push(
      `--basedir=${join(program.unpackedInto, 'usr')}`,
      `--lc-messages-dir=${share}`,
      `--character-sets-dir=${join(share, 'charsets')}`,
    );
  }
  return options;
}

function writePrivately(path: string, text: string): void {
  const draft = `${path}.draft`;
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}

/** The password belongs to the folder: it is made once and kept beside the data, for its owner's eyes only. */
export function readOrMakeAccount(folder: string): Account {
  const path = join(folder, 'account.json');
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Account;
  const account = { user: 'pizza', password: randomBytes(24).toString('base64url') };
  writePrivately(path, JSON.stringify(account));
  return account;
}

/** Statements the server runs before it lets anybody in. They can be repeated, so every start begins with the same accounts. */
export function writeFirstStatements(
  folder: string,
  account: Account,
  databaseName: string | undefined,
): string {
  const user = `'${account.user}'@'127.0.0.1'`;
  const statements = [
    `CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY '${account.password}'`,
    `ALTER USER ${user} IDENTIFIED BY '${account.password}'`,
    `GRANT ALL PRIVILEGES ON *.* TO ${user}`,
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${account.password}'`,
    ...['127.0.0.1', '::1', '%', hostname()].map((host) => `DROP USER IF EXISTS 'root'@'${host}'`),
    ...(databaseName === undefined
      ? []
      : [
          `CREATE DATABASE IF NOT EXISTS \`${databaseName}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
        ]),
  ];
  const path = join(folder, 'first-statements.sql');
  writePrivately(path, `${statements.join(';\n')};\n`);
  return path;
}

// MariaDB's own installation script would need tools that Debian keeps in another package; what it does is feed these files to the server.
// Newer versions name them mariadb_*, older ones mysql_*, and each system has its own folder for them.
function findSystemTables(program: DatabaseProgram): { share: string; paths: string[] } {
  const prefix = dirname(dirname(realpathSync(program.command)));
  const parts = ['system_tables', 'performance_tables', 'system_tables_data'];
  for (const share of ['share/mysql', 'share/mariadb', 'share'].map((part) => join(prefix, part))) {
    for (const maker of ['mariadb', 'mysql']) {
      const paths = parts.map((part) => join(share, `${maker}_${part}.sql`));
      if (paths.every((path) => existsSync(path))) return { share, paths };
    }
  }
  throw new Error(`the system tables of MariaDB were not found under ${prefix}/share`);
}

function makeMariadbFiles(program: DatabaseProgram, folder: string): Promise<Finished> {
  const tables = findSystemTables(program).paths.map((path) => readFileSync(path, 'utf8'));
  // The server reads statement by statement, each from a line of its own.
  const preparation = [
    'create database if not exists mysql;',
    'use mysql;',
    'set @auth_root_socket=NULL;',
    'set @current_hostname=NULL;',
  ];
  return runChild(
    program.command,
    [
      ...commonOptions(program),
      '--bootstrap',
      `--datadir=${folder}`,
      `--tmpdir=${temporaryFolderOf(folder)}`,
      '--log-warnings=0',
      '--max-allowed-packet=8M',
      '--net-buffer-length=16K',
    ],
    {
      env: { ...process.env, ...program.env },
      input: `${preparation.join('\n')}\n${tables.join('\n')}\n`,
    },
  );
}

function makeMysqlFiles(program: DatabaseProgram, folder: string): Promise<Finished> {
  const options = [
    ...commonOptions(program),
    '--initialize-insecure',
    `--datadir=${folder}`,
    `--tmpdir=${temporaryFolderOf(folder)}`,
  ];
  return runChild(program.command, options, { env: { ...process.env, ...program.env } });
}

/** Makes the server's files. They get their name only when they are complete, so a half-made set is never taken for a good one. */
export async function ensureDatabaseFiles(program: DatabaseProgram, folder: string): Promise<string> {
  const files = join(folder, 'files');
  if (existsSync(files)) return files;
  const draft = join(folder, 'files.draft');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const make = program.flavour === 'mysql' ? makeMysqlFiles : makeMariadbFiles;
  const { code, output } = await make(program, draft);
  if (code !== 0) throw new Error(`the private database could not be made in ${folder}:\n${output.trim()}`);
  renameSync(draft, files);
  return files;
}
