import type { EndpointResult } from '#contract/endpoint.ts';
import type { EndpointOf } from '#contract/endpoints.ts';
import type { StaffTextsOf } from '../../lib/texts.ts';
import type { ChartData, ChartTone } from '../../ui/chart/chart-data.ts';

export type Minute = EndpointResult<EndpointOf<'GET /api/operations/figures'>>['minutes'][number];
type Texts = StaffTextsOf<'operations'>['charts'];
type Group = keyof Texts['groups'];

/** Outcomes that mean the same to an operator are one colour; in the order they stand on each other. */
const GROUPS: readonly { group: Group; tone: ChartTone; outcomes: readonly string[] }[] = [
  { group: 'made', tone: 'basil', outcomes: ['made'] },
  { group: 'slow', tone: 'honey', outcomes: ['made_slow'] },
  { group: 'refused', tone: 'tomato', outcomes: ['refused', 'bad_pizza', 'rejected', 'key_refused'] },
  { group: 'error', tone: 'ember', outcomes: ['error', 'busy'] },
  { group: 'silent', tone: 'muted', outcomes: ['unreachable', 'timeout'] },
];

interface OperationsCharts {
  orders: ChartData;
  times: ChartData;
  attempts: ChartData;
  queue: ChartData;
}

/** What the four charts draw of the last hour. */
export function chartFigures(minutes: readonly Minute[], t: Texts, locale?: string): OperationsCharts {
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const points = minutes.map(({ at }) => clock.format(new Date(at)));
  const values = (read: (minute: Minute) => number | null) => minutes.map(read);
  const count = ({ attempts }: Minute, outcomes: readonly string[]) =>
    outcomes.reduce((sum, outcome) => sum + (attempts[outcome] ?? 0), 0);
  return {
    orders: {
      kind: 'bars',
      points,
      series: [{ label: t.placed, tone: 'ember', values: values(({ orders }) => orders) }],
    },
    times: {
      kind: 'lines',
      points,
      series: [
        { label: t.firstWord, tone: 'basil', values: values(({ firstWordMs }) => firstWordMs) },
        { label: t.delivery, tone: 'ember', values: values(({ deliveryMs }) => deliveryMs) },
        { label: t.slowest, tone: 'tomato', values: values(({ slowestDeliveryMs }) => slowestDeliveryMs) },
      ],
    },
    attempts: {
      kind: 'bars',
      points,
      series: GROUPS.map(({ group, tone, outcomes }) => ({
        label: t.groups[group],
        tone,
        values: values((minute) => count(minute, outcomes)),
      })),
    },
    queue: {
      kind: 'lines',
      points,
      series: [{ label: t.waiting, tone: 'honey', values: values(({ waiting }) => waiting) }],
    },
  };
}
