import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallBrowser } from '../../local-stack/browser.ts';
import { runVisibly } from '../../local-stack/child-processes.ts';
import type { OnProgress } from '../../local-stack/debian-packages.ts';
import { projectRoot } from '../../local-stack/project-root.ts';
import { findOrInstallPrometheus } from '../../local-stack/prometheus-programs.ts';
import { makeScratchFolder } from '../../local-stack/scratch-folder.ts';
import { buildStorefrontIfStale } from '../../local-stack/storefront-build.ts';
import { describeCheck, runChecks } from './checks.ts';
import {
  addTallies,
  countRun,
  ONE_FAILED,
  ONE_PASSED,
  readJestReport,
  readPlaywrightReport,
  type Tally,
} from './tally.ts';
import { type FileTimes, readBrowserTimes, readJestTimes } from './times.ts';

export type PartResult = {
  tally: Tally;
  /** How long each file took; only when that was asked for. */
  files?: FileTimes[] | undefined;
};

export type TestPart = {
  name: string;
  run(options: { args: string[]; say: OnProgress; isTimed: boolean }): Promise<PartResult>;
};

// Many times what a part takes: a slow machine is no failure, but one that hangs must end.
const LONGEST_RUN_MS = 40 * 60_000;

type Runner = {
  tool: string;
  args: string[];
  environment: NodeJS.ProcessEnv;
  readReport(text: string): Tally;
  /** How the runner is told where its report goes. */
  nameReport(folder: string): { args?: string[]; environment?: NodeJS.ProcessEnv };
  readTimes?: ((folder: string) => FileTimes[]) | undefined;
};

const REPORT = 'report.json';
const TIMES = 'times.json';
const COMPUTING = 'computing';

async function runRunner(runner: Runner): Promise<PartResult> {
  const folder = makeScratchFolder('report');
  const report = runner.nameReport(folder.path);
  try {
    const code = await runVisibly(
      process.execPath,
      [join(projectRoot, 'node_modules', runner.tool), ...runner.args, ...(report.args ?? [])],
      {
        cwd: projectRoot,
        env: { ...process.env, ...runner.environment, ...report.environment },
        longestMs: LONGEST_RUN_MS,
      },
    );
    const read = (): Tally => runner.readReport(readFileSync(join(folder.path, REPORT), 'utf8'));
    return {
      tally: countRun(code, ifWritten(read)),
      files: runner.readTimes && ifWritten(() => runner.readTimes?.(folder.path)),
    };
  } finally {
    folder.remove();
  }
}

function ifWritten<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const check: TestPart = {
  name: 'check',
  async run({ say }) {
    const results = await runChecks((result) => say(describeCheck(result)));
    return { tally: addTallies(results.map(({ passed }) => (passed ? ONE_PASSED : ONE_FAILED))) };
  },
};

function runJest(args: string[], isTimed: boolean): Promise<PartResult> {
  const measured = [`--env=${join(import.meta.dirname, 'measured-environment.mjs')}`];
  return runRunner({
    tool: 'jest/bin/jest.js',
    args: [...args, '--json', ...(isTimed ? measured : [])],
    environment: { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
    readReport: readJestReport,
    nameReport(folder) {
      const computing = join(folder, COMPUTING);
      mkdirSync(computing);
      return {
        args: [`--outputFile=${join(folder, REPORT)}`],
        environment: { JEST_TIMES_FOLDER: computing },
      };
    },
    readTimes: isTimed
      ? (folder) =>
          readJestTimes(readFileSync(join(folder, REPORT), 'utf8'), join(folder, COMPUTING), projectRoot)
      : undefined,
  });
}

// They need Prometheus and Alertmanager, which nothing else does.
const RULE_TESTS = 'backend/test/alerts/';

const jest: TestPart = {
  name: 'jest',
  run: ({ args, isTimed }) => runJest([...args, `--testPathIgnorePatterns=${RULE_TESTS}`], isTimed),
};

const rules: TestPart = {
  name: 'rules',
  async run({ args, say, isTimed }) {
    await findOrInstallPrometheus(say);
    // Jest runs what fits any of its patterns, so ours goes before each.
    const isFlag = (word: string): boolean => word.startsWith('-');
    const wanted = args.filter((word) => !isFlag(word)).join('|');
    return runJest([...args.filter(isFlag), `--testPathPatterns=${RULE_TESTS}.*(${wanted})`], isTimed);
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
    return { tally: addTallies([ONE_PASSED, code === 0 ? ONE_PASSED : ONE_FAILED]) };
  },
};

const e2e: TestPart = {
  name: 'e2e',
  async run({ args, say, isTimed }) {
    await findOrInstallBrowser(say);
    await buildStorefrontIfStale({ onProgress: say });
    const config = 'frontend/e2e/playwright.config.ts';
    const reporters = `list,json${isTimed ? ',frontend/e2e/times-reporter.ts' : ''}`;
    return runRunner({
      tool: 'playwright/cli.js',
      args: ['test', '--config', config, `--reporter=${reporters}`, ...args],
      environment: {},
      readReport: readPlaywrightReport,
      nameReport: (folder) => ({
        environment: {
          PLAYWRIGHT_JSON_OUTPUT_FILE: join(folder, REPORT),
          E2E_TIMES_FILE: join(folder, TIMES),
        },
      }),
      readTimes: isTimed
        ? (folder) => readBrowserTimes(readFileSync(join(folder, TIMES), 'utf8'))
        : undefined,
    });
  },
};

/** Everything `npm test` runs, the quick ones first. A new kind of test is one more entry. */
export const TEST_PARTS: readonly TestPart[] = [check, jest, rules, build, e2e];
