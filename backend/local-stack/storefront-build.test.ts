import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { projectRoot } from './project-root.ts';
import { buildStorefrontIfStale, isStorefrontFresh } from './storefront-build.ts';

let root: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'storefront-test-'));
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  write('package-lock.json', '{}');
  write('backend/contract/pizza.ts', 'export const price = 1;');
  write('frontend/index.html', '<title>one</title><script type="module" src="/src/main.ts"></script>');
  write('frontend/src/main.ts', 'document.title = "two";');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

it('a storefront is built once, and again only after a source of it has changed', async () => {
  expect(await buildStorefrontIfStale({ root })).toBe(true);
  expect(readFileSync(join(root, 'frontend/dist/index.html'), 'utf8')).toContain('<title>one</title>');
  expect(await buildStorefrontIfStale({ root })).toBe(false);
  write('frontend/index.html', '<title>three</title>');
  expect(await buildStorefrontIfStale({ root })).toBe(true);
  expect(readFileSync(join(root, 'frontend/dist/index.html'), 'utf8')).toContain('<title>three</title>');
}, 30_000);

it.each(['frontend/src/main.ts', 'frontend/src/new.ts', 'backend/contract/pizza.ts', 'package-lock.json'])(
  'a change of %s makes the storefront stale',
  async (path) => {
    await buildStorefrontIfStale({ root });
    write(path, 'export const price = 2;');
    expect(isStorefrontFresh(root)).toBe(false);
  },
  30_000,
);

it('a change of a test leaves the storefront fresh', async () => {
  await buildStorefrontIfStale({ root });
  write('frontend/src/main.test.ts', '');
  write('frontend/e2e/order.spec.ts', '');
  expect(isStorefrontFresh(root)).toBe(true);
}, 30_000);

it('two who want a stale storefront at the same time get one build', async () => {
  const built = await Promise.all([buildStorefrontIfStale({ root }), buildStorefrontIfStale({ root })]);
  expect(built.filter(Boolean)).toHaveLength(1);
  expect(readdirSync(join(root, 'frontend/.cache'))).toEqual([]);
}, 30_000);

it('a build that fails says why and leaves the storefront that was there', async () => {
  await buildStorefrontIfStale({ root });
  write('frontend/src/main.ts', 'this is no program');
  await expect(buildStorefrontIfStale({ root })).rejects.toThrow(/main\.ts/);
  expect(readFileSync(join(root, 'frontend/dist/index.html'), 'utf8')).toContain('<title>one</title>');
}, 30_000);
