import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { BackupPrograms } from '../../local-stack/backup-programs.ts';
import { projectRoot } from '../../local-stack/project-root.ts';

const PAGE = join(projectRoot, 'docs/operations/back-up-and-restore.md');

/** The first commands under a heading of the page. */
export function readCommands(heading: string): string {
  const section = readFileSync(PAGE, 'utf8').split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const commands = /^```sh\n(.*?)^```$/ms.exec(section)?.[1];
  if (commands === undefined) throw new Error(`${PAGE} has no commands under "${heading}"`);
  return commands;
}

/** A folder as the page wants it: the file of the password, and the programs under the names it uses. */
export function layOutBackupFolder(
  folder: string,
  { url, programs }: { url: URL; programs: BackupPrograms },
): void {
  symlinkSync(programs.dump, join(folder, 'mariadb-dump'));
  symlinkSync(programs.client, join(folder, 'mariadb'));
  const settings = [
    '[client]',
    `host = ${url.hostname}`,
    `port = ${url.port || 3306}`,
    `user = ${decodeURIComponent(url.username)}`,
    `password = "${decodeURIComponent(url.password)}"`,
    // The certificate of a test's server is its own. Not every program knows the word.
    'loose_ssl_verify_server_cert = 0',
  ];
  writeFileSync(join(folder, 'database.cnf'), `${settings.join('\n')}\n`, { mode: 0o600 });
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
