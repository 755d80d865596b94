import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { loadSigningKey } from './signing-key.ts';

let home: string;
let folder: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'signing-key-'));
  folder = path.join(home, 'data', 'factory-simulator');
});
afterEach(() => rm(home, { recursive: true }));

it('first starts at one instant agree on one key and leave nothing but its file', async () => {
  const keys = await Promise.all([loadSigningKey(folder), loadSigningKey(folder), loadSigningKey(folder)]);
  for (const key of keys) expect(key.equals(keys[0] ?? key)).toBe(true);
  expect(await readdir(folder)).toEqual(['signing-key.pem']);
});

it('the folder of the key is for its owner only, the one above is as others expect it', async () => {
  await loadSigningKey(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(path.dirname(folder))).mode & 0o777).toBe(0o777 & ~process.umask());
});

it('a key file that others could read is closed to them', async () => {
  const key = await loadSigningKey(folder);
  const file = path.join(folder, 'signing-key.pem');
  await chmod(file, 0o644);
  expect((await loadSigningKey(folder)).equals(key)).toBe(true);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it.each([
  ['text', 'no key at all'],
  ['an empty file', ''],
  ['a key that is no RSA key', pemOf(generateKeyPairSync('ed25519').privateKey)],
  ['a key that is too short', pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)],
])('%s instead of the key stops the start with words that say what to do', async (_case, content) => {
  await loadSigningKey(folder);
  await writeFile(path.join(folder, 'signing-key.pem'), content);
  await expect(loadSigningKey(folder)).rejects.toThrow(/signing-key\.pem holds no RSA key.*delete it/);
});

function pemOf(key: ReturnType<typeof generateKeyPairSync>['privateKey']): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
