import { parseArgs } from 'node:util';
import { BENCH_CASES } from '../backend/bench/bench-cases.ts';
import { describeBench } from '../backend/bench/describe-bench.ts';
import { runBench } from '../backend/bench/run-bench.ts';
import { stopAllChildren } from '../backend/local-stack/child-processes.ts';
import { makeScratchFolder } from '../backend/local-stack/scratch-folder.ts';

const STOP_WITHIN_MS = 4_000;
const LEAST_ORDERS = 1_000;
const MOST_ORDERS = 5_000_000;
const LONGEST_SECONDS = 60;
const MOST_WORKERS = 8;
const LONGEST_SOAK_SECONDS = 3_600;
const CASES = BENCH_CASES.map(({ name }) => name);

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      orders: { type: 'string', default: '10000,1000000' },
      only: { type: 'string', default: CASES.join(',') },
      seconds: { type: 'string', default: '6' },
      workers: { type: 'string', default: '1' },
      soak: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
    },
  });
  const sizes = values.orders.split(',').map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < LEAST_ORDERS || size > MOST_ORDERS))
    throw new Error(`--orders takes whole numbers from ${LEAST_ORDERS} to ${MOST_ORDERS}`);
  const names = values.only.split(',');
  const unknown = names.filter((name) => !CASES.includes(name));
  if (unknown.length > 0)
    throw new Error(`no case is called ${unknown.join(', ')}; there are ${CASES.join(', ')}`);
  const seconds = Number(values.seconds);
  if (!(seconds >= 2 && seconds <= LONGEST_SECONDS))
    throw new Error(`--seconds takes 2 to ${LONGEST_SECONDS}`);
  const workers = Number(values.workers);
  if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS)
    throw new Error(`--workers takes 1 to ${MOST_WORKERS}`);
  const soakSeconds = Number(values.soak);
  if (!(soakSeconds >= 0 && soakSeconds <= LONGEST_SOAK_SECONDS))
    throw new Error(`--soak takes 0 to ${LONGEST_SOAK_SECONDS} seconds`);
  return { sizes, names, seconds, workers, soakSeconds, isJson: values.json };
}

function readOptionsOrExit() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

const { isJson, ...request } = readOptionsOrExit();
const folder = makeScratchFolder('bench');
process.once('exit', () => folder.remove());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, async () => {
    await stopAllChildren(STOP_WITHIN_MS);
    process.exit(1);
  });
}

const report = await runBench({ ...request, folder: folder.path, say: (line) => console.error(line) });
console.log(isJson ? JSON.stringify(report, null, 2) : describeBench(report).join('\n'));
const refused = report.sizes
  .flatMap(({ rows }) => rows)
  .some(({ closed, open }) => closed.refused + open.refused > 0);
process.exit(refused ? 1 : 0);
