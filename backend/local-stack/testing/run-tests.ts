import type { OnProgress } from '../debian-packages.ts';
import { addTallies, describeTally, ONE_FAILED, type Tally } from './tally.ts';
import { TEST_PARTS, type TestPart } from './test-parts.ts';

export type TestRun = { args: string[]; say: OnProgress };

async function runPart(part: TestPart, { args, say }: TestRun): Promise<Tally> {
  say(`\n--- ${part.name}`);
  const began = performance.now();
  let tally: Tally;
  try {
    tally = await part.run({ args, say });
  } catch (error) {
    // One part that cannot run must not keep the others from telling what they know.
    say((error as Error).message);
    tally = ONE_FAILED;
  }
  say(`--- ${part.name}: ${describeTally(tally)} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  return tally;
}

/** Runs all parts, or the one that is named; the rest of the arguments go to its runner. Answers what the last line says. */
export async function runTests({ args: [name, ...rest], say }: TestRun): Promise<Tally> {
  const parts = name === undefined ? TEST_PARTS : TEST_PARTS.filter((part) => part.name === name);
  if (parts.length === 0) {
    say(
      `there is no part "${name}": npm test -- [${TEST_PARTS.map((part) => part.name).join(' | ')}] [pattern]`,
    );
    return ONE_FAILED;
  }
  const tallies: Tally[] = [];
  for (const part of parts) tallies.push(await runPart(part, { args: rest, say }));
  return addTallies(tallies);
}
