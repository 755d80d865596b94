import { assess } from './assess.ts';
import { readDatabaseLog } from './database-log.ts';
import type { DrillDatabase } from './drill-database.ts';
import { type DrilledSystem, startSystem } from './drilled-system.ts';
import { readFactoryLogs, verifyPizzas } from './factory-control.ts';
import { findIncidentsOf } from './judge-times.ts';
import type { DinerOrder, Incident, Logs } from './logs.ts';
import { comesTrue } from './pace.ts';
import type { Scale } from './scale.ts';
import type { ScenarioReport } from './scenario-report.ts';
import { SCENARIOS, type Scenario, type ScenarioName } from './scenarios.ts';
import { createServiceClient, type ServiceClient } from './service-client.ts';
import type { Played } from './stage.ts';
import { gatherVirtualDiners, type VirtualDiners } from './virtual-diners.ts';

// An incident is closed by the service in its own time; its first good pizza is written down at once.
const INCIDENT_WRITTEN_WITHIN_MS = 5_000;
// A call that was given up goes on in the factory, and what it bakes counts.
const FACTORY_EMPTY_WITHIN_MS = 60_000;

export interface ScenarioDeps {
  database: DrillDatabase;
  folder: string;
  scale: Scale;
  outages: readonly number[];
  say(line: string): void;
}

/** Plays one scenario on a system of its own, stops it, and judges. Throws when it could not be played at all. */
export async function runScenario(name: ScenarioName, parts: ScenarioDeps): Promise<ScenarioReport> {
  const { scale, say } = parts;
  const scenario: Scenario = SCENARIOS[name];
  const { factories = 1, services = 1, hasPlainClients = false } = scenario;
  const settings = scenario.settings?.(scale) ?? {};
  say(`starting a system of its own, and ${scale.diners} diners`);
  const system = await startSystem(parts, { name, factories, services, isProxied: true, settings });
  const [url, ...others] = system.urls;
  const client = createServiceClient(url);
  const clients = [client, ...others.map(createServiceClient)] as const;
  let diners: VirtualDiners | undefined;
  try {
    diners = await gatherVirtualDiners(clients, { count: scale.diners, hasPlainClients });
    const played = await scenario.play({ system, client, diners, scale, say });
    say('the diners finish their orders');
    await diners.finishOrders(scale.drainMs);
    const endedAt = Date.now();
    const incidents = await readIncidents(client, played.faultAt);
    const logs = await collectLogs(system, diners.dinerOrders);
    const faults = [...played.faults, ...system.services.flatMap((service) => service.ownEnds())];
    return assess({
      scenario: name,
      title: scenario.title,
      targets: scenario.targets(scale),
      played: { ...played, faults },
      logs,
      incidents,
      endedAt,
      outages: parts.outages,
    });
  } finally {
    // After a play that broke off they are still at it.
    await Promise.all([diners?.finishOrders(0), ...clients.map((one) => one.close())]);
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
async function collectLogs(system: DrilledSystem, dinerOrders: readonly DinerOrder[]): Promise<Logs> {
  const { factories } = system;
  for (const factory of factories) await factory.switchTo('none');
  const isEmpty = async (): Promise<boolean> => {
    const { calls } = await readFactoryLogs(factories);
    return calls.every(({ status }) => status !== null);
  };
  await comesTrue(isEmpty, { withinMs: FACTORY_EMPTY_WITHIN_MS });
  await Promise.all(system.services.map((service) => service.stop()));
  const shown = dinerOrders.flatMap(({ answers }) => answers.flatMap(({ jwt }) => jwt ?? []));
  // First: asking about pizzas is written down too.
  const factory = await readFactoryLogs(factories);
  return {
    dinerOrders: [...dinerOrders],
    factory,
    database: await readDatabaseLog(system.databaseUrl),
    verdicts: await verifyPizzas(factories, [...new Set(shown)]),
  };
}
