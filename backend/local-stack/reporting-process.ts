import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { hasEnded, startChild } from './child-processes.ts';
import { projectRoot } from './project-root.ts';

export type ReadyMessage = {
  type: 'ready';
  url?: string;
  port?: number;
  simulatorUrl?: string;
  /** How long it may take to end once it is asked to. */
  endsWithinMs?: number;
};

export type ReportingProcess = {
  name: string;
  /** Relative to the project. */
  script: string;
  nodeOptions?: string[];
  environment: NodeJS.ProcessEnv;
  /** Where its standard output goes; what it has to say to people it says on standard error, which is passed through. */
  output: number | 'inherit' | 'ignore';
  onStarted(child: ChildProcess): void;
};

function isReady(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}

/** Runs one of the project's processes and answers its word that it serves. Throws when it ends before that; why stands on standard error. */
export function startReportingProcess(options: ReportingProcess): Promise<ReadyMessage> {
  const { name, script, nodeOptions = [], environment, output, onStarted } = options;
  const child = startChild(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...nodeOptions, join(projectRoot, script)],
    { cwd: projectRoot, env: environment, stdio: ['ignore', output, 'inherit', 'ipc'] },
  );
  onStarted(child);
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (isReady(message)) resolve(message);
    });
    child.once('error', (error) => reject(new Error(`${name} cannot be run: ${error.message}`)));
    child.once('exit', (code, signal) => reject(new Error(describeEnd(name, code, signal))));
    if (hasEnded(child)) reject(new Error(describeEnd(name, child.exitCode, child.signalCode)));
  });
}

export function describeEnd(name: string, code: number | null, signal: NodeJS.Signals | null): string {
  return `${name} has ended (${signal === null ? `exit code ${code}` : signal})`;
}
