import { pino } from 'pino';
import { createLogger, type Logger } from './logger.ts';
import { type LokiTarget, openLokiStream } from './loki-stream.ts';
import { createRareWarning } from './rare-warning.ts';

export interface LogOutput {
  log: Logger;
  /** The last lines leave; about a second at most, whether Loki takes them or not. */
  end(): Promise<void>;
}

/** Logs to standard output, and to Loki when there is one. */
export function openLog(level: string, loki: LokiTarget | undefined): LogOutput {
  const stdout = pino.destination({ sync: false });
  const flushStdout = (): Promise<void> => new Promise((resolve) => stdout.flush(() => resolve()));
  if (!loki) return { log: createLogger(level, stdout), end: flushStdout };
  const stream = openLokiStream(loki, (cause) => warn(cause));
  // The logger has judged the level already: each stream takes what it is given.
  const both = pino.multistream([
    { level: 'trace', stream: stdout },
    { level: 'trace', stream },
  ]);
  const log = createLogger(level, both);
  const warn = createRareWarning(log, 'Loki does not take our log lines; they are on standard output only');
  return {
    log,
    async end() {
      await stream.end();
      await flushStdout();
    },
  };
}
