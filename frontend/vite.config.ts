import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compileTexts, tellWhereTextsAre } from './compile-texts.ts';
import { shellOfWorker } from './shell-of-worker.ts';

const apiOrigin = process.env.API_ORIGIN ?? 'http://127.0.0.1:3000';

type Pictures = Record<string, { placeholder?: string }>;

/** A dozen placeholder images would weigh more than the home page's own code; a pizza is a disc of its colour until it arrives. */
function leanPictureManifest(): Plugin {
  return {
    name: 'lean-picture-manifest',
    enforce: 'pre',
    transform: {
      filter: { id: /pictures\/pictures\.json$/ },
      handler(code) {
        const pictures = JSON.parse(code) as Pictures;
        for (const [name, picture] of Object.entries(pictures)) {
          if (!name.startsWith('hero')) delete picture.placeholder;
        }
        return { code: JSON.stringify(pictures), map: null };
      },
    },
  };
}

/**
 * The router's components are made by calls and named by assignments, which holds the unused ones (forms, prefetching,
 * server rendering) in the bundle. Marked as what they are, without effect, they fall out of it.
 */
function pureRouterComponents(): Plugin {
  return {
    name: 'pure-router-components',
    apply: 'build',
    transform: {
      filter: { id: /react-router\/dist\/production\/lib\/.*\.js$/ },
      handler(code) {
        const unnamed = code.replace(/^\w+\.displayName = ".*";$/gm, '');
        return {
          code: unnamed.replace(/^(const \w+ = )(React\$1\.\w+\()/gm, '$1/* @__PURE__ */ $2'),
          map: null,
        };
      },
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    leanPictureManifest(),
    pureRouterComponents(),
    compileTexts(),
    tellWhereTextsAre(),
    react(),
    shellOfWorker(),
  ],
  build: {
    target: 'baseline-widely-available',
    // The content security policy allows images from data:, but neither fonts nor styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Libraries change less often than we do; in one file of their own they stay in people's caches. Lingui comes later,
    // with the texts that need it, what moves things and what draws charts with the pages that do.
    rolldownOptions: {
      input: { index: 'index.html', 'service-worker': 'src/service-worker.ts' },
      output: {
        codeSplitting: {
          groups: [{ name: 'libraries', test: /node_modules\/(?!uqr\/|@lingui\/|@dnd-kit\/|uplot\/)/ }],
        },
        // A worker rules over the folder it is served from, and is looked for under one name for ever.
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': apiOrigin, '/health': apiOrigin } },
  preview: { proxy: { '/api': apiOrigin, '/health': apiOrigin } },
});
