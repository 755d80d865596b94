import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { hasEnded, stopChild, whenEnded } from '../local-stack/child-processes.ts';
import { startReportingProcess } from '../local-stack/reporting-process.ts';

const SHIFTED_CLOCK = import.meta.resolve('../local-stack/shifted-clock.mjs');

/** The service as operators run it: one process that is started, killed and started again. */
export interface ServiceUnderDrill {
  start(options?: { clockSkewMs: number }): Promise<void>;
  /** As `kill -9` does. Answers when, or undefined when it had ended by itself. */
  kill(): Promise<number | undefined>;
  stop(): Promise<void>;
  /** Every time it ended although nobody wanted it to. */
  ownEnds(): readonly string[];
}

export function createServiceUnderDrill(options: {
  environment: NodeJS.ProcessEnv;
  logPath: string;
}): ServiceUnderDrill {
  const ownEnds: string[] = [];
  let present: { child: ChildProcess; isWantedToEnd: boolean } | undefined;

  function watch(child: ChildProcess): void {
    const started = { child, isWantedToEnd: false };
    present = started;
    child.once('exit', (code, signal) => {
      if (!started.isWantedToEnd) ownEnds.push(`the service ended by itself (${signal ?? code})`);
    });
  }

  return {
    async start({ clockSkewMs } = { clockSkewMs: 0 }) {
      const log = openSync(options.logPath, 'a', 0o600);
      try {
        await startReportingProcess({
          name: 'the service',
          script: 'backend/src/main.ts',
          ...(clockSkewMs !== 0 && { nodeOptions: ['--import', SHIFTED_CLOCK] }),
          environment: { ...options.environment, CLOCK_SHIFT_MS: String(clockSkewMs) },
          output: log,
          onStarted: watch,
        });
      } finally {
        closeSync(log);
      }
    },
    async kill() {
      if (!present || hasEnded(present.child)) return undefined;
      present.isWantedToEnd = true;
      const at = Date.now();
      present.child.kill('SIGKILL');
      await whenEnded(present.child);
      return at;
    },
    async stop() {
      if (!present) return;
      present.isWantedToEnd = true;
      await stopChild(present.child);
    },
    ownEnds: () => ownEnds,
  };
}
