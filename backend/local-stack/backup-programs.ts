import { findOrInstall, findProgram, type OnProgress } from './debian-packages.ts';

/** Programs of one make: what the one writes the other reads. */
export type BackupPrograms = { dump: string; client: string };

// The dump program is not part of mariadb-client-core in every Debian.
const PACKAGE = 'mariadb-client';
const PACKAGE_MEGABYTES = 5;
const MAKES = {
  mariadb: { dump: 'mariadb-dump', client: 'mariadb' },
  mysql: { dump: 'mysqldump', client: 'mysql' },
} as const;

type Make = keyof typeof MAKES;

const FOLDERS = [
  '/usr/bin',
  ...['mariadb', 'mysql-client', 'mysql'].flatMap((name) => [
    `/opt/homebrew/opt/${name}/bin`,
    `/usr/local/opt/${name}/bin`,
  ]),
];

function findPrograms(make: Make): BackupPrograms | undefined {
  const dump = findProgram([MAKES[make].dump], FOLDERS);
  const client = findProgram([MAKES[make].client], FOLDERS);
  return dump === undefined || client === undefined ? undefined : { dump, client };
}

/** What dumps and restores a database: of the server's own make where it is there, else of the other one. Throws MissingProgramError. */
export function findOrInstallBackupPrograms(server: Make, onProgress: OnProgress): Promise<BackupPrograms> {
  const other = server === 'mariadb' ? 'mysql' : 'mariadb';
  return findOrInstall(() => findPrograms(server) ?? findPrograms(other), {
    name: PACKAGE,
    megabytes: PACKAGE_MEGABYTES,
    onProgress,
  });
}
