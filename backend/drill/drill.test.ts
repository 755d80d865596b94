import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeScratchFolder, type ScratchFolder } from '../local-stack/scratch-folder.ts';
import { readOutages } from '../outages/outages.ts';
import { type DrillDatabase, startDrillDatabase } from './drill-database.ts';
import { runScenario } from './run-scenario.ts';
import { SHORT_SCALE } from './scale.ts';
import type { Check, ScenarioReport } from './scenario-report.ts';
import { SCENARIO_NAMES, type ScenarioName } from './scenarios.ts';

const LONGEST_SCENARIO_MS = 180_000;
const START_WITHIN_MS = 60_000;

let folder: ScratchFolder;
let database: DrillDatabase;

beforeAll(async () => {
  folder = makeScratchFolder('drill-test');
  database = await startDrillDatabase(folder.path, () => undefined);
}, START_WITHIN_MS);

afterAll(async () => {
  await database.stop();
  folder.remove();
}, START_WITHIN_MS);

/**
 * What was not kept. How fast everything was is for `npm run drill` to say: this machine does other things meanwhile. That
 * something never happened at all is found here too.
 */
function findBroken({ checks, faults, findings }: ScenarioReport): unknown[] {
  const isBroken = ({ what, isMet, measured }: Check): boolean =>
    !isMet && (!what.endsWith('Ms') || measured === null);
  const broken = checks.filter(isBroken);
  return broken.length === 0 ? [] : [...broken, ...faults, findings];
}

const LAWS: Record<ScenarioName, string> = {
  fail: 'factory refusing, no order is lost or told failed, and one report cures it',
  badjwt: 'factory baking bad pizzas, none is ever shown, and one report cures it',
  throttle: 'factory slow, no order is lost or baked twice, and one report cures it',
  probe: 'factory refusing while nobody orders, it is found and cured before the first diner',
  unreachable: 'factory unreachable, every order waits for it and is made',
  error: 'factory broken without a cure, every order waits for it and is made',
  second: 'first of two factories down, the second makes the pizzas',
  'kill-service': 'service killed with -9, every order is made and every diner gets one pizza',
  'database-killed':
    'database killed with -9, nothing that was acknowledged is lost and nobody is told an untruth',
  'commit-lost': 'COMMIT or its answer lost, nobody is told an untruth and no order is made twice',
  'database-frozen': 'database frozen, everybody is answered and no order is made twice',
  'database-read-only': 'database read-only, no finished pizza is dropped and nobody is told an untruth',
  'two-nodes-stall':
    'database of two nodes frozen for longer than a lease, nothing is taken over or baked twice',
  'clock-skew': 'clock of the service wrong by over an hour, every order is made all the same',
  'keys-away': 'fresh service without the keys of its factory, every pizza is checked and kept',
  plain: 'recovery off, every plain client is told failed with a link that cures the factory',
};
// A whole outage, and what only a database that dies can show; the others are proved by the tests of fulfillment and of
// processes, and every night by `npm run drill`.
const IN_EVERY_RUN: ScenarioName[] = ['fail', 'database-killed'];
const names = process.env.DRILL_SCENARIOS === 'all' ? SCENARIO_NAMES : IN_EVERY_RUN;

it.each(names.map((name) => ({ name, law: LAWS[name] })))(
  'the fire drill: $law',
  async ({ name }) => {
    const parts = { database, folder: folder.path, scale: SHORT_SCALE, outages: readOutages().restored };
    const report = await runScenario(name, { ...parts, say: () => undefined });
    expect(findBroken(report)).toEqual([]);
  },
  LONGEST_SCENARIO_MS,
);
