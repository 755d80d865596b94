import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const WORKER = 'service-worker.js';
// Pictures are kept as they are seen; maps and the like are nobody's need without a network.
const KEPT_ASSETS = /^assets\/.*\.(js|css|woff2)$/;
const publicFolder = join(import.meta.dirname, 'public');
const KEPT_ROOT_FILES = /\.(js|svg|webmanifest)$/;

/**
 * Tells the service worker what to keep: every part of the storefront, so that no page is missing without a network
 * and none after a new version. With STOREFRONT_WORKER=off it keeps nothing, and the worker removes itself and its
 * caches from the browsers that have an older one.
 */
export function shellOfWorker(): Plugin {
  return {
    name: 'shell-of-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle[WORKER];
      if (worker?.type !== 'chunk') return;
      const isOff = process.env.STOREFRONT_WORKER === 'off';
      const assets = Object.keys(bundle).filter((name) => KEPT_ASSETS.test(name));
      const rootFiles = readdirSync(publicFolder).filter((name) => KEPT_ROOT_FILES.test(name));
      const files = isOff ? [] : [...assets, ...rootFiles].sort().map((name) => `/${name}`);
      const page = bundle['index.html'];
      const version = createHash('sha256')
        .update(JSON.stringify([files, page?.type === 'asset' ? String(page.source) : '']))
        .digest('hex')
        .slice(0, 12);
      worker.code = `self.SHELL=${JSON.stringify({ files, version })};${worker.code}`;
    },
  };
}
