import type { Burst } from './burst.ts';
import type { BenchReport, BenchRow, Cost } from './run-bench.ts';

const HEADINGS = [
  'case',
  'answers/s',
  'reference',
  'its/s',
  'ratio',
  'goal',
  'p50 ms',
  'p99 ms',
  'trips',
  'cpu µs',
  'its cpu µs',
  'refused',
];
const NONE = '-';
const number = (value: number | null, digits: number) => (value === null ? NONE : value.toFixed(digits));

const costOf = (cost: Cost | null): string =>
  cost === null ? NONE : `${number(cost.serverUs, 0)} + ${number(cost.databaseUs, 0)}`;

function cellsOf(row: BenchRow): string[] {
  const { name, closed, open, cost, reference, referenceRate, referenceCost, ratio, goal, roundTrips } = row;
  const isMissed = ratio !== null && goal !== null && ratio < goal;
  return [
    name,
    number(closed.rate, 0),
    reference ?? NONE,
    number(referenceRate, 0),
    `${number(ratio, 2)}${isMissed ? ' !' : ''}`,
    number(goal, 2),
    number(open.p50Ms, 1),
    number(open.p99Ms, 1),
    number(roundTrips, 1),
    costOf(cost),
    costOf(referenceCost),
    String(closed.refused + open.refused),
  ];
}

function describeBurst({ orders, answers, p50Ms, p99Ms, drainedMs, overtaken }: Burst): string {
  const told = Object.entries(answers).map(([status, count]) => `${count} times ${status}`);
  const drained =
    drainedMs === null ? 'not drained in time' : `drained after ${(drainedMs / 1000).toFixed(1)} s`;
  return `${orders} at once: ${told.join(', ')}; accepted within ${p50Ms.toFixed(0)} ms (p50), ${p99Ms.toFixed(0)} ms (p99); ${drained}, ${overtaken} made before an older one`;
}

const LEFT_COLUMNS = new Set([0, 2]);

/** Answers the report as lines of text, a table a size. */
export function describeBench({ startedAt, machine, seconds, sizes }: BenchReport): string[] {
  const lines = [`${startedAt}, ${machine.cores} cores, Node ${machine.node}, ${seconds} s a measurement`];
  for (const { orders, rows, idleStatements, burst, soakMb, memoryMb } of sizes) {
    const table = [HEADINGS, ...rows.map(cellsOf)];
    const widths = HEADINGS.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
    lines.push('', `${orders.toLocaleString('en')} orders`);
    for (const cells of table) {
      const aligned = cells.map((cell, column) =>
        LEFT_COLUMNS.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      );
      lines.push(aligned.join('  '));
    }
    lines.push(
      ...(burst ? [describeBurst(burst)] : []),
      ...(soakMb.length > 0 ? [`at full rate, MB: ${soakMb.map((mb) => mb.toFixed(0)).join(', ')}`] : []),
      `idle: ${idleStatements.toFixed(1)} statements a second; memory of the service: ${memoryMb.before.toFixed(0)} MB before, ${memoryMb.after.toFixed(0)} MB after`,
    );
  }
  return lines;
}
