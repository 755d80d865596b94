import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** How long one test file took. All times in milliseconds. */
export type FileTimes = {
  file: string;
  ms: number;
  tests: { title: string; ms: number }[];
  /** What the time went into, as far as it is known: `start-up` is what comes before and between the tests. */
  kinds: Record<string, number>;
};

export type PartTimes = { name: string; ms: number; files: FileTimes[] };

const FILES_SHOWN = 20;
const TESTS_SHOWN = 20;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

type JestTimes = {
  testResults: {
    name: string;
    startTime: number;
    endTime: number;
    assertionResults: { fullName: string; duration?: number | null }[];
  }[];
};

/** Reads Jest's report, and what measured-environment.mjs wrote into `computingFolder`. */
export function readJestTimes(report: string, computingFolder: string, root: string): FileTimes[] {
  const computing = new Map(
    readdirSync(computingFolder)
      .map((name) => JSON.parse(readFileSync(join(computingFolder, name), 'utf8')))
      .map(({ path, cpuMs }: { path: string; cpuMs: number }) => [path, cpuMs]),
  );
  return (JSON.parse(report) as JestTimes).testResults.map(
    ({ name, startTime, endTime, assertionResults }) => {
      const tests = assertionResults.map(({ fullName, duration }) => ({
        title: fullName,
        ms: duration ?? 0,
      }));
      const ms = endTime - startTime;
      const startUp = Math.max(0, ms - sum(tests.map((test) => test.ms)));
      const waiting = Math.max(0, ms - (computing.get(name) ?? ms));
      return { file: relative(root, name), ms, tests, kinds: { 'start-up': startUp, waiting } };
    },
  );
}

/** Reads what frontend/e2e/times-reporter.ts wrote. */
export const readBrowserTimes = (text: string): FileTimes[] => JSON.parse(text) as FileTimes[];

const seconds = (ms: number): string => (ms / 1000).toFixed(1).padStart(7);

const describeKinds = (kinds: Record<string, number>): string =>
  Object.entries(kinds)
    .sort(([, one], [, other]) => other - one)
    .map(([kind, ms]) => `${kind} ${(ms / 1000).toFixed(1)}`)
    .join(', ');

function addKinds(files: readonly FileTimes[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const { kinds } of files)
    for (const [kind, ms] of Object.entries(kinds)) total[kind] = (total[kind] ?? 0) + ms;
  return total;
}

function describePart({ name, files }: PartTimes): string[] {
  if (files.length === 0) return [];
  const slowestFiles = [...files].sort((one, other) => other.ms - one.ms).slice(0, FILES_SHOWN);
  const slowestTests = files
    .flatMap(({ file, tests }) => tests.map((test) => ({ file, ...test })))
    .sort((one, other) => other.ms - one.ms)
    .slice(0, TESTS_SHOWN);
  return [
    '',
    `${name}: ${files.length} files, ${sum(files.map(({ tests }) => tests.length))} tests, ${seconds(sum(files.map(({ ms }) => ms))).trim()} s of test time: ${describeKinds(addKinds(files))}`,
    ...slowestFiles.map(({ file, ms, kinds }) => `${seconds(ms)}  ${file}  (${describeKinds(kinds)})`),
    `${name}, slowest tests`,
    ...slowestTests.map(({ file, title, ms }) => `${seconds(ms)}  ${file}: ${title}`),
  ];
}

/** Answers, as lines for a terminal, which part, file and test took how many seconds, and with what. */
export function describeTimes(parts: readonly PartTimes[]): string[] {
  return [
    '',
    'seconds  part',
    ...parts.map(({ name, ms }) => `${seconds(ms)}  ${name}`),
    `${seconds(sum(parts.map(({ ms }) => ms)))}  all`,
    ...parts.flatMap(describePart),
  ];
}
