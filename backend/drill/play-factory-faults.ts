import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './factory-control.ts';
import { comesTrue, pause } from './pace.ts';
import { findCure, linger, type Played, type Stage, seePizzasAgain, UNEVENTFUL, warmUp } from './stage.ts';

const NOT_CURED = 'the service did not cure it: switched off by hand';
/** Long enough that many calls meet the fault before the first report: the simulator spoils each in another way. */
const BAD_PIZZA_MS = 400;
/** The service probes a silent factory every 5 s. */
const PROBE_SECONDS = 5;

/** A fault that ends when its report URL is opened, which is for the service to do. */
export async function playCurableFault(stage: Stage, fault: 'fail' | 'badjwt' | 'throttle'): Promise<Played> {
  const { system, scale, say } = stage;
  const [factory] = system.factories;
  await warmUp(stage);
  const delayMs = { fail: 0, badjwt: BAD_PIZZA_MS, throttle: scale.throttleMs }[fault];
  say(`the factory plays ${fault}`);
  const faultAt = await factory.switchTo(fault, { delayMs });
  const curedAt = await findCure(factory, { faultAt, withinMs: scale.longestFaultMs });
  const wellAt = curedAt ?? (await factory.switchTo('none'));
  say(curedAt === undefined ? NOT_CURED : 'the fault was reported away');
  await seePizzasAgain(stage, wellAt);
  await linger(stage);
  return {
    ...UNEVENTFUL,
    faultAt,
    proofs: [{ callsFrom: curedAt ?? Number.POSITIVE_INFINITY, countedFrom: faultAt }],
    notes: curedAt === undefined ? [NOT_CURED] : [],
  };
}

/** A fault without a cure: it goes on until the factory is well by itself. */
export async function playPassingFault(stage: Stage, fault: 'unreachable' | 'error'): Promise<Played> {
  const { faultAt, wellAt } = await breakAndMend(stage, fault);
  await seePizzasAgain(stage, wellAt);
  await linger(stage);
  return {
    ...UNEVENTFUL,
    faultAt,
    proofs: [{ callsFrom: wellAt, countedFrom: wellAt }],
    linesCutAt: fault === 'unreachable' ? faultAt : undefined,
  };
}

/** The first of two factories is gone, and stays away until the second has proved itself. */
export async function playSecondFactory(stage: Stage): Promise<Played> {
  const { faultAt } = await breakAndMend(stage, 'unreachable');
  await linger(stage);
  return {
    ...UNEVENTFUL,
    faultAt,
    proofs: [{ callsFrom: faultAt, countedFrom: faultAt, factory: 1 }],
    linesCutAt: faultAt,
  };
}

async function breakAndMend(stage: Stage, fault: Fault): Promise<{ faultAt: number; wellAt: number }> {
  const { system, scale, say } = stage;
  const [factory] = system.factories;
  await warmUp(stage);
  say(`the factory plays ${fault} for ${scale.outageMs / 1000} s`);
  const faultAt = await factory.switchTo(fault);
  await wait(scale.outageMs);
  const wellAt = await factory.switchTo('none');
  say('the factory is well again');
  return { faultAt, wellAt };
}

/** The factory refuses while nobody orders; the first diner comes when it has been cured, or much too late. */
export async function playProbe(stage: Stage): Promise<Played> {
  const { system, diners, scale, say } = stage;
  const [factory] = system.factories;
  const isProbed = async (): Promise<boolean> =>
    (await factory.readLog()).calls.some(({ kind }) => kind === 'probe');
  const hasProbes = await comesTrue(isProbed, { withinMs: 2 * PROBE_SECONDS * 1000 });
  // At any moment between two probes.
  await pause({ fromMs: 0, toMs: PROBE_SECONDS * 1000 });
  say('the factory plays fail, and nobody orders');
  const faultAt = await factory.switchTo('fail');
  const curedAt = await findCure(factory, { faultAt, withinMs: scale.longestFaultMs });
  if (curedAt === undefined) await factory.switchTo('none');
  say(curedAt === undefined ? NOT_CURED : 'the fault was reported away; a diner orders');
  await diners.orderOnce(scale.drainMs);
  return {
    ...UNEVENTFUL,
    faultAt,
    proofs: [{ callsFrom: curedAt ?? Number.POSITIVE_INFINITY, countedFrom: faultAt }],
    notes: [...(hasProbes ? [] : ['no probe was seen']), ...(curedAt === undefined ? [NOT_CURED] : [])],
  };
}
