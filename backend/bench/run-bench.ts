import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { startDrillDatabase } from '../drill/drill-database.ts';
import { BENCH_CASES, type BenchCase, loadOf } from './bench-cases.ts';
import { type BenchSystem, startBenchSystem } from './bench-system.ts';
import { type Burst, measureBurst } from './burst.ts';
import { readCpuTimes } from './cpu-times.ts';
import { type Load, type Measured, measureBcrypt, measureClosed, measureOpen } from './measure.ts';

// People come at half of what would go through: a shop that is busy, not one that is falling over.
const BUSY_SHARE = 0.5;
const PRODUCTION_BCRYPT_COST = 12;
const IDLE_SECONDS = 5;
const SOAK_PARTS = 10;

export interface BenchOptions {
  sizes: readonly number[];
  names: readonly string[];
  seconds: number;
  /** Processes of the service. */
  workers: number;
  /** How long orders are placed at full rate while the memory is looked at; 0 leaves it out. */
  soakSeconds: number;
  folder: string;
  say(line: string): void;
}

/** Microseconds of a core for one answer: of the service or the reference, and of the database. */
export interface Cost {
  serverUs: number;
  databaseUs: number;
}

export interface BenchRow {
  name: string;
  closed: Measured;
  open: Measured;
  /** Null where the system does not tell. */
  cost: Cost | null;
  reference: string | null;
  /** The reference's rate just before and just after, together. */
  referenceRate: number | null;
  referenceCost: Cost | null;
  ratio: number | null;
  goal: number | null;
  /** Round trips to the database for one answer, whoever made them. */
  roundTrips: number | null;
}

export interface BenchReport {
  startedAt: string;
  machine: { cores: number; node: string };
  seconds: number;
  sizes: {
    orders: number;
    rows: BenchRow[];
    /** Statements a second while nobody asks for anything. */
    idleStatements: number;
    /** Left out where only some cases are measured. */
    burst: Burst | null;
    /** Resident memory in MB, looked at ten times during the soak. */
    soakMb: number[];
    /** Resident memory of the service in MB, before and after all of this. */
    memoryMb: { before: number; after: number };
  }[];
}

/** Closed loop, with what an answer cost. */
async function measureCost(load: Load, seconds: number): Promise<Measured & { cost: Cost | null }> {
  const before = readCpuTimes();
  const measured = await measureClosed(load, seconds);
  const after = readCpuTimes();
  const { answers } = measured;
  if (!before || !after || answers === 0) return { ...measured, cost: null };
  const usOf = (part: keyof typeof after): number => ((after[part] - before[part]) * 1000) / answers;
  return {
    ...measured,
    cost: { serverUs: usOf('service') + usOf('reference'), databaseUs: usOf('database') },
  };
}

interface ReferenceMeasured {
  rate: number;
  cost: Cost | null;
}

async function measureReference(
  system: BenchSystem,
  one: BenchCase,
  seconds: number,
): Promise<ReferenceMeasured | null> {
  const { reference } = one;
  if (reference === undefined) return null;
  if (reference === 'bcrypt alone') {
    return { rate: await measureBcrypt(PRODUCTION_BCRYPT_COST, seconds), cost: null };
  }
  const { connections } = one.load(system.asker);
  return measureCost(loadOf(reference, system.asker, connections), seconds);
}

async function measureCase(system: BenchSystem, one: BenchCase, seconds: number): Promise<BenchRow> {
  const load = one.load(system.asker);
  // What runs warm in production is measured warm.
  await measureClosed(load, seconds / 2);
  // A shared machine is faster in one minute than in the next: the reference before and after tells how fast it was.
  const before = await measureReference(system, one, seconds / 2);
  const statementsBefore = await system.counter.statements();
  const { cost, ...closed } = await measureCost(load, seconds);
  const statements = (await system.counter.statements()) - statementsBefore;
  const after = await measureReference(system, one, seconds / 2);
  const open = await measureOpen(load, { rate: closed.rate * BUSY_SHARE, seconds });
  const referenceRate = before === null || after === null ? null : (before.rate + after.rate) / 2;
  return {
    name: one.name,
    closed,
    open,
    cost,
    reference: one.reference ?? null,
    referenceRate,
    referenceCost: after?.cost ?? null,
    ratio: referenceRate === null ? null : closed.rate / referenceRate,
    goal: one.goal ?? null,
    roundTrips: one.isCounted ? statements / closed.answers : null,
  };
}

async function countIdle({ counter }: BenchSystem): Promise<number> {
  // The last orders are on their way into the figures.
  while (await counter.hasUnfolded()) await wait(IDLE_SECONDS * 100);
  const before = await counter.statements();
  await wait(IDLE_SECONDS * 1000);
  // Asking is a statement of its own.
  return ((await counter.statements()) - before - 1) / IDLE_SECONDS;
}

async function soak(system: BenchSystem, seconds: number): Promise<number[]> {
  const placing = BENCH_CASES.find(({ reference }) => reference === 'least order');
  if (seconds === 0 || !placing) return [];
  const memory: number[] = [];
  for (let part = 1; part <= SOAK_PARTS; part += 1) {
    await measureClosed(placing.load(system.asker), seconds / SOAK_PARTS);
    memory.push(await system.readMemoryMb());
  }
  return memory;
}

/** Measures every case on a shop of every size, on one machine in one run. */
export async function runBench(options: BenchOptions): Promise<BenchReport> {
  const { sizes, names, seconds, workers, soakSeconds, folder, say } = options;
  const startedAt = new Date().toISOString();
  const database = await startDrillDatabase(folder, say);
  const measured: BenchReport['sizes'] = [];
  try {
    for (const orders of sizes) {
      const system = await startBenchSystem({ database, folder, orders, workers, say });
      const rows: BenchRow[] = [];
      try {
        const before = await system.readMemoryMb();
        for (const one of BENCH_CASES.filter(({ name }) => names.includes(name))) {
          say(`${orders} orders: ${one.name}`);
          rows.push(await measureCase(system, one, seconds));
        }
        say(`${orders} orders: a burst`);
        const isWhole = names.length === BENCH_CASES.length;
        const burst = isWhole ? await measureBurst(system.asker, system.databaseUrl) : null;
        const soakMb = await soak(system, soakSeconds);
        const memoryMb = { before, after: await system.readMemoryMb() };
        // Last: the shop begins with orders that are due.
        const idleStatements = await countIdle(system);
        measured.push({ orders, rows, idleStatements, burst, soakMb, memoryMb });
      } finally {
        await system.stop();
      }
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
