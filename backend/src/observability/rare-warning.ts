import type { Logger } from './logger.ts';

// Something that is away for hours is worth a line now and then, not one for each try.
const QUIET_MS = 10 * 60 * 1000;

/** A warning for what fails again and again: said at the first failure, then at most every ten minutes. */
export function createRareWarning(log: Logger, message: string): (cause: string) => void {
  let quietUntilMs = Number.NEGATIVE_INFINITY;
  return (cause) => {
    const now = performance.now();
    if (now < quietUntilMs) return;
    quietUntilMs = now + QUIET_MS;
    log.warn({ cause }, message);
  };
}
