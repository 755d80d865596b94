import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { identityOf, isRunning, takeLock } from './process-lock.mjs';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-test-'));
  lock = join(folder, 'a.lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a lock that is held names its holder to whoever asks next', () => {
  takeLock(lock);
  expect(takeLock(lock)).toMatchObject({ taken: false, holders: [{ pid: process.pid }] });
});

it('a lock that was released can be taken again', () => {
  const first = takeLock(lock);
  if (first.taken) first.release();
  expect(existsSync(lock)).toBe(false);
  expect(takeLock(lock).taken).toBe(true);
});

it('a lock whose holder was killed is taken over', async () => {
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(holder, 'spawn');
  writeFileSync(lock, JSON.stringify([identityOf(holder.pid ?? 0)]));
  expect(takeLock(lock).taken).toBe(false);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(takeLock(lock).taken).toBe(true);
});

it('a lock stays held while the helper of a dead holder runs', () => {
  writeFileSync(
    lock,
    JSON.stringify([{ pid: process.pid, started: 'another time' }, identityOf(process.pid)]),
  );
  expect(takeLock(lock)).toMatchObject({ taken: false, holders: [{ pid: process.pid }] });
});

it('a process that got the pid of an earlier one is not taken for it', () => {
  expect(isRunning({ pid: process.pid, started: 'another time' })).toBe(false);
});

it('an unreadable lock is stale', () => {
  writeFileSync(lock, '{"half');
  expect(takeLock(lock).taken).toBe(true);
});
