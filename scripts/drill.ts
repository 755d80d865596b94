import { describeReport } from '../backend/drill/describe-report.ts';
import { readOptions, USAGE } from '../backend/drill/drill-options.ts';
import { runDrill } from '../backend/drill/run-drill.ts';
import { stopAllChildren } from '../backend/local-stack/child-processes.ts';
import { makeScratchFolder } from '../backend/local-stack/scratch-folder.ts';

const STOP_WITHIN_MS = 4_000;

function readOptionsOrExit() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error([(error as Error).message, ...USAGE].join('\n'));
    process.exit(2);
  }
}

const { isJson, isStrict, isKept, ...dinerOrder } = readOptionsOrExit();
const folder = makeScratchFolder('drill');
process.once('exit', () => {
  if (isKept) console.error(`logs and database: ${folder.path}`);
  else folder.remove();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, async () => {
    await stopAllChildren(STOP_WITHIN_MS);
    process.exit(1);
  });
}

const report = await runDrill({ ...dinerOrder, folder: folder.path, say: (line) => console.error(line) });
console.log(isJson ? JSON.stringify(report, null, 2) : describeReport(report).join('\n'));
process.exit(report.verdict === 'failed' || (isStrict && report.verdict === 'late') ? 1 : 0);
