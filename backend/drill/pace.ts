import { setTimeout as wait } from 'node:timers/promises';

const LOOK_EVERY_MS = 100;

/** Waits a time between the two, by chance; less when the signal comes. */
export async function pause(
  { fromMs, toMs }: { fromMs: number; toMs: number },
  signal?: AbortSignal,
): Promise<void> {
  const ms = fromMs + Math.random() * (toMs - fromMs);
  // The signal's only meaning here is that waiting is over.
  await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}

/** Looks again and again until it is so, or time is up; answers whether it is. */
export async function comesTrue(
  look: () => boolean | Promise<boolean>,
  { withinMs, everyMs = LOOK_EVERY_MS }: { withinMs: number; everyMs?: number },
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if (await look()) return true;
    if (performance.now() >= deadline) return false;
    await wait(everyMs);
  }
}

/** Does the work for every item, a few at a time. */
export async function forEach<T>(
  items: readonly T[],
  { atOnce, work }: { atOnce: number; work: (item: T) => Promise<void> },
): Promise<void> {
  const left = items.values();
  const workOff = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, workOff));
}
