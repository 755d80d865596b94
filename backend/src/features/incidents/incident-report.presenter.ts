import type { IncidentReport, ReportBlock, ReportSpan } from '#contract/incident-reports.ts';
import type { RecoverySetting } from '../../config-environment.ts';
import {
  DETECTION_LESSONS,
  DETECTOR_WORDS,
  eventWords,
  isReportTaken,
  MODE_WORDS,
} from './incident-kinds.ts';
import type { IncidentEvent, IncidentRecord } from './incident-record.ts';
import { describeResponse, eventsOf } from './incident-response.presenter.ts';
import {
  amountOf,
  countOf,
  dayOf,
  durationBetween,
  durationOf,
  quoted,
  stampOf,
  timeOf,
  timesOf,
} from './incident-words.ts';
import { blankFor, code, join, paragraph, strong, type Words, words } from './report-spans.ts';

const RUNBOOK = code('docs/runbooks/factory.md');

function describeState({ state, startedAt, restoredAt, lineEmptyAt, closedAt }: IncidentRecord): Words {
  if (state === 'closed' && closedAt) return `It was closed at ${timeOf(closedAt, startedAt)}.`;
  const open = strong('This incident is still open.');
  if (!restoredAt) return words`${open} The factory has not been proved well since.`;
  if (!lineEmptyAt) return words`${open} Pizzas are made again; orders still wait because of it.`;
  return words`${open} Pizzas are made again and no order waits; it closes once no fault was seen for a minute.`;
}

function describeFailed({ ordersDelayed, ordersFailed, state }: IncidentRecord): string {
  const isOpen = state === 'open';
  if (ordersFailed === 0) {
    if (ordersDelayed === 1) return isOpen ? 'It has not failed so far.' : 'It did not fail.';
    return isOpen ? 'None of them has failed so far.' : 'None of them failed.';
  }
  if (ordersDelayed === 1) return 'It failed and was not charged.';
  const failed = ordersFailed === ordersDelayed ? 'All' : ordersFailed;
  return `${failed} of them failed and ${ordersFailed === 1 ? 'was' : 'were'} not charged.`;
}

function describeOrders(record: IncidentRecord): string {
  const { ordersDelayed, diners, valueSatoshi, state } = record;
  const subject = state === 'open' ? 'So far the incident' : 'The incident';
  if (ordersDelayed === 0) return `${subject} held up no order.`;
  const orders = `${countOf(ordersDelayed, 'order')} of ${countOf(diners, 'diner')}`;
  return `${subject} held up ${orders}, worth ${amountOf(valueSatoshi)}. ${describeFailed(record)}`;
}

function describeLaterModes({ modes, startedAt }: IncidentRecord): string[] {
  const later = modes
    .slice(1)
    .map(({ mode, firstFaultAt }) => `${MODE_WORDS[mode].did} from ${timeOf(firstFaultAt, startedAt)}`);
  return later.length > 0 ? [`Within the same incident it ${later.join(', and ')}.`] : [];
}

function summarize(record: IncidentRecord): ReportBlock {
  const { factory, mode, startedAt, detectedAt, restoredAt } = record;
  const begin = `On ${dayOf(startedAt)} at ${timeOf(startedAt, startedAt)} an incident began`;
  const detected = `The fault was detected after ${durationBetween(startedAt, detectedAt)}`;
  const restored = restoredAt
    ? ` and service was restored after ${durationBetween(startedAt, restoredAt)}`
    : '';
  const relapses = eventsOf(record, 'fault_again').length;
  return paragraph(
    words`${begin}: the pizza factory ${quoted(factory)} ${MODE_WORDS[mode].did}.`,
    `${detected}${restored}.`,
    ...describeLaterModes(record),
    ...(relapses > 0 ? [`In between, the fault had ended and come back ${timesOf(relapses)}.`] : []),
    describeOrders(record),
    describeState(record),
  );
}

function describeDetection({ startedAt, detectedAt, detectedBy }: IncidentRecord): ReportBlock {
  const after = `${durationBetween(startedAt, detectedAt)} after the first faulty call began`;
  return paragraph(
    `The fault was detected at ${stampOf(detectedAt)} UTC, ${after}, ${DETECTOR_WORDS[detectedBy]}.`,
    'Elsewhere, outages of this kind were detected after 3 min (the median of 93 public reports); in the founding incident of 2025-04-08 the alert came after 5 min.',
  );
}

function describeWait({ state, ordersDelayed, longestWaitMs }: IncidentRecord): string {
  const wait = durationOf(longestWaitMs);
  if (state === 'open') return `The longest wait is ${wait} so far.`;
  return ordersDelayed === 1 ? `Its diner waited ${wait}.` : `The longest wait was ${wait}.`;
}

function describeImpact(record: IncidentRecord): ReportBlock[] {
  if (record.ordersDelayed === 0) {
    const nobody =
      record.state === 'open' ? 'No diner has noticed the incident so far' : 'No diner noticed it';
    return [paragraph(`${nobody}: no order had to wait or failed because of it.`)];
  }
  const facts = paragraph(
    describeOrders(record),
    describeWait(record),
    'Every order was stored before the factory was asked, and is charged only when its pizza is made.',
  );
  return [facts, blankFor('what diners said, and what they were told.')];
}

function describeDetails({ details }: IncidentEvent): ReportSpan[] {
  const known = Object.entries(details).filter(([, value]) => value !== null);
  return join(
    known.map(([name, value]) => quoted(`${name}: ${value}`)),
    ', ',
  );
}

/** What was wrong when: modes that followed each other are told apart. */
function tabulateModes({ modes }: IncidentRecord): ReportBlock {
  const rows = modes.map(({ mode, firstFaultAt, lastFaultAt }) => [
    ...[`it ${MODE_WORDS[mode].did}`, stampOf(firstFaultAt), stampOf(lastFaultAt)].map((text) =>
      join([text]),
    ),
    join([durationBetween(firstFaultAt, lastFaultAt)]),
  ]);
  return { kind: 'table', head: ['The factory', 'First fault', 'Last fault', 'Between them'], rows };
}

function tabulate({ timeline, startedAt }: IncidentRecord): ReportBlock {
  const rows = timeline.map((event) => {
    const after = `+${durationBetween(startedAt, event.at)}`;
    return [
      ...[stampOf(event.at), after, eventWords(event)].map((text) => join([text])),
      describeDetails(event),
    ];
  });
  return { kind: 'table', head: ['Time', 'Since the first fault', 'Event', 'Details'], rows };
}

function describeProof(record: IncidentRecord, restoredAt: Date): Words {
  const details = eventsOf(record, 'restored').at(-1)?.details;
  const proof =
    details?.proof === 'probe' ? 'a probe that was answered as a well factory answers it' : 'a good pizza';
  const isOther = typeof details?.by === 'string' && details.by !== record.factory;
  const maker = isOther ? words` of ${quoted(String(details.by))}` : '';
  const report = record.timeline.findLast((event) => isReportTaken(event) && event.at <= restoredAt);
  const after = report
    ? `, ${durationBetween(report.at, restoredAt)} after the factory had taken a report`
    : '';
  return words`The proof was ${proof}${maker}${after}.`;
}

function describeResolution(record: IncidentRecord): ReportBlock {
  const { startedAt, restoredAt, lineEmptyAt, ordersDelayed } = record;
  if (!restoredAt)
    return paragraph(words`Not resolved yet. What to do about this fault stands in ${RUNBOOK}.`);
  const isLineTold = lineEmptyAt !== null && ordersDelayed > 0;
  return paragraph(
    `Service was restored at ${stampOf(restoredAt)} UTC, ${durationBetween(startedAt, restoredAt)} after the first fault.`,
    describeProof(record, restoredAt),
    ...(isLineTold
      ? [
          `${durationBetween(startedAt, lineEmptyAt)} after the first fault no order waited because of it any more.`,
        ]
      : []),
    describeState(record),
    'Elsewhere, outages of this kind were over after 30 min (the median of 93 public reports); the founding incident after 35 min.',
  );
}

function describePrevention(record: IncidentRecord): ReportBlock[] {
  const isAutomatic = eventsOf(record, 'report_called').some(({ details }) => details.by !== 'a person');
  const isSuggested = eventsOf(record, 'report_suggested').length > 0;
  const lessons = [
    DETECTION_LESSONS[record.detectedBy],
    ...(isAutomatic ? ['The fault was reported to the factory without waiting for a person.'] : []),
    ...(isSuggested
      ? [
          words`The cure was known but waited for a person; with ${code('FACTORY_RECOVERY=act')} it is tried at once.`,
        ]
      : []),
    ...(record.escalatedAt
      ? ['The recovery did not help, so the automated cure cannot be relied on for this fault.']
      : []),
    'The fault itself is out of our hands: what is in them is to notice it, to report it, to keep the orders, and to have another factory.',
  ];
  return [paragraph(...lessons), blankFor('what would have kept the fault away, or made it smaller.')];
}

function listActions(record: IncidentRecord): ReportBlock[] {
  const { modes, ordersFailed, escalatedAt, restoredAt } = record;
  const rejected = eventsOf(record, 'report_rejected').length > 0;
  const actions = [
    ...(restoredAt ? [] : [words`End the outage: follow ${RUNBOOK}.`]),
    ...(modes.some(({ mode }) => mode === 'key_refused')
      ? ['Renew our API key with the factory, or have it reinstated.']
      : []),
    ...(escalatedAt ? ['Find out from the factory why its report did not help.'] : []),
    ...(rejected
      ? ['Find out why an answer of the factory named a report URL that must not be called.']
      : []),
    ...(ordersFailed > 0
      ? [`Tell the diners of ${countOf(ordersFailed, 'failed order')} what happened.`]
      : []),
    ...modes.map((one) => `Ask those who run the factory why it ${MODE_WORDS[one.mode].did}.`),
  ];
  return [
    { kind: 'tasks', items: actions.map((action) => join([action])) },
    blankFor('owner and date of each, and further actions.'),
  ];
}

/**
 * Writes the report of an incident from its record: facts only. What a person alone can know is left as a blank that
 * says so, and nothing of the outside world can become Markdown or HTML.
 */
export function presentIncidentReport(
  record: IncidentRecord,
  { version, recovery }: { version: string; recovery: RecoverySetting },
): IncidentReport {
  const { did } = MODE_WORDS[record.mode];
  const causes = record.modes.map(({ mode }) => paragraph(MODE_WORDS[mode].cause));
  const called = blankFor('who was called, when they answered, and what they did.');
  return {
    title: `Incident ${record.id}: the pizza factory ${did}`,
    byline: `Written from the record by JWT Pizza ${version}.`,
    sections: [
      { heading: 'Summary', blocks: [summarize(record)] },
      { heading: 'Detection', blocks: [describeDetection(record)] },
      { heading: 'Impact', blocks: describeImpact(record) },
      { heading: 'Timeline (UTC)', blocks: [tabulateModes(record), tabulate(record)] },
      { heading: 'Response', blocks: [...describeResponse(record, recovery), called] },
      {
        heading: 'Root cause',
        blocks: [...causes, blankFor('why the factory came into this state.')],
      },
      { heading: 'Resolution', blocks: [describeResolution(record)] },
      { heading: 'Prevention', blocks: describePrevention(record) },
      { heading: 'Action items', blocks: listActions(record) },
    ],
  };
}
