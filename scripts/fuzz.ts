import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stopAllChildren } from '../backend/local-stack/child-processes.ts';
import { startPrivateDatabase } from '../backend/local-stack/private-database.ts';
import { type FuzzReport, fuzz } from '../backend/test/api/fuzz.ts';
import { startFuzzService } from '../backend/test/api/fuzz-service.ts';

const STOP_WITHIN_MS = 4_000;
const LARGEST_SEED = 2 ** 31;

const { values } = parseArgs({
  options: { calls: { type: 'string', default: '20000' }, seed: { type: 'string' } },
});
const calls = Number(values.calls);
const seed = Number(values.seed ?? Math.floor(Math.random() * LARGEST_SEED));
if (!Number.isSafeInteger(calls) || calls < 1 || !Number.isSafeInteger(seed)) {
  console.error('npm run fuzz -- [--calls 20000] [--seed 1]');
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, async () => {
    await stopAllChildren(STOP_WITHIN_MS);
    process.exit(1);
  });
}

function sayEndpoint(name: string, made: number, served: number): void {
  console.log(`${String(made).padStart(6)} calls, ${String(served).padStart(5)} served  ${name}`);
}

function describe({ servedByEndpoint, statuses, findings, ...report }: FuzzReport): string[] {
  const byStatus = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
  const neverServed = Object.keys(servedByEndpoint).filter((name) => servedByEndpoint[name] === 0);
  return [
    `never served: ${neverServed.join(', ') || 'none'}`,
    `answers  ${byStatus.join('  ')}`,
    ...findings.map(({ endpoint, faults, curl }) => `\nFINDING in ${endpoint}\n${faults}\n${curl}`),
    `\nseed ${report.seed}, ${report.calls} calls, ${findings.length} findings`,
  ];
}

async function run(): Promise<boolean> {
  const service = await startFuzzService();
  const began = performance.now();
  try {
    const report = await fuzz(service, { calls, seed, onEndpoint: sayEndpoint });
    for (const line of describe(report)) console.log(line);
    console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`);
    return report.findings.length === 0;
  } finally {
    // Also says when an answer that nobody waited for was outside the contract.
    await service.stop().catch((error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    });
  }
}

console.log(`fuzz with seed ${seed}: ${calls} calls`);
const folder = mkdtempSync(join(tmpdir(), 'jwt-pizza-fuzz-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const database = process.env.TEST_DATABASE_URL
  ? undefined
  : await startPrivateDatabase({ dataFolder: folder, durable: false });
if (database) process.env.TEST_DATABASE_URL = database.url;
try {
  if (!(await run())) process.exitCode = 1;
} finally {
  await database?.stop();
}
process.exit();
