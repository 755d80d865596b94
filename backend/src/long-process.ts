import type { Logger } from './observability/logger.ts';

interface LongProcess {
  log: Logger;
  endLog: () => Promise<void>;
  endTracing: () => Promise<void>;
  /** Stops all parts in order; a process that hangs in it ends with 1 after `forcedEndMs`. */
  stop: () => Promise<void>;
  forcedEndMs: number;
  /** What is logged once it runs. */
  ready: { message: string; facts: Record<string, unknown> };
  /** Where it serves, for whoever started it. */
  url?: string;
}

/** Lets a process run until a signal asks it to end, or whoever started it is gone; then stops it and exits with 0. */
export function runUntilStopped({ log, ready, url, ...parts }: LongProcess): void {
  let isStopping = false;
  const stop = async (cause: string): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    log.info({ cause }, 'stopping');
    const forcedEnd = setTimeout(() => process.exit(1), parts.forcedEndMs);
    await parts.stop();
    clearTimeout(forcedEnd);
    await parts.endTracing();
    log.info('stopped');
    await parts.endLog();
    process.exit(0);
  };
  const stopOr = (cause: string) => () => {
    stop(cause).catch(() => process.exit(1));
  };
  process.on('SIGTERM', stopOr('SIGTERM'));
  process.on('SIGINT', stopOr('SIGINT'));
  // Whoever started this process and was told that it is ready is gone: nobody would ever stop it.
  if (process.send) process.on('disconnect', stopOr('the parent process is gone'));
  // Last of all: whoever was told may ask it to end at once.
  log.info(ready.facts, ready.message);
  process.send?.({ type: 'ready', ...(url !== undefined && { url }) });
}
