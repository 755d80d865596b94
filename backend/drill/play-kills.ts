import type { Period } from './judge-times.ts';
import { pause } from './pace.ts';
import { linger, type Played, type Stage, UNEVENTFUL, warmUp } from './stage.ts';

/** Counted from the start of the process: some kills meet one that does not serve yet. */
const LIFE_OF_SERVICE = { fromMs: 500, toMs: 7_000 };

/** The service is killed with -9 at random moments, and started again at once. */
export async function playServiceKills(stage: Stage): Promise<Played> {
  const { system, scale, say } = stage;
  const { service, factories } = system;
  await factories[0].switchTo('slow', { delayMs: scale.bakingMs });
  await warmUp(stage);
  const serviceKilledAt: number[] = [];
  const serviceAway: Period[] = [];
  const faults: string[] = [];
  let restarted: Promise<unknown> = Promise.resolve();
  for (let kill = 1; kill <= scale.serviceKills; kill += 1) {
    await pause(LIFE_OF_SERVICE);
    const killedAt = await service.kill();
    if (killedAt === undefined) faults.push(`before kill ${kill} the service was not running`);
    else serviceKilledAt.push(killedAt);
    say(`kill -9 of the service, ${kill} of ${scale.serviceKills}`);
    const away = { from: killedAt ?? Date.now(), to: Number.POSITIVE_INFINITY };
    const before = serviceAway.at(-1);
    if (before && before.to > away.from) before.to = away.from;
    serviceAway.push(away);
    restarted = service.start().then(() => {
      away.to = Date.now();
    });
    // Killed while starting it is not ready either, and that is no fault of its own.
    restarted.catch(() => undefined);
  }
  await restarted;
  await linger(stage);
  return { ...UNEVENTFUL, serviceKilledAt, serviceAway, faults };
}
