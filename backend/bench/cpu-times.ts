import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of a core that each part has used so far, in all of its processes. */
export interface CpuTimes {
  service: number;
  database: number;
  reference: number;
}

const PROGRAMS: readonly [keyof CpuTimes, RegExp][] = [
  ['service', /backend\/src\/main\.ts/],
  ['database', /(mariadbd|mysqld)\b/],
  ['reference', /reference-server\.ts/],
];
// The kernel counts in hundredths of a second (USER_HZ, proc_pid_stat(5)).
const MS_PER_TICK = 10;

interface Process {
  id: number;
  parentId: number;
  command: string;
  ms: number;
}

function readProcess(id: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The name in parentheses may hold anything, so the fields are counted from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [parentId, user, system] = [fields[1], fields[11], fields[12]].map(Number);
    if (parentId === undefined || user === undefined || system === undefined) return undefined;
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8');
    return { id, parentId, command, ms: (user + system) * MS_PER_TICK };
  } catch {
    // It has ended.
    return undefined;
  }
}

function readDescendants(): Process[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const processes = all.flatMap((name) => readProcess(Number(name)) ?? []);
  const childrenOf = Map.groupBy(processes, ({ parentId }) => parentId);
  const below = (id: number): Process[] =>
    (childrenOf.get(id) ?? []).flatMap((child) => [child, ...below(child.id)]);
  return below(process.pid);
}

/**
 * What the processes that this one started have cost so far: on a busy machine a steadier figure than how much went
 * through. Undefined where the system does not tell (no /proc).
 */
export function readCpuTimes(): CpuTimes | undefined {
  if (process.platform !== 'linux') return undefined;
  const times: CpuTimes = { service: 0, database: 0, reference: 0 };
  for (const { command, ms } of readDescendants()) {
    const known = PROGRAMS.find(([, pattern]) => pattern.test(command));
    if (known) times[known[0]] += ms;
  }
  return times;
}
