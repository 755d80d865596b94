import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../local-stack/project-root.ts';

const FILE = 'docs/incidents/outages.csv';
const COLUMN = 'minutes_to_orders_restored';

/** Answers how long each of the real outages lasted, in minutes. */
export function readOutages(): number[] {
  const [header = '', ...lines] = readFileSync(join(projectRoot, FILE), 'utf8').trim().split(/\r?\n/);
  const column = header.split(',').indexOf(COLUMN);
  const minutes = lines.map((line) => line.split(',')[column] ?? '');
  if (column < 0 || minutes.some((text) => !/^\d+(\.\d+)?$/.test(text)))
    throw new Error(`${FILE} must have a number in ${COLUMN} on every line`);
  return minutes.map(Number);
}

/** The place an outage takes among the real ones, the quickest first. One that never ended comes last. */
export function rankAmong(outages: readonly number[], restoredMs: number | undefined): number {
  const minutes = restoredMs === undefined ? Number.POSITIVE_INFINITY : restoredMs / 60_000;
  return 1 + outages.filter((outage) => outage < minutes).length;
}
