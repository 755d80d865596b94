import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallBrowser } from '../browser.ts';
import { runVisibly } from '../child-processes.ts';
import type { OnProgress } from '../debian-packages.ts';
import { projectRoot } from '../project-root.ts';
import { findOrInstallPrometheus } from '../prometheus-programs.ts';
import { buildStorefrontIfStale } from '../storefront-build.ts';
import { describeCheck, runChecks } from './checks.ts';
import { makeScratchFolder } from './scratch-folder.ts';
import {
  addTallies,
  countRun,
  ONE_FAILED,
  ONE_PASSED,
  readJestReport,
  readPlaywrightReport,
  type Tally,
} from './tally.ts';

export type TestPart = {
  name: string;
  run(options: { args: string[]; say: OnProgress }): Promise<Tally>;
};

// Many times what a part takes: a slow machine is no failure, but one that hangs must end.
const LONGEST_RUN_MS = 40 * 60_000;

type Runner = {
  tool: string;
  args: string[];
  environment: NodeJS.ProcessEnv;
  readReport(text: string): Tally;
  /** How the runner is told where its report goes. */
  nameReport(path: string): { args?: string[]; environment?: NodeJS.ProcessEnv };
};

async function runRunner({ tool, args, environment, readReport, nameReport }: Runner): Promise<Tally> {
  const folder = makeScratchFolder('report');
  const path = join(folder.path, 'report.json');
  const report = nameReport(path);
  try {
    const code = await runVisibly(
      process.execPath,
      [join(projectRoot, 'node_modules', tool), ...args, ...(report.args ?? [])],
      {
        cwd: projectRoot,
        env: { ...process.env, ...environment, ...report.environment },
        longestMs: LONGEST_RUN_MS,
      },
    );
    return countRun(code, readIfWritten(path, readReport));
  } finally {
    folder.remove();
  }
}

function readIfWritten(path: string, read: (text: string) => Tally): Tally | undefined {
  try {
    return read(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

const check: TestPart = {
  name: 'check',
  async run({ say }) {
    const results = await runChecks((result) => say(describeCheck(result)));
    return addTallies(results.map(({ passed }) => (passed ? ONE_PASSED : ONE_FAILED)));
  },
};

const runJest = (args: string[]): Promise<Tally> =>
  runRunner({
    tool: 'jest/bin/jest.js',
    args: [...args, '--json'],
    environment: { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
    readReport: readJestReport,
    nameReport: (path) => ({ args: [`--outputFile=${path}`] }),
  });

// They need Prometheus and Alertmanager, which nothing else does.
const RULE_TESTS = 'backend/test/alerts/';

const jest: TestPart = {
  name: 'jest',
  run: ({ args }) => runJest([...args, `--testPathIgnorePatterns=${RULE_TESTS}`]),
};

const rules: TestPart = {
  name: 'rules',
  async run({ args, say }) {
    await findOrInstallPrometheus(say);
    // Jest runs what fits any of its patterns, so ours goes before each.
    const isFlag = (word: string): boolean => word.startsWith('-');
    const wanted = args.filter((word) => !isFlag(word)).join('|');
    return runJest([...args.filter(isFlag), `--testPathPatterns=${RULE_TESTS}.*(${wanted})`]);
  },
};

const build: TestPart = {
  name: 'build',
  async run({ say }) {
    await buildStorefrontIfStale({ onProgress: say });
    const options = { cwd: projectRoot, env: process.env, longestMs: LONGEST_RUN_MS };
    const code = await runVisibly(
      process.execPath,
      [join(projectRoot, 'frontend/check-bundle-size.ts')],
      options,
    );
    return addTallies([ONE_PASSED, code === 0 ? ONE_PASSED : ONE_FAILED]);
  },
};

const e2e: TestPart = {
  name: 'e2e',
  async run({ args, say }) {
    await findOrInstallBrowser(say);
    return runRunner({
      tool: 'playwright/cli.js',
      args: ['test', '--config', 'frontend/e2e/playwright.config.ts', '--reporter=list,json', ...args],
      environment: {},
      readReport: readPlaywrightReport,
      nameReport: (path) => ({ environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: path } }),
    });
  },
};

/** Everything `npm test` runs, the quick ones first. A new kind of test is one more entry. */
export const TEST_PARTS: readonly TestPart[] = [check, jest, rules, build, e2e];
