import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { makeScratchFolder } from './scratch-folder.ts';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'scratch-test-'));
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

it('a folder whose run was killed is swept away by the next run', () => {
  const killed = makeScratchFolder('e2e', parent);
  writeFileSync(
    join(killed.path, 'owner.json'),
    JSON.stringify({ pid: process.pid, started: 'another time' }),
  );
  const next = makeScratchFolder('e2e', parent);
  expect(existsSync(killed.path)).toBe(false);
  expect(existsSync(next.path)).toBe(true);
});

it('a folder of a run that goes on, or that nobody owns, is left alone', () => {
  const running = makeScratchFolder('e2e', parent);
  const unowned = mkdtempSync(join(parent, 'jwt-pizza-e2e-'));
  makeScratchFolder('e2e', parent);
  expect([running.path, unowned].every((path) => existsSync(path))).toBe(true);
});
