import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from './observability/logger.ts';

interface LongProcess {
  log: Logger;
  endLog: () => Promise<void>;
  endTracing: () => Promise<void>;
  /** Says that nothing new may be sent here, and goes on; for `drainMs`, so that whoever sends it finds out first. */
  beginLeaving: () => void;
  drainMs: number;
  /** Stops all parts in order; a process that hangs in it ends with 1 after `forcedEndMs`. */
  stop: () => Promise<void>;
  forcedEndMs: number;
  /** What is logged once it runs. */
  ready: { message: string; facts: Record<string, unknown> };
  /** Where it serves, for whoever started it. */
  url?: string;
}

/**
 * Lets a process run until a signal asks it to end, or whoever started it is gone; then stops it and exits with 0.
 * SIGTERM comes from what runs services, with a balancer before them: the process drains first. SIGINT comes from a
 * person at a terminal, who waits: it does not, and ends a drain that has begun.
 */
export function runUntilStopped({ log, ready, url, ...parts }: LongProcess): void {
  let isStopping = false;
  const hurry = new AbortController();
  const stop = async (cause: string): Promise<void> => {
    if (cause !== 'SIGTERM') hurry.abort();
    if (isStopping) return;
    isStopping = true;
    log.info({ cause }, 'stopping');
    parts.beginLeaving();
    if (parts.drainMs > 0) {
      await pause(parts.drainMs, undefined, { signal: hurry.signal }).catch(() => undefined);
    }
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
  const endsWithinMs = parts.drainMs + parts.forcedEndMs;
  process.send?.({ type: 'ready', endsWithinMs, ...(url !== undefined && { url }) });
}
