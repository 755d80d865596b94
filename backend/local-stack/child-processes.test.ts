import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from '@jest/globals';
import { eventually } from '../test/support/eventually.ts';
import { runChild, startChild, stopChild } from './child-processes.ts';
import { identityOf, isRunning, type ProcessIdentity, startTimeOf } from './process-lock.mjs';

const LONGEST_LIFE_AFTER_PARENT_MS = 5_000;
const DEAF = `process.on('SIGTERM', () => {}); console.log(process.pid); setInterval(() => {}, 1000);`;
const MORTAL = 'console.log(process.pid); setInterval(() => {}, 1000);';

let started: ProcessIdentity[] = [];

// A test that fails must not leave behind what it has proved to be left behind.
afterEach(() => {
  for (const child of started.filter(isRunning)) process.kill(child.pid, 'SIGKILL');
  started = [];
});

function parentOf(children: string[]): ChildProcess {
  const code = `
    import { startChild } from ${JSON.stringify(join(import.meta.dirname, 'child-processes.ts'))};
    for (const code of ${JSON.stringify(children)}) startChild(process.execPath, ['-e', code], { stdio: ['ignore', 'inherit', 'inherit'] });
  `;
  return spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function readPids(parent: ChildProcess, count: number): Promise<number[]> {
  const pids: number[] = [];
  if (!parent.stdout) throw new Error('the parent has no output');
  for await (const line of createInterface({ input: parent.stdout })) {
    pids.push(Number(line));
    started.push(identityOf(Number(line)));
    if (pids.length === count) break;
  }
  return pids;
}

const isGone = (pid: number): boolean => startTimeOf(pid) === undefined;

it('children of a parent that is killed with -9 end within 5 s, a deaf one too', async () => {
  const parent = parentOf([MORTAL, DEAF]);
  const pids = await readPids(parent, 2);
  expect(pids.some(isGone)).toBe(false);
  parent.kill('SIGKILL');
  await eventually('both children have ended', () => pids.every(isGone), LONGEST_LIFE_AFTER_PARENT_MS);
}, 15_000);

it('grandchildren of a parent that is killed with -9 end too', async () => {
  const parent = parentOf([
    `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(MORTAL)}], { stdio: 'inherit' });`,
  ]);
  const [grandchild = 0] = await readPids(parent, 1);
  parent.kill('SIGKILL');
  await eventually('the grandchild has ended', () => isGone(grandchild), LONGEST_LIFE_AFTER_PARENT_MS);
}, 15_000);

it('a child that ends on SIGTERM is stopped in order', async () => {
  const child = startChild(process.execPath, ['-e', MORTAL], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  expect(await stopChild(child)).toBe(true);
  expect(child.signalCode).toBe('SIGTERM');
});

it('what a child has started and leaves behind when it is stopped ends with it', async () => {
  const child = startChild(
    process.execPath,
    [
      '-e',
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(MORTAL)}], { stdio: 'inherit' });`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [grandchild = 0] = await readPids(child, 1);
  expect(await stopChild(child)).toBe(true);
  await eventually('the grandchild has ended', () => isGone(grandchild), LONGEST_LIFE_AFTER_PARENT_MS);
});

it('a child that does not listen to SIGTERM is ended by force', async () => {
  const child = startChild(process.execPath, ['-e', DEAF], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  expect(await stopChild(child, 200)).toBe(false);
  expect(child.signalCode).toBe('SIGKILL');
});

it('a command that does not exist answers 127 and why', async () => {
  const { code, output } = await runChild('no-such-command', []);
  expect(code).toBe(127);
  expect(output).toContain('ENOENT');
});
