import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { pickFreePort } from '../backend/local-stack/ports.ts';
import { startTimeOf } from '../backend/local-stack/process-lock.mjs';
import { makeScratchFolder, type ScratchFolder } from '../backend/local-stack/scratch-folder.ts';
import { eventually } from '../backend/test/support/eventually.ts';

// Each test starts the whole system; the first one on a machine may have to install its database.
jest.setTimeout(180_000);

const ALL_GONE_WITHIN_MS = 5_000;

let data: ScratchFolder;
let port: number;

beforeEach(async () => {
  data = makeScratchFolder('start');
  port = await pickFreePort();
});

afterEach(() => data.remove());

type Start = { stack: ChildProcess; output: () => string; ended: Promise<number | null> };

function start(settings: NodeJS.ProcessEnv = {}): Start {
  const environment = { PORT: String(port), DATA_DIR: data.path, DEMO: '', BCRYPT_COST: '4', ...settings };
  const stack = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
  });
  let written = '';
  for (const stream of [stack.stdout, stack.stderr]) stream?.on('data', (chunk) => (written += chunk));
  const ended = once(stack, 'close').then(([code]) => code as number | null);
  return { stack, output: () => written, ended };
}

async function whenReady({ stack, output, ended }: Start): Promise<void> {
  await Promise.race([
    once(stack, 'message'),
    ended.then(() => {
      throw new Error(`the stack has ended instead of serving:\n${output()}`);
    }),
  ]);
}

async function isServing(): Promise<boolean> {
  return fetch(`http://localhost:${port}/health/live`).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** The service and the database, by the numbers of their processes. */
function pidsOf(stack: ChildProcess): number[] {
  const [, server] = JSON.parse(readFileSync(join(data.path, 'database/owner.lock'), 'utf8'));
  return [stack.pid ?? 0, server.pid];
}

it('a started demo serves, says so on its last line with the accounts above it, and ends with 0 on SIGTERM', async () => {
  const started = start();
  await whenReady(started);
  expect(await isServing()).toBe(true);
  const lines = started.output().trim().split('\n');
  expect(lines.at(-1)).toBe(`ready http://localhost:${port}`);
  expect(started.output()).toMatch(/a@jwt\.com \/ admin/);
  const pids = pidsOf(started.stack);
  started.stack.kill('SIGTERM');
  expect(await started.ended).toBe(0);
  expect(pids.map(startTimeOf)).toEqual([undefined, undefined]);
  expect(await isServing()).toBe(false);
});

it('a start that is killed with -9 leaves neither its service nor its database running', async () => {
  const started = start();
  await whenReady(started);
  const pids = pidsOf(started.stack);
  started.stack.kill('SIGKILL');
  const areAllGone = async (): Promise<boolean> =>
    pids.every((pid) => startTimeOf(pid) === undefined) && !(await isServing());
  await eventually('everything has ended', areAllGone, ALL_GONE_WITHIN_MS);
});

it('a second start on the same port says so in one line and ends with 1', async () => {
  const taken = createServer().listen(port);
  await once(taken, 'listening');
  const started = start();
  expect(await started.ended).toBe(1);
  expect(started.output()).toMatch(/^port \d+ is taken: [^\n]*\n$/);
  taken.close();
});

it('in production a start makes nothing up: it ends with 1 and the list of what is missing', async () => {
  const started = start({ FACTORY_URL: 'https://factory.example', BCRYPT_COST: '12' });
  expect(await started.ended).toBe(1);
  for (const name of ['DATABASE_URL', 'JWT_SECRET', 'PASSWORD_PEPPER'])
    expect(started.output()).toContain(name);
  expect(started.output()).not.toContain('private database');
});
