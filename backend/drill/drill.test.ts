import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeScratchFolder, type ScratchFolder } from '../local-stack/scratch-folder.ts';
import { readOutages } from '../outages/outages.ts';
import { type DrillDatabase, startDrillDatabase } from './drill-database.ts';
import { runScenario } from './run-scenario.ts';
import { SHORT_SCALE } from './scale.ts';
import type { Check, ScenarioReport } from './scenario-report.ts';
import type { ScenarioName } from './scenarios.ts';

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

it.each<[string, ScenarioName]>([
  ['factory refusing, no order is lost or told failed, and one report cures it', 'fail'],
  ['factory baking bad pizzas, none is ever shown, and one report cures it', 'badjwt'],
  ['factory slow, no order is lost or baked twice, and one report cures it', 'throttle'],
  ['factory refusing while nobody orders, it is found and cured before the first diner', 'probe'],
  ['factory unreachable, every order waits for it and is made', 'unreachable'],
  ['factory broken without a cure, every order waits for it and is made', 'error'],
  ['first of two factories down, the second makes the pizzas', 'second'],
  ['service killed with -9, every order is made and every diner gets one pizza', 'kill-service'],
  ['database killed with -9, nothing that was acknowledged is lost', 'kill-database'],
  ['recovery off, every plain client is told failed with a link that cures the factory', 'plain'],
])(
  'the fire drill: %s',
  async (_law, name) => {
    const parts = { database, folder: folder.path, scale: SHORT_SCALE, outages: readOutages().restored };
    const report = await runScenario(name, { ...parts, say: () => undefined });
    expect(findBroken(report)).toEqual([]);
  },
  LONGEST_SCENARIO_MS,
);
