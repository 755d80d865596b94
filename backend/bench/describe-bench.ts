import type { BenchReport, BenchRow } from './run-bench.ts';

const HEADINGS = ['case', 'answers/s', 'of bare', 'p50 ms', 'p99 ms', 'bare p50', 'bare p99', 'refused'];
const number = (value: number, digits: number) => value.toFixed(digits);

function cellsOf({ name, closed, bareClosed, open, bareOpen }: BenchRow): string[] {
  return [
    name,
    number(closed.rate, 0),
    number(closed.rate / bareClosed.rate, 2),
    number(open.p50Ms, 1),
    number(open.p99Ms, 1),
    number(bareOpen.p50Ms, 1),
    number(bareOpen.p99Ms, 1),
    String(closed.refused + open.refused),
  ];
}

/** Answers the report as lines of text, a table a size. */
export function describeBench({ startedAt, machine, seconds, sizes }: BenchReport): string[] {
  const lines = [`${startedAt}, ${machine.cores} cores, Node ${machine.node}, ${seconds} s a measurement`];
  for (const { orders, rows } of sizes) {
    const table = [HEADINGS, ...rows.map(cellsOf)];
    const widths = HEADINGS.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
    lines.push('', `${orders.toLocaleString('en')} orders`);
    for (const cells of table) {
      lines.push(
        cells
          .map((cell, column) =>
            column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
          )
          .join('  '),
      );
    }
  }
  return lines;
}
