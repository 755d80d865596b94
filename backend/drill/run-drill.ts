import { availableParallelism } from 'node:os';
import { readOutages } from '../outages/outages.ts';
import { startDrillDatabase } from './drill-database.ts';
import { runScenario } from './run-scenario.ts';
import type { Scale } from './scale.ts';
import { type DrillReport, type ScenarioReport, worstVerdict } from './scenario-report.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';

export interface DrillInput {
  names: readonly ScenarioName[];
  scale: Scale;
  isShort: boolean;
  /** Where the private database, keys and logs go; its owner clears it away. */
  folder: string;
  say(line: string): void;
}

/** Plays the scenarios one after the other, each on a system of its own. */
export async function runDrill(dinerOrder: DrillInput): Promise<DrillReport> {
  const { names, scale, folder, say } = dinerOrder;
  const startedAt = new Date().toISOString();
  const outages = readOutages().restored;
  const database = await startDrillDatabase(folder, say);
  const scenarios: ScenarioReport[] = [];
  try {
    for (const name of names) {
      const tell = (line: string): void => say(`${name}: ${line}`);
      const parts = { database, folder, scale, outages, say: tell };
      const report = await runScenario(name, parts).catch((error: Error) => describeBroken(name, error));
      tell(report.verdict);
      scenarios.push(report);
    }
  } finally {
    await database.stop();
  }
  return {
    startedAt,
    machine: { cores: availableParallelism(), node: process.version },
    diners: scale.diners,
    isShort: dinerOrder.isShort,
    scenarios,
    verdict: worstVerdict(scenarios.map(({ verdict }) => verdict)),
  };
}

/** A scenario that could not be played to its end has proved nothing, so it has failed. */
function describeBroken(name: ScenarioName, error: Error): ScenarioReport {
  return {
    scenario: name,
    title: SCENARIOS[name].title,
    verdict: 'failed',
    checks: [{ what: 'faults', target: 0, measured: 1, isMet: false, isGrave: true }],
    counts: null,
    times: null,
    rank: null,
    answers: {},
    findings: null,
    faults: [`it could not be played: ${error.message}`],
    notes: [],
  };
}
