import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, MissingProgramError, type OnProgress, unpackPackage } from './debian-packages.ts';
import { projectRoot } from './project-root.ts';

const PROGRAMS = {
  prometheus: { names: ['prometheus'], debian: 'prometheus', megabytes: 50 },
  promtool: { names: ['promtool'], debian: 'prometheus', megabytes: 50 },
  // Debian gives it a longer name.
  alertmanager: {
    names: ['alertmanager', 'prometheus-alertmanager'],
    debian: 'prometheus-alertmanager',
    megabytes: 20,
  },
  amtool: { names: ['amtool'], debian: 'prometheus-alertmanager', megabytes: 20 },
} as const;

type ProgramName = keyof typeof PROGRAMS;
export type PrometheusPrograms = Record<ProgramName, string>;

const FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

/** Unpacked and not installed: Debian's packages would start a Prometheus of the machine's own. */
async function findOrUnpack(name: ProgramName, onProgress: OnProgress): Promise<string> {
  const { names, debian, megabytes } = PROGRAMS[name];
  const found = findProgram(names, FOLDERS);
  if (found !== undefined) return found;
  const folder = join(projectRoot, '.data/programs', debian);
  const path = names.map((program) => join(folder, 'usr/bin', program));
  try {
    await unpackPackage({ name: debian, folder, megabytes, onProgress });
  } catch (error) {
    if (!(error instanceof MissingProgramError)) throw error;
    throw new MissingProgramError(
      `${name} is missing: install Prometheus and Alertmanager (Debian: prometheus, prometheus-alertmanager; macOS: brew install prometheus alertmanager). ${error.message}`,
    );
  }
  const unpacked = path.find((program) => existsSync(program));
  if (unpacked === undefined) throw new MissingProgramError(`${debian} was unpacked and holds no ${name}`);
  return unpacked;
}

/** Prometheus, Alertmanager and their tools; throws MissingProgramError, in one line. */
export async function findOrUnpackPrometheus(onProgress: OnProgress): Promise<PrometheusPrograms> {
  const found: Partial<PrometheusPrograms> = {};
  for (const name of Object.keys(PROGRAMS) as ProgramName[])
    found[name] = await findOrUnpack(name, onProgress);
  return found as PrometheusPrograms;
}
