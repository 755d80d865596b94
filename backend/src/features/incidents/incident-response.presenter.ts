import type { ReportBlock } from '#contract/incident-reports.ts';
import type { RecoverySetting } from '../../config-environment.ts';
import { isReportTaken } from './incident-kinds.ts';
import type { IncidentEvent, IncidentEventKind, IncidentRecord } from './incident-record.ts';
import { countOf, durationBetween, quoted, timeOf, timesOf } from './incident-words.ts';
import { code, join, paragraph, type Words, words } from './report-spans.ts';

const RECOVERY_WORDS: Record<RecoverySetting, string> = {
  act: 'the system calls report URLs itself',
  suggest: 'the system tells the operator of a report URL and calls it when asked to',
  off: 'report URLs are left alone',
};

export function eventsOf(record: IncidentRecord, kind: IncidentEventKind): IncidentEvent[] {
  return record.timeline.filter((event) => event.kind === kind);
}

function describeCalls(calls: IncidentEvent[], record: IncidentRecord, who: string): string[] {
  const [first] = calls;
  if (!first) return [];
  const after = durationBetween(record.startedAt, first.at);
  return calls.length === 1
    ? [`${who} the factory's report URL once, ${after} after the first fault.`]
    : [`${who} report URLs ${timesOf(calls.length)}, the first time ${after} after the first fault.`];
}

function describeReports(record: IncidentRecord): string[] {
  const calls = eventsOf(record, 'report_called');
  const byPerson = calls.filter(({ details }) => details.by === 'a person');
  const bySystem = calls.filter(({ details }) => details.by !== 'a person');
  const answers = eventsOf(record, 'report_answered');
  const taken = answers.filter(isReportTaken).length;
  const verdict = answers.length === 1 ? `The report ${taken === 1 ? 'was taken' : 'failed'}.` : undefined;
  const tally = `Of ${countOf(answers.length, 'report')} the factory took ${taken === 0 ? 'none' : taken}.`;
  const refused = eventsOf(record, 'report_rejected').length;
  const suggested = eventsOf(record, 'report_suggested').length;
  return [
    ...describeCalls(bySystem, record, 'The system called'),
    ...describeCalls(byPerson, record, 'A person had the system call'),
    ...(answers.length > 0 ? [verdict ?? tally] : []),
    ...(suggested > 0 ? [`The system suggested ${countOf(suggested, 'report')} to the operator.`] : []),
    ...(refused > 0
      ? [`The system did not call ${countOf(refused, 'report URL')} that did not pass the check.`]
      : []),
  ];
}

function describeMoments(record: IncidentRecord): Words[] {
  const { startedAt, circuitOpenedAt, escalatedAt } = record;
  const at = (date: Date): string => timeOf(date, startedAt);
  const changes = eventsOf(record, 'factory_changed').map(
    (event) =>
      words`From ${at(event.at)} on ${quoted(String(event.details.to ?? 'another factory'))} made the pizzas.`,
  );
  return [
    ...(circuitOpenedAt
      ? [
          `The circuit opened at ${at(circuitOpenedAt)}: from then on the oldest order was tried now and then, and the others waited without a call.`,
        ]
      : []),
    ...changes,
    ...eventsOf(record, 'held').map((event) => `Orders were held from ${at(event.at)}.`),
    ...eventsOf(record, 'resumed').map((event) => `Orders were let go on at ${at(event.at)}.`),
    ...(escalatedAt ? [`A person was called at ${at(escalatedAt)}: the recovery had not helped.`] : []),
  ];
}

/** What was done while the incident lasted, as a list, and the setting it was done under. */
export function describeResponse(record: IncidentRecord, recovery: RecoverySetting): ReportBlock[] {
  const facts = [...describeReports(record), ...describeMoments(record)];
  const asked =
    record.ordersDelayed > 0 ? 'the orders were kept and tried again' : 'the factory was asked again';
  return [
    facts.length > 0
      ? { kind: 'list', items: facts.map((fact) => join([fact])) }
      : paragraph(`There was nothing to report and nothing to switch: ${asked}.`),
    paragraph(words`The automated recovery is set to ${code(recovery)}: ${RECOVERY_WORDS[recovery]}.`),
  ];
}
