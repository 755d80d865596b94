import { availableParallelism } from 'node:os';
import { startDrillDatabase } from '../drill/drill-database.ts';
import { BENCH_CASES, type BenchCase } from './bench-cases.ts';
import { type BenchSystem, startBenchSystem } from './bench-system.ts';
import { type Load, type Measured, measureClosed, measureOpen } from './measure.ts';

// People come at half of what would go through: a shop that is busy, not one that is falling over.
const BUSY_SHARE = 0.5;

export interface BenchOptions {
  sizes: readonly number[];
  names: readonly string[];
  seconds: number;
  folder: string;
  say(line: string): void;
}

export interface BenchRow {
  name: string;
  closed: Measured;
  /** The bare server just before and just after, together. */
  bareClosed: Measured;
  open: Measured;
  /** At the same rate. */
  bareOpen: Measured;
}

export interface BenchReport {
  startedAt: string;
  machine: { cores: number; node: string };
  seconds: number;
  sizes: { orders: number; rows: BenchRow[] }[];
}

async function measureCase(system: BenchSystem, one: BenchCase, seconds: number): Promise<BenchRow> {
  const load = one.load(system.asker);
  const bare: Load = { url: system.bareUrl, method: 'GET', headers: {}, connections: load.connections };
  // What runs warm in production is measured warm.
  await measureClosed(load, seconds / 2);
  // A shared machine is faster in one minute than in the next: the bare server before and after tells how fast it was.
  const before = await measureClosed(bare, seconds / 2);
  const closed = await measureClosed(load, seconds);
  const after = await measureClosed(bare, seconds / 2);
  const rate = closed.rate * BUSY_SHARE;
  const open = await measureOpen(load, { rate, seconds });
  const bareOpen = await measureOpen(bare, { rate, seconds });
  const bareClosed = {
    rate: (before.rate + after.rate) / 2,
    p50Ms: (before.p50Ms + after.p50Ms) / 2,
    p99Ms: Math.max(before.p99Ms, after.p99Ms),
    refused: before.refused + after.refused,
  };
  return { name: one.name, closed, bareClosed, open, bareOpen };
}

/** Measures every case on a shop of every size, on one machine in one run. */
export async function runBench({ sizes, names, seconds, folder, say }: BenchOptions): Promise<BenchReport> {
  const startedAt = new Date().toISOString();
  const database = await startDrillDatabase(folder, say);
  const measured: BenchReport['sizes'] = [];
  try {
    for (const orders of sizes) {
      const system = await startBenchSystem({ database, folder, orders, say });
      const rows: BenchRow[] = [];
      try {
        for (const one of BENCH_CASES.filter(({ name }) => names.includes(name))) {
          say(`${orders} orders: ${one.name}`);
          rows.push(await measureCase(system, one, seconds));
        }
      } finally {
        await system.stop();
      }
      measured.push({ orders, rows });
    }
  } finally {
    await database.stop();
  }
  return {
    startedAt,
    machine: { cores: availableParallelism(), node: process.version },
    seconds,
    sizes: measured,
  };
}
