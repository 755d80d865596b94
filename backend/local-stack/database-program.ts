import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child-processes.ts';
import {
  findProgram,
  installPackage,
  isRoot,
  MissingProgramError,
  type OnProgress,
  unpackPackage,
} from './debian-packages.ts';

export type DatabaseProgram = {
  command: string;
  flavour: 'mariadb' | 'mysql';
  /** Set where the program was unpacked into a folder and does not find its own files. */
  unpackedInto: string | undefined;
  env: NodeJS.ProcessEnv;
};

const PACKAGE = 'mariadb-server-core';
const PACKAGE_MEGABYTES = 10;
const SERVER_NAMES = ['mariadbd', 'mysqld'];
const SERVER_FOLDERS = [
  '/usr/sbin',
  '/usr/libexec',
  '/usr/local/sbin',
  '/usr/local/libexec',
  '/usr/local/mysql/bin',
  ...['mariadb', 'mysql'].flatMap((name) => [`/opt/homebrew/opt/${name}/bin`, `/usr/local/opt/${name}/bin`]),
];
// Older ones lack SKIP LOCKED, which the queue of orders needs, or are out of support.
const OLDEST = { mariadb: [10, 6], mysql: [8, 4] } as const;

const WAYS_OUT =
  'Name a server with DATABASE_URL=mysql://user:password@host:3306/name, start one with ops/compose.yaml, ' +
  'or install one (Debian: apt-get install mariadb-server-core, macOS: brew install mariadb).';

/** Reads what a server says of itself; undefined when the system does not run on it. */
export function flavourOf(versionLine: string): DatabaseProgram['flavour'] | undefined {
  const flavour = /mariadb/i.test(versionLine) ? 'mariadb' : 'mysql';
  const [, major, minor] = /Ver (\d+)\.(\d+)/.exec(versionLine) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const [oldestMajor, oldestMinor] = OLDEST[flavour];
  const isOldEnough =
    Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor);
  return isOldEnough ? flavour : undefined;
}

async function tryProgram(command: string, unpackedInto?: string): Promise<DatabaseProgram | undefined> {
  const env = unpackedInto === undefined ? {} : { LD_LIBRARY_PATH: libraryFolders(unpackedInto).join(':') };
  const { code, output } = await runChild(command, ['--no-defaults', '--version'], {
    env: { ...process.env, ...env },
  });
  const flavour = code === 0 ? flavourOf(output) : undefined;
  return flavour === undefined ? undefined : { command, flavour, unpackedInto, env };
}

function libraryFolders(root: string): string[] {
  return ['usr/lib', 'lib']
    .map((part) => join(root, part))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [
      ...readdirSync(folder)
        .filter((name) => name.includes('-linux-'))
        .map((name) => join(folder, name)),
      folder,
    ]);
}

async function findInstalled(): Promise<DatabaseProgram | undefined> {
  for (const name of SERVER_NAMES) {
    const command = findProgram([name], SERVER_FOLDERS);
    const program = command === undefined ? undefined : await tryProgram(command);
    if (program) return program;
  }
  return undefined;
}

/** The database server of this machine, installed or unpacked first where there is none. Throws MissingProgramError with the ways out. */
export async function findDatabaseProgram(
  cacheFolder: string,
  onProgress: OnProgress,
): Promise<DatabaseProgram> {
  const unpackedInto = join(cacheFolder, 'mariadb');
  const unpackedCommand = join(unpackedInto, 'usr/sbin/mariadbd');
  const found =
    (await findInstalled()) ??
    (existsSync(unpackedCommand) ? await tryProgram(unpackedCommand, unpackedInto) : undefined);
  if (found) return found;
  let reason = `${PACKAGE} does not run on this machine`;
  const request = { name: PACKAGE, megabytes: PACKAGE_MEGABYTES, onProgress };
  const install = async (): Promise<DatabaseProgram | undefined> => {
    await installPackage(request);
    return findInstalled();
  };
  const unpack = async (): Promise<DatabaseProgram | undefined> => {
    await unpackPackage({ ...request, folder: unpackedInto });
    return tryProgram(unpackedCommand, unpackedInto);
  };
  const ways = isRoot() ? [install, unpack] : [unpack];
  for (const way of ways) {
    try {
      const program = await way();
      if (program) return program;
    } catch (error) {
      if (!(error instanceof MissingProgramError)) throw error;
      reason = error.message;
    }
  }
  throw new MissingProgramError(`no database server: ${reason}. ${WAYS_OUT}`);
}
