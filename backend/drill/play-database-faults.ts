import { COMMIT } from './database-proxy.ts';
import type { Proof } from './judge-times.ts';
import { pause } from './pace.ts';
import { linger, type Played, type Stage, seePizzasAgain, UNEVENTFUL, warmUp } from './stage.ts';

/** From one fault to the next, counted from the first pizza that was seen again. */
const BETWEEN_FAULTS = { fromMs: 500, toMs: 4_000 };
/** Sometimes it is back before a client has noticed, sometimes everybody has been told to come again. */
const AWAY = { fromMs: 0, toMs: 3_000 };
/** From shorter than any limit of the service to longer than that of a statement and of a heartbeat. */
const FROZEN = { fromMs: 500, toMs: 9_000 };
const READ_ONLY = { fromMs: 500, toMs: 4_000 };
/** What a service has to answer at once, whatever its database does. */
const READINESS_WITHIN_MS = 1_000;
/** By then the last heartbeat of a service is too old. */
const UNREADY_AFTER_MS = 8_500;
const ANSWERED_WITHIN_MS = 5_500;

interface DatabaseFault {
  name: string;
  /** Does it and ends it; answers what was not as promised meanwhile. */
  inflict(stage: Stage): Promise<string[]>;
}

async function playFaults(stage: Stage, fault: DatabaseFault): Promise<Played> {
  const { system, diners, scale, say } = stage;
  await system.factories[0].switchTo('slow', { delayMs: scale.bakingMs });
  await warmUp(stage);
  const proofs: Proof[] = [];
  const faults: string[] = [];
  let longestMs = 0;
  for (let count = 1; count <= scale.databaseFaults; count += 1) {
    await pause(BETWEEN_FAULTS);
    const pizzas = diners.countPizzas();
    const startedAt = Date.now();
    faults.push(...(await fault.inflict(stage)));
    const backAt = Date.now();
    longestMs = Math.max(longestMs, backAt - startedAt);
    proofs.push({ callsFrom: backAt, countedFrom: backAt });
    say(`${fault.name}, ${count} of ${scale.databaseFaults}; ${pizzas} pizzas so far`);
    await seePizzasAgain(stage, backAt);
  }
  await linger(stage);
  return { ...UNEVENTFUL, proofs, faults, notes: [`the longest fault lasted ${longestMs} ms`] };
}

/** The database is killed with -9 under load, and started again at once or a moment later. */
export const playDatabaseKills = (stage: Stage): Promise<Played> =>
  playFaults(stage, {
    name: 'kill -9 of the database',
    async inflict({ system: { database } }) {
      await database.kill();
      await pause(AWAY);
      await database.restart();
      return [];
    },
  });

const pick = <T>(choices: readonly [T, ...T[]]): T =>
  choices[Math.floor(Math.random() * choices.length)] ?? choices[0];

/** A COMMIT, or only its answer, is lost on the way; every second time it is the COMMIT of a placed order. */
export function playCommitsLost(stage: Stage): Promise<Played> {
  let count = 0;
  return playFaults(stage, {
    name: 'a COMMIT was lost',
    async inflict({ system: { proxy } }) {
      count += 1;
      const aftermath = pick(['reset', 'silence', 'cut'] as const);
      proxy.swallowNext({
        statement: COMMIT,
        ...(count % 2 === 0 && { after: /^insert into `orders`/ }),
        lose: pick(['statement', 'answer'] as const),
        aftermath,
      });
      await proxy.whenSwallowed();
      if (aftermath === 'cut') await pause(AWAY);
      proxy.restore();
      return [];
    },
  });
}

/** Answers what a service says while its database stands still. */
async function lookWhileFrozen({ client }: Stage, frozenMs: number): Promise<string[]> {
  const startedAt = performance.now();
  const answer = await client
    .call({ method: 'GET', path: '/api/order/menu', withinMs: ANSWERED_WITHIN_MS })
    .catch(() => undefined);
  const faults: string[] = [];
  if (!answer) faults.push(`a request was not answered within ${ANSWERED_WITHIN_MS} ms`);
  else if (answer.status !== 503 && answer.status !== 200)
    faults.push(`a request was answered ${answer.status}`);
  const leftMs = frozenMs - (performance.now() - startedAt);
  if (leftMs > 0) await pause({ fromMs: leftMs, toMs: leftMs });
  const ready = await client
    .call({ method: 'GET', path: '/health/ready', withinMs: READINESS_WITHIN_MS })
    .catch(() => undefined);
  if (!ready) faults.push('readiness was not answered within a second');
  else if (frozenMs > UNREADY_AFTER_MS && ready.status !== 503)
    faults.push(`after ${Math.round(frozenMs)} ms readiness was ${ready.status}`);
  return faults;
}

/** The database stands still, as under a stopped process or a storage that does not answer, and goes on. */
export const playDatabaseFreezes = (stage: Stage): Promise<Played> =>
  playFaults(stage, {
    name: 'the database was frozen',
    async inflict(own) {
      const { database } = own.system;
      const frozenMs = FROZEN.fromMs + Math.random() * (FROZEN.toMs - FROZEN.fromMs);
      database.freeze();
      try {
        return await lookWhileFrozen(own, frozenMs);
      } finally {
        database.thaw();
      }
    },
  });

/** The server refuses to write, as after a fail-over or with a full disk. */
export const playReadOnly = (stage: Stage): Promise<Played> =>
  playFaults(stage, {
    name: 'the database was read-only',
    async inflict({ system: { database } }) {
      await database.setReadOnly(true);
      await pause(READ_ONLY);
      await database.setReadOnly(false);
      return [];
    },
  });
