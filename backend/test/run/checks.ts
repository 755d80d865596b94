import { join } from 'node:path';
import { runChild } from '../../local-stack/child-processes.ts';
import { projectRoot } from '../../local-stack/project-root.ts';

export type CheckResult = { name: string; passed: boolean; ms: number; output: string };

type Check = { name: string; tool: string; args: string[] };

// In the order of how much a failure tells; the slow ones early, so that they overlap with the rest.
const CHECKS: readonly Check[] = [
  { name: 'types of the server', tool: 'typescript-7/bin/tsc', args: ['-p', '.'] },
  { name: 'types of the storefront', tool: 'typescript-7/bin/tsc', args: ['-p', 'frontend'] },
  { name: 'unused code', tool: 'knip/bin/knip.js', args: ['--no-progress', '--config', 'scripts/knip.json'] },
  {
    name: 'import fences',
    tool: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['--config', '.dependency-cruiser.cjs', 'backend', 'frontend', 'scripts'],
  },
  { name: 'lint and format', tool: '@biomejs/biome/bin/biome', args: ['check', '--error-on-warnings'] },
];
const SIDE_BY_SIDE = 2;

async function runCheck({ name, tool, args }: Check): Promise<CheckResult> {
  const began = performance.now();
  const { code, output } = await runChild(
    process.execPath,
    [join(projectRoot, 'node_modules', tool), ...args],
    {
      cwd: projectRoot,
      // Nobody reads the colours and the boxes that a terminal would get.
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    },
  );
  return { name, passed: code === 0, ms: Math.round(performance.now() - began), output: output.trim() };
}

/** Runs every check of the sources, telling of each as it ends. */
export async function runChecks(onResult: (result: CheckResult) => void): Promise<CheckResult[]> {
  const waiting = [...CHECKS];
  const results: CheckResult[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await runCheck(check);
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return results;
}

export function describeCheck({ name, passed, ms, output }: CheckResult): string {
  const line = `${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(24)} ${String(ms).padStart(6)} ms`;
  return passed || output === '' ? line : `${line}\n${output}`;
}
