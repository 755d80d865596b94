import { setTimeout as wait } from 'node:timers/promises';
import { linger, type Played, type Stage, seePizzasAgain, UNEVENTFUL, warmUp } from './stage.ts';

/** Longer than a lease of 15 s and than the heartbeat's patience. */
const STALL_MS = 16_500;
/** Calls that are out when it begins are answered while it lasts, and settled after it. */
const BAKING_DURING_STALL_MS = 8_000;
const MINUTE_MS = 60_000;
/** How far the clock of a service may be off without anybody's noticing. */
const SKEWS_MS = [70 * MINUTE_MS, -2 * MINUTE_MS, -60 * MINUTE_MS, 4 * MINUTE_MS] as const;

/** Two services make orders when their database stands still for longer than a lease. */
export async function playStalls(stage: Stage): Promise<Played> {
  const { system, scale, say } = stage;
  const [factory] = system.factories;
  await warmUp(stage);
  for (let stall = 1; stall <= scale.stalls; stall += 1) {
    await factory.switchTo('slow', { delayMs: BAKING_DURING_STALL_MS });
    // Orders must be in the making when the stall begins.
    await wait(scale.warmUpMs);
    system.database.freeze();
    await factory.switchTo('slow', { delayMs: scale.bakingMs });
    await wait(STALL_MS);
    system.database.thaw();
    say(`a stall of ${STALL_MS / 1000} s, ${stall} of ${scale.stalls}`);
    await seePizzasAgain(stage, Date.now());
  }
  await linger(stage);
  return UNEVENTFUL;
}

/** The service starts with one wrong clock after another, and meets a factory that refuses each time. */
export async function playClockSkew(stage: Stage): Promise<Played> {
  const { system, scale, say } = stage;
  const [factory] = system.factories;
  await warmUp(stage);
  for (let restart = 1; restart <= scale.restarts; restart += 1) {
    const skewMs = SKEWS_MS[restart % SKEWS_MS.length] ?? 0;
    await system.service.stop();
    await system.service.start({ clockSkewMs: skewMs });
    await factory.switchTo('fail');
    say(`the clock is ${skewMs / MINUTE_MS} min off, ${restart} of ${scale.restarts}`);
    await seePizzasAgain(stage, Date.now());
  }
  await linger(stage);
  return UNEVENTFUL;
}

/** The service starts afresh while nobody tells it the factory's keys, and the factory is well. */
export async function playKeysAway(stage: Stage): Promise<Played> {
  const { system, scale, say } = stage;
  await warmUp(stage);
  for (let restart = 1; restart <= scale.restarts; restart += 1) {
    system.keys.close();
    await system.service.stop();
    await system.service.start();
    say(`a fresh service without the keys, ${restart} of ${scale.restarts}`);
    await seePizzasAgain(stage, Date.now());
    system.keys.open();
  }
  await linger(stage);
  return UNEVENTFUL;
}
