import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stopAllChildren } from '../backend/local-stack/child-processes.ts';
import { startPrivateDatabase } from '../backend/local-stack/private-database.ts';
import { runModel } from '../backend/test/model/model-run.ts';

const STOP_WITHIN_MS = 4_000;
const LARGEST_SEED = 2 ** 31;
const SAY_EVERY = 1_000;

const { values } = parseArgs({
  options: { histories: { type: 'string', default: '10000' }, seed: { type: 'string' } },
});
const histories = Number(values.histories);
const seed = Number(values.seed ?? Math.floor(Math.random() * LARGEST_SEED));
if (!Number.isSafeInteger(histories) || histories < 1 || !Number.isSafeInteger(seed)) {
  console.error('npm run model -- [--histories 10000] [--seed 1]');
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, async () => {
    await stopAllChildren(STOP_WITHIN_MS);
    process.exit(1);
  });
}

console.log(`model with seed ${seed}: ${histories} histories`);
const folder = mkdtempSync(join(tmpdir(), 'jwt-pizza-model-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const database = process.env.TEST_DATABASE_URL
  ? undefined
  : await startPrivateDatabase({ dataFolder: folder, durable: false });
if (database) process.env.TEST_DATABASE_URL = database.url;
const began = performance.now();
const seconds = (): string => ((performance.now() - began) / 1000).toFixed(1);
try {
  const report = await runModel({
    histories,
    seed,
    onPlayed: (played) => {
      if (played % SAY_EVERY === 0) console.log(`${String(played).padStart(6)} histories, ${seconds()} s`);
    },
  });
  const met = Object.entries(report.met).sort(([, one], [, other]) => other - one);
  console.log(met.map(([name, count]) => `${name} ${count}`).join(', '));
  for (const failure of report.failures) console.log(`\nBROKEN ${failure}`);
  console.log(
    `\nseed ${seed}, ${report.histories} histories, ${report.failures.length} broken, ${seconds()} s`,
  );
  if (report.failures.length > 0) process.exitCode = 1;
} finally {
  await database?.stop();
}
process.exit();
