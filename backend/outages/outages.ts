import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'docs/incidents/outages.csv';
const COLUMNS = { detected: 'minutes_to_detect', restored: 'minutes_to_orders_restored' } as const;

/** How long the real outages took, in minutes, one number an outage. */
export interface Outages {
  detected: number[];
  restored: number[];
}

/** Reads what both drills are measured against: docs/incidents/README.md says where it comes from. */
export function readOutages(): Outages {
  const text = readFileSync(join(import.meta.dirname, '../..', FILE), 'utf8');
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const read = (name: string): number[] => {
    const column = header.split(',').indexOf(name);
    const minutes = lines.map((line) => line.split(',')[column] ?? '');
    // Some reports do not tell when it was detected.
    const known = minutes.filter((told) => told !== '');
    if (column < 0 || known.length === 0 || known.some((told) => !/^\d+(\.\d+)?$/.test(told)))
      throw new Error(`${FILE} must have numbers in ${name}`);
    return known.map(Number);
  };
  const restored = read(COLUMNS.restored);
  if (restored.length !== lines.length)
    throw new Error(`${FILE} must have a number in ${COLUMNS.restored} on every line`);
  return { detected: read(COLUMNS.detected), restored };
}

/** The place an outage takes among the real ones, the quickest first. One that never ended comes last. */
export function rankAmong(outages: readonly number[], tookMs: number | undefined): number {
  const minutes = tookMs === undefined ? Number.POSITIVE_INFINITY : tookMs / 60_000;
  return 1 + outages.filter((outage) => outage < minutes).length;
}
