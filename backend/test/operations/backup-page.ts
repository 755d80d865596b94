import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import {
  type BackupPrograms,
  findOrInstallBackupPrograms,
  type ServerMake,
} from '../../local-stack/backup-programs.ts';
import { MissingProgramError } from '../../local-stack/debian-packages.ts';
import { projectRoot } from '../../local-stack/project-root.ts';

const PAGE = join(projectRoot, 'docs/operations/back-up-and-restore.md');

async function readServerMake(): Promise<ServerMake> {
  const connection = await createConnection(process.env.TEST_DATABASE_URL ?? '');
  const [rows] = await connection.query('select version() as version');
  await connection.end();
  const [{ version }] = rows as [{ version: string }];
  return /mariadb/i.test(version) ? 'mariadb' : 'mysql';
}

/** The programs for the server of this run. Whoever tests with a MySQL server need not have its programs: then the reason why not. */
export async function findBackupProgramsOrReason(): Promise<
  { programs: BackupPrograms } | { reason: string }
> {
  const make = await readServerMake();
  try {
    const onProgress = (line: string) => void process.stderr.write(`${line}\n`);
    return { programs: await findOrInstallBackupPrograms(make, onProgress) };
  } catch (error) {
    if (make === 'mysql' && error instanceof MissingProgramError) return { reason: error.message };
    throw error;
  }
}

const readPage = (): string => readFileSync(PAGE, 'utf8');

function readFence(text: string, language: 'sh' | 'ini'): string {
  const content = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(text)?.[1];
  if (content === undefined) throw new Error(`${PAGE} lacks a block of ${language}`);
  return content;
}

/** The first commands under a heading of the page. */
export function readCommands(heading: string): string {
  return readFence(readPage().split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '', 'sh');
}

/** A folder as the page wants it: its file with the password, and the programs under the names it uses. */
export function layOutBackupFolder(
  folder: string,
  { url, programs }: { url: URL; programs: BackupPrograms },
): void {
  symlinkSync(programs.dump, join(folder, 'mariadb-dump'));
  symlinkSync(programs.client, join(folder, 'mariadb'));
  const values: Record<string, string> = {
    host: url.hostname,
    port: url.port || '3306',
    user: decodeURIComponent(url.username),
    password: `"${decodeURIComponent(url.password)}"`,
  };
  const settings = readFence(readPage(), 'ini').replace(/^(\w+) = .*$/gm, (line, name: string) =>
    values[name] === undefined ? line : `${name} = ${values[name]}`,
  );
  // The certificate of a test's server is its own. Not every program knows the word.
  const ofTests = '[client]\nloose_ssl_verify_server_cert = 0\n';
  writeFileSync(join(folder, 'database.cnf'), `${settings}${ofTests}`, { mode: 0o600 });
}

/** Runs commands of the page in the folder, as a person would who stops at the first that fails; rejects with what they said. */
export function runCommands(
  commands: string,
  { folder, database }: { folder: string; database: string },
): Promise<void> {
  const env = { PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`, DATABASE: database };
  return new Promise((resolve, reject) => {
    execFile('sh', ['-ec', commands], { cwd: folder, env }, (error, _stdout, stderr) =>
      error ? reject(new Error(stderr.trim() || error.message)) : resolve(),
    );
  });
}
