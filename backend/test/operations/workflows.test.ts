import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { projectRoot } from '../../local-stack/project-root.ts';
import { TEST_PARTS } from '../run/test-parts.ts';

interface Step {
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
interface Job {
  if?: string;
  needs?: string[];
  'timeout-minutes'?: number;
  permissions?: Record<string, string>;
  services?: Record<string, { image: string }>;
  env?: Record<string, string>;
  steps: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const FOLDER = join(projectRoot, '.github/workflows');
// Programs of GitHub's machine, and words of its shell.
const FOREIGN = ['echo', 'test', 'sudo'];
const PARTS = new Set(TEST_PARTS.map(({ name }) => name));

const workflows = Object.fromEntries(
  readdirSync(FOLDER).map((name) => [name, parse(readFileSync(join(FOLDER, name), 'utf8')) as Workflow]),
);
const { 'ci.yml': ci, 'nightly.yml': nightly, 'release.yml': release } = workflows;
const jobs = Object.entries(workflows).flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ title: `${file} ${id}`, job })),
);
const commands = jobs.flatMap(({ title, job }) =>
  job.steps.flatMap(({ run = '' }) =>
    run
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map((command) => ({ title, command })),
  ),
);

describe.each(jobs)('the job $title', ({ job }) => {
  it('ends in time, and has no more rights than it names', () => {
    expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
    expect(job.permissions).toBeDefined();
    const writes = Object.entries(job.permissions ?? {}).filter(([, right]) => right !== 'read');
    const isPublishing = job.steps.some((step) => step.with?.push === true);
    expect(writes).toEqual(isPublishing ? [['packages', 'write']] : []);
  });

  it('takes every action at one commit and leaves no credentials in the clone', () => {
    const taken = job.steps.flatMap(({ uses }) => uses ?? []);
    expect(taken.filter((uses) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
    const clones = job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(clones.every((step) => step.with?.['persist-credentials'] === false)).toBe(true);
  });
});

it('a workflow has no right that a job of it does not name', () => {
  for (const { permissions } of Object.values(workflows)) expect(permissions).toEqual({});
});

it('every action has the release it is beside its commit, the same one everywhere', () => {
  const lines = Object.keys(workflows).flatMap((name) =>
    [...readFileSync(join(FOLDER, name), 'utf8').matchAll(/uses: (\S+)(?: # (v\d+\.\d+\.\d+))?$/gm)].map(
      ([, uses = '', version]) => ({ uses, version }),
    ),
  );
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter(({ version }) => version === undefined)).toEqual([]);
  const actions = new Set(lines.map(({ uses }) => uses.split('@')[0]));
  expect(new Set(lines.map(({ uses, version }) => `${uses} ${version}`)).size).toBe(actions.size);
});

it.each(commands)('$title runs what exists: $command', ({ command }) => {
  const [program = '', ...words] = command.split(' ');
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  if (program === 'npm') {
    const [script = '', dashes, part] = words[0] === 'run' ? words.slice(1) : words;
    expect(scripts).toHaveProperty(script);
    if (script === 'test' && dashes !== undefined) expect(PARTS).toContain(part);
  } else if (program.includes('/')) {
    expect(() => accessSync(join(projectRoot, program), constants.X_OK)).not.toThrow();
  } else expect(FOREIGN).toContain(program);
});

describe('a pull request', () => {
  it('is not required to pass less than every job there is', () => {
    const others = Object.keys(ci?.jobs ?? {}).filter((id) => id !== 'required');
    expect(others.length).toBeGreaterThan(5);
    expect([...(ci?.jobs.required?.needs ?? [])].sort()).toEqual(others.sort());
    const conditional = others.filter((id) => ci?.jobs[id]?.if !== undefined);
    // The result of `required` knows this one, and takes no other job that was skipped for a job that passed.
    expect(conditional).toEqual(['whole']);
  });

  it('runs every part of npm test, and jest on both databases', () => {
    const run = commands.filter(({ title }) => title.startsWith('ci.yml')).map(({ command }) => command);
    for (const { name } of TEST_PARTS) expect(run).toContain(`npm test -- ${name}`);
    expect(run.filter((command) => command === 'npm test -- jest')).toHaveLength(2);
    expect(ci?.jobs.mysql?.services?.mysql?.image).toMatch(/^mysql:8\.4\./);
    expect(ci?.jobs.mysql?.env?.TEST_DATABASE_URL).toMatch(/^mysql:/);
  });
});

it('every night each proof that npm test runs in a short form is run whole', () => {
  expect(nightly?.on).toHaveProperty('schedule');
  const run = Object.values(nightly?.jobs ?? {}).flatMap(({ steps }) =>
    steps.flatMap(({ run: command, env }) => (command ? [[command, env]] : [])),
  );
  expect(run).toEqual([
    ['npm run drill', undefined],
    ['npm run model', undefined],
    ['npm run fuzz', undefined],
    ['npm test -- jest idempotency', { IDEMPOTENCY_KEYS: '1000' }],
    ['npm test -- jest load/explain', { LARGE_SHOP_ORDERS: '200000' }],
  ]);
});

describe('a release', () => {
  const steps = release?.jobs.image?.steps ?? [];
  const at = (isWanted: (step: Step) => boolean): number => steps.findIndex(isWanted);

  it('is published by a tag only, after all tests and after the image has served', () => {
    expect(release?.on).toEqual({ push: { tags: ['v*'] } });
    expect(release?.jobs.image?.needs).toEqual(['tests']);
    expect(release?.jobs.tests?.steps.some(({ run }) => run === '.ci/run')).toBe(true);
    const smoke = at(({ run }) => run === 'ops/smoke-start.sh');
    expect(smoke).toBeGreaterThan(at((step) => step.with?.load === true));
    expect(smoke).toBeLessThan(at((step) => step.with?.push === true));
  });

  it('is for both kinds of processors, under its version, with what is in it and where it comes from', () => {
    const publish = steps.find((step) => step.with?.push === true)?.with;
    expect(publish).toMatchObject({
      file: 'ops/Dockerfile',
      platforms: 'linux/amd64,linux/arm64',
      sbom: true,
      provenance: 'mode=max',
    });
    expect(publish?.tags).not.toMatch(/latest/);
    expect(publish?.labels).toMatch(/^org\.opencontainers\.image\.version=/m);
  });
});
