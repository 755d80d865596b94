import { assess } from './assess.ts';
import { type Crowd, gatherCrowd } from './crowd.ts';
import { readDatabaseJournal } from './database-journal.ts';
import type { DrillDatabase } from './drill-database.ts';
import { type DrilledSystem, startSystem } from './drilled-system.ts';
import { readFactoryJournals, verifyPizzas } from './factory-control.ts';
import type { Incident, Journals, Wish } from './journals.ts';
import { findIncidentsOf } from './judge-times.ts';
import { comesTrue } from './pace.ts';
import type { Scale } from './scale.ts';
import type { ScenarioReport } from './scenario-report.ts';
import { SCENARIOS, type Scenario, type ScenarioName } from './scenarios.ts';
import { createServiceClient, type ServiceClient } from './service-client.ts';
import type { Played } from './stage.ts';

// An incident is closed by the service in its own time; its first good pizza is written down at once.
const INCIDENT_WRITTEN_WITHIN_MS = 5_000;
// A call that was given up goes on in the factory, and what it bakes counts.
const FACTORY_EMPTY_WITHIN_MS = 60_000;

export interface ScenarioParts {
  database: DrillDatabase;
  folder: string;
  scale: Scale;
  outages: readonly number[];
  say(line: string): void;
}

/** Plays one scenario on a system of its own, stops it, and judges. Throws when it could not be played at all. */
export async function runScenario(name: ScenarioName, parts: ScenarioParts): Promise<ScenarioReport> {
  const { scale, say } = parts;
  const scenario: Scenario = SCENARIOS[name];
  const { factories = 1 } = scenario;
  const settings = scenario.settings?.(scale) ?? {};
  say(`starting a system of its own, and ${scale.diners} diners`);
  const system = await startSystem(parts, { name, factories, settings });
  const client = createServiceClient(system.url);
  let crowd: Crowd | undefined;
  try {
    crowd = await gatherCrowd(client, scale.diners);
    const played = await scenario.play({ system, client, crowd, scale, say });
    say('the diners finish their orders');
    await crowd.finishOrders(scale.drainMs);
    const endedAt = Date.now();
    const incidents = await readIncidents(client, played.faultAt);
    const journals = await collectJournals(system, crowd.wishes);
    const faults = [...played.faults, ...system.service.ownEnds()];
    return assess({
      scenario: name,
      title: scenario.title,
      targets: scenario.targets(scale),
      played: { ...played, faults },
      journals,
      incidents,
      endedAt,
      outages: parts.outages,
    });
  } finally {
    // After a play that broke off they are still at it.
    await Promise.all([crowd?.finishOrders(0), client.close()]);
    await system.stop();
  }
}

async function readIncidents(
  client: ServiceClient,
  faultAt: Played['faultAt'],
): Promise<Incident[] | undefined> {
  if (faultAt === undefined) return undefined;
  const token = await client.logInAsAdmin();
  let incidents: Incident[] | undefined;
  const isWritten = async (): Promise<boolean> => {
    incidents = await client.readIncidents(token);
    const ofFault = incidents && findIncidentsOf(incidents, faultAt);
    return ofFault === undefined || (ofFault.length > 0 && ofFault.every(({ restoredAt }) => restoredAt));
  };
  await comesTrue(isWritten, { withinMs: INCIDENT_WRITTEN_WITHIN_MS });
  return incidents;
}

/** Everything has to be over before it is read: the factories' last call, and the service itself. */
async function collectJournals(system: DrilledSystem, wishes: readonly Wish[]): Promise<Journals> {
  const { factories } = system;
  for (const factory of factories) await factory.switchTo('none');
  const isEmpty = async (): Promise<boolean> => {
    const { calls } = await readFactoryJournals(factories);
    return calls.every(({ status }) => status !== null);
  };
  await comesTrue(isEmpty, { withinMs: FACTORY_EMPTY_WITHIN_MS });
  await system.service.stop();
  const shown = wishes.flatMap(({ tellings }) => tellings.flatMap(({ jwt }) => jwt ?? []));
  // First: asking about pizzas is written down too.
  const factory = await readFactoryJournals(factories);
  return {
    wishes: [...wishes],
    factory,
    database: await readDatabaseJournal(system.databaseUrl),
    verdicts: await verifyPizzas(factories, [...new Set(shown)]),
  };
}
