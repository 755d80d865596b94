import { describe, expect, it } from '@jest/globals';
import { INCIDENT_EVENT_KINDS, INCIDENT_MODES } from '#contract/incidents.ts';
import { toSatoshi } from '#contract/money.ts';
import type { IncidentEvent, IncidentEventKind, IncidentMode, IncidentRecord } from './incident-record.ts';
import { presentIncidentReport as presentSections } from './incident-report.presenter.ts';
import { renderReport } from './report-markdown.ts';

const FACTORY = 'https://factory.test';
const HEADINGS = [
  ...[
    'Summary',
    'Detection',
    'Impact',
    'Timeline (UTC)',
    'Response',
    'Root cause',
    'Resolution',
    'Prevention',
  ],
  'Action items',
];
const presentIncidentReport = (...given: Parameters<typeof presentSections>) =>
  renderReport(presentSections(...given));
const settings = { version: '1.0.0', recovery: 'act' as const };

const at = (time: string): Date => new Date(`2026-11-23T${time}Z`);
const event = (
  time: string,
  kind: IncidentEventKind,
  details: IncidentEvent['details'] = {},
): IncidentEvent => ({
  at: at(time),
  kind,
  details,
});
const report = { host: 'factory.test', fingerprint: '5f1c0a9d27b3e846' };

/** Of one mode, first seen and last seen when `refused` was. */
const modesOf = (mode: IncidentMode) => ({
  mode,
  modes: [{ mode, firstFaultAt: at('18:00:00.120'), lastFaultAt: at('18:00:00.310') }],
});

const refused: IncidentRecord = {
  id: 7,
  factory: FACTORY,
  ...modesOf('fail'),
  state: 'closed',
  startedAt: at('18:00:00.120'),
  detectedAt: at('18:00:00.163'),
  detectedBy: 'order',
  lastFaultAt: at('18:00:00.310'),
  circuitOpenedAt: null,
  restoredAt: at('18:00:00.845'),
  lineEmptyAt: at('18:00:01.102'),
  closedAt: at('18:01:00.320'),
  escalatedAt: null,
  ordersDelayed: 4,
  ordersFailed: 0,
  diners: 3,
  valueSatoshi: toSatoshi(4_820_000),
  longestWaitMs: 980,
  timeline: [
    event('18:00:00.120', 'first_fault', { mode: 'fail' }),
    event('18:00:00.163', 'detected', { by: 'order' }),
    event('18:00:00.171', 'report_called', { ...report, call: 1, by: 'the system' }),
    event('18:00:00.214', 'report_answered', { result: 'answered', httpStatus: 200, ms: 43 }),
    event('18:00:00.845', 'restored', { by: FACTORY, proof: 'pizza' }),
    event('18:00:01.102', 'line_empty'),
    event('18:01:00.320', 'closed'),
  ],
};

/** The slow mode, still going on. */
const open: IncidentRecord = {
  ...refused,
  ...modesOf('throttle'),
  state: 'open',
  detectedAt: at('18:00:05.121'),
  detectedBy: 'pending_call',
  restoredAt: null,
  lineEmptyAt: null,
  closedAt: null,
  ordersDelayed: 1,
  diners: 1,
  longestWaitMs: 21_400,
  timeline: [
    event('18:00:00.120', 'first_fault', { mode: 'throttle' }),
    event('18:00:05.121', 'detected', { by: 'pending_call' }),
  ],
};

const escalated: IncidentRecord = {
  ...refused,
  ...modesOf('badjwt'),
  circuitOpenedAt: at('18:00:01.400'),
  escalatedAt: at('18:00:00.402'),
  restoredAt: new Date('2026-11-24T00:12:07.120Z'),
  lineEmptyAt: new Date('2026-11-24T00:13:00.000Z'),
  closedAt: new Date('2026-11-24T00:14:10.000Z'),
  ordersFailed: 1,
  longestWaitMs: 3_600_000,
  timeline: [
    event('18:00:00.120', 'first_fault', { mode: 'badjwt' }),
    event('18:00:00.163', 'detected', { by: 'order' }),
    event('18:00:00.171', 'report_called', { ...report, call: 1, by: 'the system' }),
    event('18:00:00.214', 'report_answered', { result: 'answered', httpStatus: 200, ms: 43 }),
    event('18:00:00.402', 'escalated', { outcome: 'bad_pizza' }),
    event('18:00:01.400', 'circuit_opened', { outcome: 'bad_pizza' }),
    event('18:20:00.000', 'report_called', { ...report, call: 2, by: 'a person' }),
    event('18:20:05.000', 'report_answered', { result: 'timeout', httpStatus: null, ms: 5_000 }),
  ],
};

/** The text under a heading. */
function section(
  heading: string,
  record: IncidentRecord,
  recovery: 'act' | 'suggest' | 'off' = 'act',
): string {
  const parts = presentIncidentReport(record, { ...settings, recovery }).split(/^## (.*)$/m);
  return (parts[parts.indexOf(heading) + 1] ?? '').trim();
}

describe('the report of an incident', () => {
  it('that a report cured tells what happened, when, to whom, and what was done', () => {
    expect(presentIncidentReport(refused, settings)).toBe(`# Incident 7: the pizza factory refused orders

Written from the record by JWT Pizza 1.0.0.

## Summary

On 2026-11-23 at 18:00:00 UTC an incident began: the pizza factory \`https://factory.test\` refused orders. The fault was detected after 43 ms and service was restored after 725 ms. The incident held up 4 orders of 3 diners, worth 0.0482 ₿. None of them failed. It was closed at 18:01:00 UTC.

## Detection

The fault was detected at 2026-11-23 18:00:00.163 UTC, 43 ms after the first faulty call began, by an order that met it. Elsewhere, outages of this kind were detected after 3 min (the median of 93 public reports); in the founding incident of 2025-04-08 the alert came after 5 min.

## Impact

The incident held up 4 orders of 3 diners, worth 0.0482 ₿. None of them failed. The longest wait was 980 ms. Every order was stored before the factory was asked, and is charged only when its pizza is made.

_To be filled in by a person: what diners said, and what they were told._

## Timeline (UTC)

| The factory | First fault | Last fault | Between them |
|---|---|---|---|
| it refused orders | 2026-11-23 18:00:00.120 | 2026-11-23 18:00:00.310 | 190 ms |

| Time | Since the first fault | Event | Details |
|---|---|---|---|
| 2026-11-23 18:00:00.120 | +0 ms | The first faulty call began | \`mode: fail\` |
| 2026-11-23 18:00:00.163 | +43 ms | The fault was detected | \`by: order\` |
| 2026-11-23 18:00:00.171 | +51 ms | The report URL was called | \`host: factory.test\`, \`fingerprint: 5f1c0a9d27b3e846\`, \`call: 1\`, \`by: the system\` |
| 2026-11-23 18:00:00.214 | +94 ms | The report was taken | \`result: answered\`, \`httpStatus: 200\`, \`ms: 43\` |
| 2026-11-23 18:00:00.845 | +725 ms | The first good answer after a fault | \`by: https://factory.test\`, \`proof: pizza\` |
| 2026-11-23 18:00:01.102 | +982 ms | No order waited any more |  |
| 2026-11-23 18:01:00.320 | +1 min | The incident was closed |  |

## Response

- The system called the factory's report URL once, 51 ms after the first fault.
- The report was taken.

The automated recovery is set to \`act\`: the system calls report URLs itself.

_To be filled in by a person: who was called, when they answered, and what they did._

## Root cause

The factory answered orders with a server error and a report URL, which is how it says that a report cures the fault.

_To be filled in by a person: why the factory came into this state._

## Resolution

Service was restored at 2026-11-23 18:00:00.845 UTC, 725 ms after the first fault. The proof was a good pizza, 631 ms after the factory had taken a report. 982 ms after the first fault no order waited because of it any more. It was closed at 18:01:00 UTC. Elsewhere, outages of this kind were over after 30 min (the median of 93 public reports); the founding incident after 35 min.

## Prevention

An order met the fault before the probe did; the probe asks only while nobody orders. The fault was reported to the factory without waiting for a person. The fault itself is out of our hands: what is in them is to notice it, to report it, to keep the orders, and to have another factory.

_To be filled in by a person: what would have kept the fault away, or made it smaller._

## Action items

- [ ] Ask those who run the factory why it refused orders.

_To be filled in by a person: owner and date of each, and further actions._
`);
  });

  it('that is still open says so, tells what holds so far, and asks for its end first', () => {
    expect(section('Summary', open)).toBe(
      'On 2026-11-23 at 18:00:00 UTC an incident began: the pizza factory `https://factory.test` was slow. The fault was detected after 5 s. So far the incident held up 1 order of 1 diner, worth 0.0482 ₿. It has not failed so far. **This incident is still open.** The factory has not been proved well since.',
    );
    expect(section('Detection', open)).toContain('by a call that had been pending for unusually long');
    expect(section('Impact', open)).toContain('The longest wait is 21 s so far.');
    expect(section('Response', open)).toMatch(/^There was nothing to report .* the orders were kept/);
    expect(section('Resolution', open)).toMatch(/^Not resolved yet\./);
    expect(section('Action items', open)).toMatch(/^- \[ \] End the outage/);
    const restored = { ...open, restoredAt: at('18:00:33.000') };
    expect(section('Summary', restored)).toMatch(
      /open\.\*\* Pizzas are made again; orders still wait because of it\.$/,
    );
    const over = { ...restored, lineEmptyAt: at('18:00:40.000') };
    expect(section('Resolution', over)).toContain('it closes once no fault was seen for a minute');
  });

  it('whose recovery failed tells each try, the person called, the order that failed, and the day it ended', () => {
    expect(section('Summary', escalated)).toContain('restored after 6 h 12 min.');
    expect(section('Summary', escalated)).toContain('1 of them failed and was not charged. ');
    expect(section('Summary', escalated)).toMatch(/It was closed at 00:14:10 UTC on 2026-11-24\.$/);
    expect(section('Impact', escalated)).toContain('The longest wait was 1 h.');
    expect(section('Response', escalated).split('\n').slice(0, 5)).toEqual([
      "- The system called the factory's report URL once, 51 ms after the first fault.",
      "- A person had the system call the factory's report URL once, 20 min after the first fault.",
      '- Of 2 reports the factory took 1.',
      '- The circuit opened at 18:00:01 UTC: from then on the oldest order was tried now and then, and the others waited without a call.',
      '- A person was called at 18:00:00 UTC: the recovery had not helped.',
    ]);
    expect(section('Timeline (UTC)', escalated)).toContain(
      '| 2026-11-23 18:20:05.000 | +20 min 5 s | The report failed | `result: timeout`, `ms: 5000` |',
    );
    expect(section('Prevention', escalated)).toContain('cannot be relied on');
    expect(section('Action items', escalated)).toContain(
      '- [ ] Tell the diners of 1 failed order what happened.',
    );
    expect(section('Action items', escalated)).toContain('why its report did not help');
  });

  it('that the probe saw while nobody ordered reads naturally without orders', () => {
    const unnoticed: IncidentRecord = {
      ...refused,
      detectedBy: 'probe',
      ordersDelayed: 0,
      diners: 0,
      valueSatoshi: toSatoshi(0),
      longestWaitMs: 0,
      timeline: [event('18:00:00.845', 'restored', { by: FACTORY, proof: 'probe' })],
    };
    expect(section('Summary', unnoticed)).toContain('The incident held up no order. It was closed');
    expect(section('Impact', unnoticed)).toBe(
      'No diner noticed it: no order had to wait or failed because of it.',
    );
    expect(section('Detection', unnoticed)).toContain('by the probe, which asks');
    expect(section('Response', unnoticed)).toContain('the factory was asked again.');
    expect(section('Resolution', unnoticed)).toContain('The proof was a probe that was answered');
    expect(section('Resolution', unnoticed)).not.toContain('no order waited');
    expect(presentIncidentReport(unnoticed, settings)).not.toMatch(
      /\b0 (orders|diners|₿)|undefined|NaN|null/,
    );
  });

  it.each([
    [
      { ordersDelayed: 1, ordersFailed: 1, diners: 1 },
      '1 order of 1 diner,',
      'It failed and was not charged.',
    ],
    [
      { ordersDelayed: 2, ordersFailed: 2, diners: 1 },
      '2 orders of 1 diner,',
      'All of them failed and were not',
    ],
    [
      { ordersDelayed: 9, ordersFailed: 2, diners: 8 },
      '9 orders of 8 diners,',
      '2 of them failed and were not',
    ],
  ])('counts its orders as a person would: %j', (figures, orders, failed) => {
    expect(section('Impact', { ...refused, ...figures })).toContain(orders);
    expect(section('Impact', { ...refused, ...figures })).toContain(failed);
  });

  it('tells of another factory, a hold, relapses, a refused report URL and a suggestion', () => {
    const eventful: IncidentRecord = {
      ...refused,
      timeline: [
        event('18:00:00.200', 'report_suggested', report),
        event('18:00:00.300', 'report_rejected', { ...report, reason: 'host' }),
        event('18:00:01.000', 'fault_again', { mode: 'fail', seenBy: 'order' }),
        event('18:00:02.000', 'fault_again', { mode: 'fail', seenBy: 'probe' }),
        event('18:00:03.000', 'held'),
        event('18:00:04.000', 'resumed'),
        event('18:00:05.000', 'factory_changed', { to: 'https://second.test' }),
        event('18:00:05.000', 'restored', { by: 'https://second.test', proof: 'pizza' }),
      ],
    };
    expect(section('Summary', eventful)).toContain('the fault had ended and come back twice.');
    const response = section('Response', eventful, 'suggest');
    expect(response).toContain('- The system suggested 1 report to the operator.');
    expect(response).toContain('- The system did not call 1 report URL that did not pass the check.');
    expect(response).toContain('- From 18:00:05 UTC on `https://second.test` made the pizzas.');
    expect(response).toContain(
      '- Orders were held from 18:00:03 UTC.\n- Orders were let go on at 18:00:04 UTC.',
    );
    expect(response).toContain('set to `suggest`: the system tells the operator');
    expect(section('Resolution', eventful)).toContain('a good pizza of `https://second.test`.');
    expect(section('Prevention', eventful)).toContain('waited for a person');
    expect(section('Action items', eventful)).toContain('a report URL that must not be called');
  });

  it('whose reports were answered with an error, over and over, does not call them the cure', () => {
    const calls = ['18:00:00.200', '18:00:05.000', '18:00:09.000'].flatMap((time) => [
      event(time, 'report_called', { ...report, by: 'the system' }),
      event(time, 'report_answered', { result: 'answered', httpStatus: 400, ms: 9 }),
    ]);
    const late = event('18:00:10.000', 'report_answered', { result: 'answered', httpStatus: 200, ms: 9 });
    const stubborn = { ...refused, restoredAt: at('18:00:09.500'), timeline: [...calls, late] };
    expect(section('Response', stubborn)).toContain(
      '- The system called report URLs 3 times, the first time 80 ms after the first fault.\n- Of 4 reports the factory took 1.',
    );
    expect(section('Timeline (UTC)', stubborn).match(/The report failed/g)).toHaveLength(3);
    expect(section('Response', { ...refused, timeline: calls })).toContain(
      'Of 3 reports the factory took none.',
    );
    expect(section('Resolution', stubborn)).toContain('The proof was a good pizza.');
    expect(section('Response', { ...refused, timeline: calls.slice(0, 2) })).toContain(
      '- The report failed.',
    );
  });

  it('of a refused key asks for a new key, and of another fault does not', () => {
    const action = 'Renew our API key';
    expect(section('Action items', { ...refused, ...modesOf('key_refused') })).toContain(action);
    expect(section('Action items', refused)).not.toContain(action);
  });

  it('in which one mode followed another tells both in the summary, the cause and the action items', () => {
    const later = {
      mode: 'throttle',
      firstFaultAt: at('18:00:00.400'),
      lastFaultAt: at('18:00:32.500'),
    } as const;
    const record = { ...refused, modes: [...refused.modes, later] };
    expect(section('Summary', record)).toContain('Within the same incident it was slow from 18:00:00 UTC.');
    expect(section('Timeline (UTC)', record)).toContain(
      '| it was slow | 2026-11-23 18:00:00.400 | 2026-11-23 18:00:32.500 | 32 s |',
    );
    expect(section('Root cause', record)).toContain('took many times as long as usual');
    expect(section('Action items', record)).toContain('why it was slow');
  });

  it.each(INCIDENT_MODES)(
    'of the mode %s has every heading once and in order, and blanks for a person',
    (mode) => {
      const timeline = INCIDENT_EVENT_KINDS.map((kind) => event('18:00:01.000', kind));
      const text = presentIncidentReport({ ...refused, ...modesOf(mode), timeline }, settings);
      expect([...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
      expect(text.match(/^_To be filled in by a person: .*_$/gm)).toHaveLength(5);
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    },
  );
});

describe('whatever a record holds', () => {
  const hostile =
    'x`|\n# Forged\n<img src=x onerror=alert(1)> [a](javascript:b) **b** ![c](//d) \u202e\u2028&lt;';

  it('it forges neither Markdown nor HTML, not even a cell of the table', () => {
    const timeline = [event('18:00:01.000', 'factory_changed', { to: hostile, [hostile]: hostile })];
    const text = presentIncidentReport({ ...refused, factory: hostile, timeline }, settings);
    expect(text).not.toMatch(/[<>\u202e\u2028]|&lt|!\[|\]\(|\*\*b|^# Forged/m);
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
    const row = text.split('\n').find((line) => line.includes('Another factory took over'));
    expect(row?.split('|')).toHaveLength(6);
  });
});
