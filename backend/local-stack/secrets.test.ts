import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readOrMakeSecrets } from './secrets.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'secrets-test-'));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('the secrets of the demo stay the same over restarts, for the eyes of their owner only', () => {
  const first = readOrMakeSecrets(dataDir);
  expect(readOrMakeSecrets(dataDir)).toEqual(first);
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
});

it('the secrets of two demos differ, and so do those of one', () => {
  const secrets = Object.values(readOrMakeSecrets(dataDir));
  const others = Object.values(readOrMakeSecrets(join(dataDir, 'other')));
  expect(new Set([...secrets, ...others]).size).toBe(6);
});
