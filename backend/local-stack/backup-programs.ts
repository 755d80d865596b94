import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { findOrInstall, findProgram, MissingProgramError, type OnProgress } from './debian-packages.ts';

/** Programs of one make: what the one writes the other reads. */
export type BackupPrograms = { dump: string; client: string };
export type ServerMake = 'mariadb' | 'mysql';

// The dump program is not part of mariadb-client-core in every Debian.
const PACKAGE = 'mariadb-client';
const PACKAGE_MEGABYTES = 3;
const PROGRAMS = { mariadb: ['mariadb-dump', 'mariadb'], mysql: ['mysqldump', 'mysql'] } as const;
const FOLDERS = [
  '/usr/bin',
  ...['mariadb', 'mysql-client', 'mysql'].flatMap((name) => [
    `/opt/homebrew/opt/${name}/bin`,
    `/usr/local/opt/${name}/bin`,
  ]),
];

function findBackupPrograms(make: ServerMake): BackupPrograms | undefined {
  const [dump, client] = PROGRAMS[make].map((name) => findProgram([name], FOLDERS));
  if (dump === undefined || client === undefined) return undefined;
  // MariaDB also goes by the old names.
  const isOfOther = make === 'mysql' && basename(realpathSync(dump)).startsWith('mariadb');
  return isOfOther ? undefined : { dump, client };
}

/**
 * What dumps and restores a database of this server: its own make's alone, because MariaDB's dump of a MySQL server
 * looks whole and is not taken back. Throws MissingProgramError, in one line.
 */
export async function findOrInstallBackupPrograms(
  make: ServerMake,
  onProgress: OnProgress,
): Promise<BackupPrograms> {
  if (make === 'mariadb') {
    const request = { name: PACKAGE, megabytes: PACKAGE_MEGABYTES, onProgress };
    return findOrInstall(() => findBackupPrograms(make), request);
  }
  const found = findBackupPrograms(make);
  if (found) return found;
  throw new MissingProgramError(
    "MySQL's own mysqldump and mysql are missing: MySQL does not take back what MariaDB's programs dump of it",
  );
}
