import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runChild } from './child-processes.ts';
import type { OnProgress } from './debian-packages.ts';
import { takeLock } from './process-lock.mjs';
import { projectRoot } from './project-root.ts';

const STAMP = '.built-from';
const LOOK_EVERY_MS = 50;
const NOT_SOURCES = new Set(['dist', 'node_modules', '.cache', 'e2e']);

export type StorefrontBuild = { root?: string; onProgress?: OnProgress };

function sourcesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_SOURCES.has(name) && !name.includes('.test.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sourcesIn(path) : [path];
    });
}

/** What the storefront is built from, as one hash of every path and content. */
export function fingerprintOfSources(root: string): string {
  const hash = createHash('sha256');
  const folders = [join(root, 'frontend'), join(root, 'backend/contract')].flatMap(sourcesIn);
  for (const path of [...folders, join(root, 'package-lock.json')]) {
    if (!existsSync(path)) continue;
    const content = readFileSync(path);
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

export function isStorefrontFresh(root: string): boolean {
  const stamp = join(root, 'frontend/dist', STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprintOfSources(root);
}

async function build(root: string, cache: string): Promise<void> {
  // Taken before the build: a source that changes while it runs makes the result stale, not wrongly fresh.
  const fingerprint = fingerprintOfSources(root);
  const frontend = join(root, 'frontend');
  const draft = join(cache, 'build');
  const retired = join(cache, 'retired');
  for (const folder of [draft, retired]) rmSync(folder, { recursive: true, force: true });
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { code, output } = await runChild(
    process.execPath,
    [vite, 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: frontend,
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    },
  );
  if (code !== 0) throw new Error(`the storefront could not be built:\n${output.trim()}`);
  writeFileSync(join(draft, STAMP), fingerprint);
  const served = join(frontend, 'dist');
  if (existsSync(served)) renameSync(served, retired);
  renameSync(draft, served);
  rmSync(retired, { recursive: true, force: true });
}

/** Builds the storefront when a source has changed since the last time; says whether it did. Throws with the builder's own words. */
export async function buildStorefrontIfStale({
  root = projectRoot,
  onProgress,
}: StorefrontBuild = {}): Promise<boolean> {
  if (isStorefrontFresh(root)) return false;
  const cache = join(root, 'frontend/.cache');
  mkdirSync(cache, { recursive: true });
  for (;;) {
    const lock = takeLock(join(cache, 'build.lock'));
    if (!lock.taken) {
      await wait(LOOK_EVERY_MS);
      continue;
    }
    try {
      // Whoever waited may find that the other one has built what was wanted.
      if (isStorefrontFresh(root)) return false;
      onProgress?.('building the storefront ...');
      await build(root, cache);
      return true;
    } finally {
      lock.release();
    }
  }
}
