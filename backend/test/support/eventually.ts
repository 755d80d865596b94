import { setTimeout as wait } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** Waits until `look` answers something; throws, naming what was awaited, when it has not by then. */
export async function eventually<T>(
  awaited: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs: number,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${awaited}`);
    await wait(LOOK_EVERY_MS);
  }
}
