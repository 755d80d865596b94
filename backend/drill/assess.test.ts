import { expect, it } from '@jest/globals';
import { assess, type Evidence } from './assess.ts';
import { describeReport } from './describe-report.ts';
import { madeUpLogs, timeOf } from './made-up-logs.ts';
import type { ScenarioReport } from './scenario-report.ts';
import { UNEVENTFUL } from './stage.ts';

const FAULT_AT = timeOf(1) + 500;
const CURED_AT = FAULT_AT + 200;

/** A fault after the first of three orders, that was detected and cured at once. */
function evidenceOf(spoilt: Partial<Evidence> = {}): Evidence {
  const logs = madeUpLogs([1, 2, 3]);
  logs.factory.calls.push({ factory: 0, at: CURED_AT, kind: 'report', orderId: null, status: 200 });
  return {
    scenario: 'fail',
    title: 'factory refusing',
    targets: { detectedMs: 1_000, restoredMs: 5_000, reportCalls: 1 },
    played: {
      ...UNEVENTFUL,
      faultAt: FAULT_AT,
      proofs: [{ callsFrom: CURED_AT, countedFrom: FAULT_AT }],
    },
    logs,
    incidents: [
      {
        id: 1,
        mode: 'fail',
        startedAt: FAULT_AT + 10,
        detectedAt: FAULT_AT + 40,
        restoredAt: FAULT_AT + 560,
        ordersDelayed: 0,
        ordersFailed: 0,
      },
    ],
    endedAt: timeOf(9),
    outages: [2, 30],
    ...spoilt,
  };
}

function missed({ checks }: ScenarioReport): string[] {
  return checks.filter(({ isMet }) => !isMet).map(({ what }) => what);
}

it('a fault that was found, cured and survived as promised passes', () => {
  const report = assess(evidenceOf());
  expect(missed(report)).toEqual([]);
  expect(report).toMatchObject({
    verdict: 'passed',
    counts: { placed: 3, made: 3, reportCalls: 1 },
    times: { detectedMs: 40, restoredForClientsMs: 580, restoredByIncidentMs: 560, restoredMs: 580 },
    rank: { place: 1, of: 2 },
  });
});

it('what the incident says counts when it is worse than what clients saw', () => {
  const [incident] = evidenceOf().incidents ?? [];
  if (!incident) throw new Error('no incident');
  const later = assess(evidenceOf({ incidents: [{ ...incident, restoredAt: FAULT_AT + 5_001 }] }));
  expect(missed(later)).toEqual(['restoredMs']);
  const never = assess(evidenceOf({ incidents: [{ ...incident, restoredAt: undefined }] }));
  expect(never).toMatchObject({ verdict: 'late', times: { restoredMs: null }, rank: { place: 3 } });
});

it.each([
  ['tells of no incidents', undefined],
  ['has no incident for it', []],
])('a fault of which the service %s was not detected', (_what, incidents) => {
  expect(missed(assess(evidenceOf({ incidents })))).toEqual(['detectedMs']);
});

it('a fault that nobody cured was never restored', () => {
  const { played } = evidenceOf();
  const proofs = [{ callsFrom: Number.POSITIVE_INFINITY, countedFrom: FAULT_AT }];
  const report = assess(evidenceOf({ played: { ...played, proofs } }));
  expect(missed(report)).toEqual(['restoredMs']);
});

it('one lost order fails the scenario, however quick everything was', () => {
  const { logs } = evidenceOf();
  logs.database.orders.pop();
  const report = assess(evidenceOf({ logs }));
  expect(report.verdict).toBe('failed');
  expect(missed(report)).toContain('lost');
});

it('somebody told failed who need not be fails it, and so does nobody told failed who had to be', () => {
  const { played } = evidenceOf();
  const report = assess(evidenceOf({ played: { ...played, toBeToldFailed: 1 } }));
  expect(report.verdict).toBe('failed');
  expect(missed(report)).toEqual(['toldFailed']);
});

it('a scenario that could not be played shows no figure at all, and fails', () => {
  const unknown = {
    counts: null,
    times: null,
    rank: null,
    findings: null,
    faults: ['it could not be played'],
  };
  const report: ScenarioReport = { ...assess(evidenceOf()), ...unknown, verdict: 'failed' };
  const machine = { cores: 2, node: 'v24' };
  const drill = { startedAt: '', machine, diners: 3, isShort: true, scenarios: [report] };
  const lines = describeReport({ ...drill, verdict: 'failed' });
  const [figures, verdict] = [lines.find((line) => line.startsWith('factory refusing')), lines.at(-1)];
  expect(figures).toMatch(/^factory refusing(\s+\?){7}\s+-\s+FAILED$/);
  expect(verdict).toBe('FAILED: factory refusing');
});
