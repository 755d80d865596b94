import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Finished, runChild } from './child-processes.ts';

export type OnProgress = (line: string) => void;

/** The machine lacks something that may not or cannot be installed from here; the message says in one line what a person can do. */
export class MissingProgramError extends Error {}

const LOCK_WAIT_SECONDS = 180;
const LOCK_RETRY_MS = 1_000;
const HELD_LOCK = /could not get lock|unable to lock|is another process using it/i;
const INTERRUPTED_DPKG = /dpkg was interrupted|dpkg --configure -a/i;
const UNKNOWN_PACKAGE =
  /unable to locate package|has no installation candidate|couldn't find any package|404 +not found/i;

export function findProgram(names: readonly string[], folders: readonly string[] = []): string | undefined {
  const places = [...(process.env.PATH ?? '').split(delimiter), ...folders].filter((folder) => folder !== '');
  for (const name of names) {
    const folder = places.find((place) => existsSync(join(place, name)));
    if (folder !== undefined) return join(folder, name);
  }
  return undefined;
}

export const isAptThere = (): boolean => findProgram(['apt-get'], ['/usr/bin']) !== undefined;
export const isRoot = (): boolean => process.getuid?.() === 0;

function aptEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  // The database's own tools live in sbin, which an ordinary user's PATH lacks; English output is what is understood here.
  const path = `${process.env.PATH ?? ''}${delimiter}/usr/sbin${delimiter}/sbin`;
  return { ...process.env, PATH: path, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive', ...extra };
}

// apt waits for dpkg's lock by itself, but not for the lock on its package lists.
async function runApt(
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Finished> {
  const deadline = Date.now() + LOCK_WAIT_SECONDS * 1000;
  const waiting = ['-o', `DPkg::Lock::Timeout=${LOCK_WAIT_SECONDS}`, '-o', 'Dpkg::Use-Pty=0'];
  for (;;) {
    const env = aptEnvironment(options.env);
    const result = await runChild('apt-get', [...waiting, ...args], { ...options, env });
    if (result.code === 0 || !HELD_LOCK.test(result.output) || Date.now() > deadline) return result;
    await wait(LOCK_RETRY_MS);
  }
}

function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  return (
    lines.filter((line) => /^(E:|Err:|dpkg:)/.test(line)).at(-1) ??
    lines.findLast((line) => line !== '') ??
    ''
  );
}

export type PackageRequest = { name: string; megabytes: number; onProgress: OnProgress };

/** Installs a Debian package as root. Nothing that is on the machine is removed for it. */
export async function installPackage({ name, megabytes, onProgress }: PackageRequest): Promise<void> {
  if (!isAptThere() || !isRoot())
    throw new MissingProgramError(`${name} is missing: install it (as root: apt-get install ${name})`);
  onProgress(`installing ${name} (about ${megabytes} MB) ...`);
  const install = ['install', '--yes', '--no-install-recommends', '--no-remove', name];
  let result = await runApt(install);
  if (result.code !== 0 && INTERRUPTED_DPKG.test(result.output)) {
    await runChild('dpkg', ['--configure', '-a'], { env: aptEnvironment() });
    result = await runApt(install);
  }
  // The machine may know no packages yet, or old ones that the mirror has dropped.
  if (result.code !== 0 && UNKNOWN_PACKAGE.test(result.output)) {
    onProgress('asking the package mirror what it offers ...');
    await runApt(['update']);
    result = await runApt(install);
  }
  if (result.code !== 0)
    throw new MissingProgramError(
      `${name} is missing and could not be installed: ${lastLine(result.output)}`,
    );
}

/** What `find` finds, after installing the package it comes with where there is none. Throws MissingProgramError, in one line, where none may be installed. */
export async function findOrInstall<Found>(
  find: () => Found | undefined,
  request: PackageRequest,
): Promise<Found> {
  const found = find();
  if (found !== undefined) return found;
  await installPackage(request);
  const installed = find();
  if (installed === undefined)
    throw new MissingProgramError(`${request.name} was installed but is not on the PATH`);
  return installed;
}

// apt's own folders belong to root; an ordinary user gets private ones that know the same mirrors.
function writePrivateAptConfig(folder: string): string {
  for (const part of ['state/lists/partial', 'cache/archives/partial', 'debs'])
    mkdirSync(join(folder, part), { recursive: true });
  const config = join(folder, 'apt.conf');
  const lines = [
    `Dir::State "${folder}/state";`,
    `Dir::State::lists "${folder}/state/lists";`,
    `Dir::Cache "${folder}/cache";`,
    'Dir::State::status "/var/lib/dpkg/status";',
    'APT::Sandbox::User "";',
    'Debug::NoLocking "true";',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  return config;
}

/** Names of the package and of what it needs that this machine lacks, as apt itself works it out. */
export function packagesToInstall(simulation: string): string[] {
  return [...simulation.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name ?? '');
}

/** Unpacks a package, with the libraries this machine lacks, into `folder` without being root. A folder that exists is complete. */
export async function unpackPackage({
  name,
  folder,
  onProgress,
  megabytes,
}: PackageRequest & { folder: string }): Promise<void> {
  if (existsSync(folder)) return;
  if (!isAptThere())
    throw new MissingProgramError(`${name} is missing and this machine has no apt-get to fetch it with`);
  onProgress(`fetching ${name} (about ${megabytes} MB) into ${folder} ...`);
  const draft = `${folder}.draft-${process.pid}`;
  const env = { APT_CONFIG: writePrivateAptConfig(draft) };
  try {
    await expectSuccess(runApt(['update'], { env }));
    const simulation = await expectSuccess(
      runApt(['install', '--simulate', '--no-install-recommends', name], { env }),
    );
    const debs = join(draft, 'debs');
    await expectSuccess(runApt(['download', ...packagesToInstall(simulation)], { cwd: debs, env }));
    for (const deb of readdirSync(debs)) {
      await expectSuccess(
        runChild('dpkg', ['-x', join(debs, deb), join(draft, 'root')], { env: aptEnvironment() }),
      );
    }
    renameSync(join(draft, 'root'), folder);
  } catch (error) {
    // Two that unpack at once end with the same folder; the slower one takes the other's.
    if (existsSync(folder)) return;
    throw new MissingProgramError(`${name} is missing and could not be fetched: ${(error as Error).message}`);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function expectSuccess(running: Promise<Finished>): Promise<string> {
  const { code, output } = await running;
  if (code !== 0) throw new Error(lastLine(output));
  return output;
}
