import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTimeOf } from '../backend/local-stack/process-lock.mjs';
import { eventually } from '../backend/test/support/eventually.ts';
import { firstDifference, type LockedPackages } from './with-node.mjs';

const PROBE = `
  const [request] = process.argv.slice(2);
  if (request !== undefined && request !== 'wait') process.exit(Number(request));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(42));
  console.log(process.pid);
  setInterval(() => {}, 1000);
`;

let folder: string;
let probe: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'with-node-test-'));
  probe = join(folder, 'probe.ts');
  writeFileSync(probe, PROBE);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function open(...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, 'with-node.mjs'), probe, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function readPid(door: ChildProcess): Promise<number> {
  if (!door.stdout) throw new Error('the door has no output');
  for await (const line of createInterface({ input: door.stdout })) return Number(line);
  throw new Error('the script has said nothing');
}

const wanted: LockedPackages = {
  '': { version: '1.0.0' },
  'node_modules/served': { version: '1.0.0' },
  'node_modules/tool': { version: '2.0.0', dev: true },
  'node_modules/for-another-machine': { version: '3.0.0', optional: true },
};
const complete: LockedPackages = {
  'node_modules/served': { version: '1.0.0' },
  'node_modules/tool': { version: '2.0.0' },
};

it('packages that stand as the lock names them need no installation', () => {
  expect(firstDifference({ wanted, present: complete, isDevelopmentNeeded: true })).toBeUndefined();
});

it('a package of another version than the lock names is a difference', () => {
  const present = { ...complete, 'node_modules/served': { version: '0.9.0' } };
  expect(firstDifference({ wanted, present, isDevelopmentNeeded: true })).toBe('node_modules/served');
});

it('a missing tool is a difference for a developer and none where the system serves', () => {
  const present = { 'node_modules/served': { version: '1.0.0' } };
  expect(firstDifference({ wanted, present, isDevelopmentNeeded: true })).toBe('node_modules/tool');
  expect(firstDifference({ wanted, present, isDevelopmentNeeded: false })).toBeUndefined();
});

it('the exit code of the script is the exit code of the door', async () => {
  const [code] = await once(open('7'), 'exit');
  expect(code).toBe(7);
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s reaches the script, whose answer is passed on',
  async (signal) => {
    const door = open('wait');
    await readPid(door);
    door.kill(signal);
    const [code] = await once(door, 'exit');
    expect(code).toBe(42);
  },
);

it('a script ends when its door is killed with -9', async () => {
  const door = open('wait');
  const pid = await readPid(door);
  door.kill('SIGKILL');
  await eventually('the script has ended', () => startTimeOf(pid) === undefined, 5_000);
});
