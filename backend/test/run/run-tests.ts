import type { OnProgress } from '../../local-stack/debian-packages.ts';
import { addTallies, describeTally, ONE_FAILED, type Tally } from './tally.ts';
import { type PartResult, TEST_PARTS, type TestPart } from './test-parts.ts';
import { describeTimes, type PartTimes } from './times.ts';

const TIMES = '--times';

export type TestRun = { args: string[]; say: OnProgress };

async function runPart(
  part: TestPart,
  run: Parameters<TestPart['run']>[0],
): Promise<{ tally: Tally; times: PartTimes }> {
  const { say } = run;
  say(`\n--- ${part.name}`);
  const began = performance.now();
  let result: PartResult;
  try {
    result = await part.run(run);
  } catch (error) {
    // One part that cannot run must not keep the others from telling what they know.
    say((error as Error).message);
    result = { tally: ONE_FAILED };
  }
  const { tally, files = [] } = result;
  const ms = performance.now() - began;
  say(`--- ${part.name}: ${describeTally(tally)} (${(ms / 1000).toFixed(1)} s)`);
  return { tally, times: { name: part.name, ms, files } };
}

/**
 * Runs all parts, or the one that is named; the rest of the arguments go to its runner. Answers what the last line says.
 * With `--times` it also tells where the time went.
 */
export async function runTests({ args, say }: TestRun): Promise<Tally> {
  const isTimed = args.includes(TIMES);
  const [name, ...rest] = args.filter((word) => word !== TIMES);
  const parts = name === undefined ? TEST_PARTS : TEST_PARTS.filter((part) => part.name === name);
  if (parts.length === 0) {
    say(
      `there is no part "${name}": npm test -- [--times] [${TEST_PARTS.map((part) => part.name).join(' | ')}] [pattern]`,
    );
    return ONE_FAILED;
  }
  const results = [];
  for (const part of parts) results.push(await runPart(part, { args: rest, say, isTimed }));
  if (isTimed) for (const line of describeTimes(results.map(({ times }) => times))) say(line);
  return addTallies(results.map(({ tally }) => tally));
}
