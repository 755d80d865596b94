import type { Check, Counts, DrillReport, ScenarioReport, Times, Verdict } from './scenario-report.ts';

const NOT_PROMISED = '-';
const UNKNOWN = '?';
const NEVER = 'never';

const MARKS: Record<Verdict, string> = { passed: 'ok', late: 'LATE', failed: 'FAILED' };

/** Answers the whole report as lines for a terminal: the promises, the figures, what is to be said, the verdict. */
export function describeReport(report: DrillReport): string[] {
  const { scenarios } = report;
  return [
    '',
    `${report.diners} diners, ${report.machine.cores} cores${report.isShort ? ', short' : ''}. Measured, and in brackets what is promised; ! marks what was not kept.`,
    '',
    ...alignColumns([PROMISES.map(([title]) => title), ...scenarios.map(promiseRow)]),
    '',
    ...alignColumns([FIGURES.map(([title]) => title), ...scenarios.map(figureRow)]),
    ...scenarios.flatMap(describeRemarks),
    '',
    describeVerdict(report),
  ];
}

type Column = readonly [title: string, cell: (report: ScenarioReport) => string];

const PROMISES: readonly Column[] = [
  ['scenario', ({ title }) => title],
  ['detected', (report) => timeCell(report, 'detectedMs')],
  ['restored', (report) => timeCell(report, 'restoredMs')],
  ['re-claimed', (report) => timeCell(report, 'reclaimedMs')],
  ['lost', (report) => countCell(report, 'lost')],
  ['told failed', (report) => countCell(report, 'toldFailed')],
  ['made twice', (report) => countCell(report, 'madeTwice')],
  ['report calls', (report) => countCell(report, 'reportCalls')],
  ['rank', ({ rank }) => (rank ? `${rank.place} of ${rank.of}` : NOT_PROMISED)],
  ['', ({ verdict }) => MARKS[verdict]],
];

const FIGURES: readonly Column[] = [
  ['scenario', ({ title }) => title],
  ['placed', (report) => figure(report, 'placed')],
  ['made', (report) => figure(report, 'made')],
  ['told', (report) => figure(report, 'told')],
  ['unknown', (report) => figure(report, 'unknown')],
  ['stored', (report) => figure(report, 'stored')],
  ['ready', (report) => figure(report, 'ready')],
  ['charged', (report) => figure(report, 'charged')],
  ['told wrong', (report) => figure(report, 'toldWrong')],
  ['unanswered', (report) => figure(report, 'unanswered')],
  ['nobody ordered', (report) => figure(report, 'nobodyOrdered')],
  ['bad pizzas', (report) => figure(report, 'badPizzas')],
  ['foreign pizzas', (report) => figure(report, 'foreignPizzas')],
  ['baked again', (report) => figure(report, 'bakedAgain')],
  ['longest wait', (report) => time(report, 'longestWaitMs')],
  ['line empty', (report) => time(report, 'lineEmptyMs')],
  ['first bad call', (report) => time(report, 'firstBadCallMs')],
];

const promiseRow = (report: ScenarioReport): string[] => PROMISES.map(([, cell]) => cell(report));
const figureRow = (report: ScenarioReport): string[] => FIGURES.map(([, cell]) => cell(report));

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

function findCheck({ checks }: ScenarioReport, what: Check['what']): Check | undefined {
  return checks.find((check) => check.what === what);
}

function timeCell(report: ScenarioReport, what: keyof Times): string {
  const check = findCheck(report, what);
  if (!report.times) return UNKNOWN;
  if (!check) return NOT_PROMISED;
  const { measured, target, isMet } = check;
  return `${measured === null ? NEVER : seconds(measured)} (${target / 1000})${isMet ? '' : ' !'}`;
}

function countCell(report: ScenarioReport, what: keyof Counts): string {
  const check = findCheck(report, what);
  if (!report.counts) return UNKNOWN;
  if (!check) return NOT_PROMISED;
  return `${check.measured} (${check.target})${check.isMet ? '' : ' !'}`;
}

function figure({ counts }: ScenarioReport, what: keyof Counts): string {
  return counts ? String(counts[what]) : UNKNOWN;
}

function time({ times }: ScenarioReport, what: keyof Times): string {
  if (!times) return UNKNOWN;
  const ms = times[what];
  return ms === null ? NOT_PROMISED : seconds(ms);
}

function alignColumns(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

const BAKED_AGAIN_NOTE =
  'baked again: the first pizza had left the oven when its line or its process was cut; a factory bakes whatever it is asked, the diner still got one';

function describeRemarks(report: ScenarioReport): string[] {
  const { findings, faults, counts, checks } = report;
  const broken = new Set<string>(checks.filter(({ isMet }) => !isMet).map(({ what }) => what));
  const found = Object.entries(findings ?? {}).flatMap(([kind, all]) =>
    (broken.has(kind) ? all : []).map(
      ({ orderId, why }) => `${kind}: ${orderId === undefined ? '' : `order ${orderId} `}${why}`,
    ),
  );
  const remarks = [
    ...report.notes,
    ...(counts && counts.bakedAgain > 0 ? [BAKED_AGAIN_NOTE] : []),
    ...faults.map((fault) => `FAULT: ${fault}`),
    ...found,
  ];
  return remarks.length === 0 ? [] : ['', `${report.title}:`, ...remarks.map((remark) => `  ${remark}`)];
}

function describeVerdict({ scenarios, verdict }: DrillReport): string {
  const failed = scenarios.filter((scenario) => scenario.verdict === 'failed').map(({ title }) => title);
  const late = scenarios.filter((scenario) => scenario.verdict === 'late').map(({ title }) => title);
  const missed = late.length > 0 ? `; not as promised: ${late.join(', ')}` : '';
  if (verdict === 'failed') return `FAILED: ${failed.join(', ')}${missed}`;
  return `${scenarios.length} scenarios: no order lost, none made twice, nobody told "failed" who need not be${missed}`;
}
