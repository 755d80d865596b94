import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { FullConfig, Reporter, TestCase, TestResult, TestStep } from 'playwright/types/testReporter';
import type { FileTimes } from '../../backend/test/run/times.ts';

const PAGE_LOADS = new Set(['Navigate', 'Reload', 'Go back', 'Go forward']);
/** Steps that fixtures.ts names; what they are made of is not told apart. */
const NAMED = new Set(['axe', 'account']);

function kindOf({ category, title }: TestStep): string | undefined {
  if (category === 'test.step') return NAMED.has(title) ? title : undefined;
  if (category === 'expect') return 'waiting';
  if (category === 'fixture') return 'start-up';
  if (category !== 'pw:api') return undefined;
  return PAGE_LOADS.has(title.split(' "')[0] ?? '') ? 'page loads' : 'actions';
}

function addSteps(steps: readonly TestStep[], kinds: Record<string, number>): void {
  for (const step of steps) {
    const kind = kindOf(step);
    if (kind === undefined) addSteps(step.steps, kinds);
    else kinds[kind] = (kinds[kind] ?? 0) + step.duration;
  }
}

/** Writes how long each browser test took, and with what, to the file that E2E_TIMES_FILE names. */
// biome-ignore lint/style/noDefaultExport: Playwright takes a reporter by its default export.
export default class TimesReporter implements Reporter {
  readonly #files = new Map<string, FileTimes>();
  #folder = '';

  onBegin({ rootDir }: FullConfig): void {
    this.#folder = rootDir;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const file = `frontend/e2e/${relative(this.#folder, test.location.file)}`;
    const times = this.#files.get(file) ?? { file, ms: 0, tests: [], kinds: {} };
    this.#files.set(file, times);
    times.ms += result.duration;
    const [, project] = test.titlePath();
    times.tests.push({ title: `${test.title} (${project})`, ms: result.duration });
    addSteps(result.steps, times.kinds);
  }

  onEnd(): void {
    const path = process.env.E2E_TIMES_FILE;
    if (path) writeFileSync(path, JSON.stringify([...this.#files.values()]));
  }
}
