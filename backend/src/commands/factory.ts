import type { Service } from '../compose.ts';
import type { ReportResult } from '../features/fulfillment/fault-reports/recovery.ts';
import { StartUpError } from '../start-up.ts';
import { runCommand, withService } from './run-command.ts';

const USAGE = `usage: npm run factory -- status              how the factories are, and what is open
       npm run factory -- report <incident>   report the fault of an incident to the factory
       npm run factory -- probe               ask every factory now how it is
       npm run factory -- hold                send nothing to the factories; orders are taken and wait
       npm run factory -- resume              go on`;

const RESULTS: Record<ReportResult, string> = {
  answered: 'the factory took the report; the next attempt will show whether it helped',
  not_answered: 'the factory did not take the report; the log says why',
  not_now: 'not now: it is being reported already, or 12 reports were made within the last minute',
  not_callable: 'this report URL must not be called',
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function tellStatus({ operations, incidents }: Service): Promise<number> {
  for (const { factory } of await operations.readFactories()) {
    const circuit = factory.opened_at ? `open since ${factory.opened_at.toISOString()}` : 'closed';
    const hold = factory.held_at ? `, held since ${factory.held_at.toISOString()}` : '';
    say(`${factory.origin}: circuit ${circuit}, ${factory.failures} failures in a row${hold}`);
  }
  const { making, waiting } = await operations.readLine({ page: 1, limit: 1 });
  say(`orders: ${making} in the making, ${waiting} waiting; recovery: ${operations.recovery}`);
  const { incidents: newest } = await incidents.listIncidents({ page: 1, limit: 10 });
  const open = newest.filter(({ state }) => state === 'open');
  for (const { id, mode, factory, startedAt } of open) {
    say(`incident ${id}: ${mode} at ${factory} since ${startedAt.toISOString()}`);
  }
  if (open.length === 0) say('no open incident');
  return 0;
}

async function report({ fulfillment }: Service, text: string | undefined): Promise<number> {
  const incidentId = Number(text);
  if (!Number.isSafeInteger(incidentId) || incidentId < 1) throw new StartUpError(USAGE);
  const result = await fulfillment.reportIncident(incidentId);
  say(
    result === undefined
      ? 'there is no such incident, or it has brought no report URL that may be called'
      : RESULTS[result],
  );
  return result === 'answered' ? 0 : 1;
}

async function probe({ fulfillment }: Service): Promise<number> {
  const told = await fulfillment.probe.probeAll();
  for (const { factory, outcome } of told) say(`${factory}: ${outcome}`);
  return told.every(({ outcome }) => outcome === 'well') ? 0 : 1;
}

async function obey(service: Service, [command, argument]: string[]): Promise<number> {
  switch (command) {
    case 'status':
      return tellStatus(service);
    case 'report':
      return report(service, argument);
    case 'probe':
      return probe(service);
    case 'hold':
      await service.fulfillment.hold.hold();
      say('held: orders are taken and wait; npm run factory -- resume lets them go on');
      return 0;
    case 'resume':
      await service.fulfillment.hold.resume();
      say('resumed: the waiting orders go on within a second');
      return 0;
    default:
      throw new StartUpError(USAGE);
  }
}

/** What an operator does by hand when the system could not help itself. The running nodes see it at their next sweep. */
runCommand((words) =>
  withService(async (service) => {
    await service.fulfillment.prepare();
    return obey(service, words);
  }),
);
