import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { join } from 'node:path';

const FORCED_END_MS = 8_000;
const HUNG_END_MS = 5_000;
const OUTPUT_LIMIT = 1024 * 1024;

const guarded = new Map<number, ChildProcess>();
let reaper: ChildProcess | undefined;

function startReaper(): ChildProcess {
  const started = spawn(process.execPath, [join(import.meta.dirname, 'reaper.mjs')], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: process.env.PATH },
  });
  // Neither the reaper nor the pipe to it may keep this process alive.
  started.unref();
  if (started.stdin && 'unref' in started.stdin && typeof started.stdin.unref === 'function')
    started.stdin.unref();
  started.stdin?.on('error', () => {});
  started.once('exit', () => {
    reaper = undefined;
    if (guarded.size > 0) ensureReaper();
  });
  return started;
}

function ensureReaper(): ChildProcess {
  if (reaper) return reaper;
  reaper = startReaper();
  for (const pid of guarded.keys()) reaper.stdin?.write(`+${pid}\n`);
  return reaper;
}

/**
 * Starts a child in its own process group: the terminal's Ctrl-C reaches only this process, which then stops its children in order.
 * However this process ends, the reaper ends the child within a few seconds.
 */
export function startChild(command: string, args: string[], options: SpawnOptions = {}): ChildProcess {
  const watcher = ensureReaper();
  const child = spawn(command, args, { ...options, detached: true });
  const { pid } = child;
  if (pid === undefined) return child;
  guarded.set(pid, child);
  watcher.stdin?.write(`+${pid}\n`);
  child.once('exit', () => {
    guarded.delete(pid);
    reaper?.stdin?.write(`-${pid}\n`);
  });
  return child;
}

export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

export function whenEnded(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
  });
}

function killGroup(child: ChildProcess): void {
  if (hasEnded(child) || child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** What an ended child has started and left behind, as jest does with its workers. */
function killLeftBehind({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of its group is left, as it should be.
  }
}

/** Asks the child to end, by SIGTERM unless told otherwise, and waits for it, and ends what it left behind; one that does not listen is ended by force with all that it started. Says whether it went by itself. */
export async function stopChild(
  child: ChildProcess,
  forcedEndMs: number = FORCED_END_MS,
  signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM',
): Promise<boolean> {
  if (hasEnded(child)) return true;
  let isForced = false;
  const timer = setTimeout(() => {
    isForced = true;
    killGroup(child);
  }, forcedEndMs);
  child.kill(signal);
  await whenEnded(child);
  clearTimeout(timer);
  killLeftBehind(child);
  return !isForced;
}

/** Stops whatever is still running, the youngest first: for an end that comes while things are being started. */
export async function stopAllChildren(forcedEndMs?: number): Promise<void> {
  await Promise.all([...guarded.values()].reverse().map((child) => stopChild(child, forcedEndMs)));
}

/** The forced end of everything at once, when an orderly one takes too long. */
export function killAllChildren(): void {
  for (const child of guarded.values()) killGroup(child);
}

export type Finished = { code: number; output: string };

/** Runs a child to its end and answers its exit code with what it wrote. A command that cannot be run answers 127, one ended by a signal 1. */
export function runChild(command: string, args: string[], options: RunOptions = {}): Promise<Finished> {
  const { input, onLine, ...spawnOptions } = options;
  return new Promise((resolve) => {
    const child = startChild(command, args, {
      ...spawnOptions,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let output = '';
    let line = '';
    const take = (chunk: string): void => {
      output = (output + chunk).slice(-OUTPUT_LIMIT);
      const lines = (line + chunk).split('\n');
      line = lines.pop() ?? '';
      if (onLine) for (const whole of lines) onLine(whole);
    };
    child.stdout?.setEncoding('utf8').on('data', take);
    child.stderr?.setEncoding('utf8').on('data', take);
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
    child.stdin?.on('error', () => {});
    if (input !== undefined) child.stdin?.end(input);
  });
}

/** Runs a child that writes to the terminal itself and answers its exit code; one that hangs is ended and answers 1. */
export async function runVisibly(command: string, args: string[], options: VisibleOptions): Promise<number> {
  const { env, longestMs } = options;
  const child = startChild(command, args, { cwd: options.cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const timer = setTimeout(() => void stopChild(child, HUNG_END_MS), longestMs);
  await whenEnded(child);
  clearTimeout(timer);
  return child.exitCode ?? 1;
}

export type VisibleOptions = { cwd: string; env: NodeJS.ProcessEnv; longestMs: number };

export type RunOptions = {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  input?: string;
  onLine?: (line: string) => void;
};
