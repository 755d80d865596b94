import { setTimeout as wait } from 'node:timers/promises';
import type { DrilledSystem } from './drilled-system.ts';
import type { FactoryControl } from './factory-control.ts';
import type { Period, Proof } from './judge-times.ts';
import { comesTrue } from './pace.ts';
import type { Scale } from './scale.ts';
import type { ServiceClient } from './service-client.ts';
import type { VirtualDiners } from './virtual-diners.ts';

/** Where a scenario is played: a fresh system, hungry diners, and nobody who knows what comes. */
export interface Stage {
  system: DrilledSystem;
  client: ServiceClient;
  diners: VirtualDiners;
  scale: Scale;
  say(line: string): void;
}

/** What a play did, for the judge to measure by. */
export interface Played {
  faultAt: number | undefined;
  /** One for each time the orders had to come back; empty where nothing is measured. */
  proofs: Proof[];
  serviceKilledAt: number[];
  /** When no service was running: from each kill until the next process served. */
  serviceAway: Period[];
  /** When the factory cut the lines of everybody who was waiting. */
  linesCutAt: number | undefined;
  /** How many plain clients had to be told "failed", because that was the truth. */
  toBeToldFailed: number;
  /** What went wrong in a way that only this play can see. */
  faults: string[];
  notes: string[];
}

export const UNEVENTFUL: Played = {
  faultAt: undefined,
  proofs: [],
  serviceKilledAt: [],
  serviceAway: [],
  linesCutAt: undefined,
  toBeToldFailed: 0,
  faults: [],
  notes: [],
};

const LOOK_EVERY_MS = 200;

/** The diners order, and everything is well: without pizzas before the fault nothing could be told about it. */
export async function warmUp({ diners, scale }: Stage): Promise<void> {
  diners.startOrdering();
  await wait(scale.warmUpMs);
  const isWell = await comesTrue(() => diners.countPizzas() > 0, { withinMs: scale.longestFaultMs });
  if (!isWell) throw new Error('no diner got a pizza before anything was broken');
}

/** Waits until somebody who ordered after `sinceMs` has a pizza; the judge looks whether that was in time. */
export async function seePizzasAgain({ diners, scale }: Stage, sinceMs: number): Promise<void> {
  await comesTrue(() => diners.hasPizzaOfOrderSince(sinceMs), { withinMs: scale.longestFaultMs });
}

/** The diners go on for a while, to meet what comes after a fault. */
export function linger({ scale }: Stage): Promise<void> {
  return wait(scale.aftermathMs);
}

/** Answers when the factory's fault was reported away; undefined when nobody did in time. */
export async function findCure(
  factory: FactoryControl,
  { faultAt, withinMs }: { faultAt: number; withinMs: number },
): Promise<number | undefined> {
  let curedAt: number | undefined;
  const look = async (): Promise<boolean> => {
    const { calls } = await factory.readLog(faultAt);
    curedAt = calls.find(({ kind, status }) => kind === 'report' && status === 200)?.at;
    return curedAt !== undefined;
  };
  await comesTrue(look, { withinMs, everyMs: LOOK_EVERY_MS });
  return curedAt;
}
