import type { Period, Proof } from './judge-times.ts';
import { pause } from './pace.ts';
import { linger, type Played, type Stage, seePizzasAgain, UNEVENTFUL, warmUp } from './stage.ts';

/** Counted from the start of the process: some kills meet one that does not serve yet. */
const LIFE_OF_SERVICE = { fromMs: 500, toMs: 7_000 };
const LIFE_OF_DATABASE = { fromMs: 500, toMs: 4_000 };
/** Sometimes it is back before a client has noticed, sometimes everybody has been told to come again. */
const DATABASE_AWAY = { fromMs: 0, toMs: 3_000 };

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

/** The database is killed with -9 under load, and started again at once or a moment later. */
export async function playDatabaseKills(stage: Stage): Promise<Played> {
  const { system, diners, scale, say } = stage;
  const { database } = system;
  await system.factories[0].switchTo('slow', { delayMs: scale.bakingMs });
  await warmUp(stage);
  const proofs: Proof[] = [];
  let longestAwayMs = 0;
  for (let kill = 1; kill <= scale.databaseKills; kill += 1) {
    await pause(LIFE_OF_DATABASE);
    const pizzas = diners.countPizzas();
    const killedAt = Date.now();
    await database.kill();
    await pause(DATABASE_AWAY);
    await database.restart();
    const backAt = Date.now();
    longestAwayMs = Math.max(longestAwayMs, backAt - killedAt);
    proofs.push({ callsFrom: backAt, countedFrom: backAt });
    say(`kill -9 of the database, ${kill} of ${scale.databaseKills}; ${pizzas} pizzas so far`);
    await seePizzasAgain(stage, backAt);
  }
  return { ...UNEVENTFUL, proofs, notes: [`the database was away for at most ${longestAwayMs} ms`] };
}
