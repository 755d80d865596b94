import { findOrInstall, findProgram, type OnProgress } from './debian-packages.ts';

const PACKAGES = [
  { name: 'prometheus', megabytes: 50 },
  { name: 'prometheus-alertmanager', megabytes: 20 },
] as const;
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

// Debian gives Alertmanager a longer name.
const PROGRAMS = {
  prometheus: { names: ['prometheus'], of: PACKAGES[0] },
  promtool: { names: ['promtool'], of: PACKAGES[0] },
  alertmanager: { names: ['alertmanager', 'prometheus-alertmanager'], of: PACKAGES[1] },
  amtool: { names: ['amtool'], of: PACKAGES[1] },
} as const;

type ProgramName = keyof typeof PROGRAMS;
export type PrometheusPrograms = Record<ProgramName, string>;

/** Prometheus, Alertmanager and their tools; throws MissingProgramError, in one line, where they are not there and may not be installed. */
export async function findOrInstallPrometheus(onProgress: OnProgress): Promise<PrometheusPrograms> {
  const findOrInstallOne = (name: ProgramName): Promise<string> =>
    findOrInstall(() => findProgram(PROGRAMS[name].names, FOLDERS), { ...PROGRAMS[name].of, onProgress });
  return {
    prometheus: await findOrInstallOne('prometheus'),
    promtool: await findOrInstallOne('promtool'),
    alertmanager: await findOrInstallOne('alertmanager'),
    amtool: await findOrInstallOne('amtool'),
  };
}
