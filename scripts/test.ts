import { stopAllChildren } from '../backend/local-stack/child-processes.ts';
import { runTests } from '../backend/test/run/run-tests.ts';
import { describeTally } from '../backend/test/run/tally.ts';

const STOP_WITHIN_MS = 4_000;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, async () => {
    await stopAllChildren(STOP_WITHIN_MS);
    process.exit(1);
  });
}

const tally = await runTests({ args: process.argv.slice(2), say: (line) => console.log(line) });
console.log(describeTally(tally));
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1);
