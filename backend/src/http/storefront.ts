import { join } from 'node:path';
import compression from 'compression';
import express, { type RequestHandler, Router } from 'express';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

// A missing file must not be answered with the page: a browser would try to run HTML as a script.
const FILE_PATHS = /^\/(assets|pictures|fonts)\/|\.[a-z0-9]{2,11}$/i;
const API_PATHS = /^\/(api|health|metrics)(\/|$)/;
// A browser is shown a page there, a client JSON.
const DOCS_ADDRESS = /^\/api\/docs\/?$/;
const REFERENCE_PAGE = '/docs/service';

function wantsPage(request: express.Request): boolean {
  // A client that names no type (`*/*`) is an API client and gets JSON.
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    /\btext\/html\b/.test(request.get('accept') ?? '')
  );
}

/** Serves the built storefront: hashed assets for ever, pictures for a day, and its one page for every address of its own. */
export function serveStorefront(folder: string): RequestHandler {
  const router = Router();
  // No address of the API is a file, so the file system need not be asked.
  router.use((request, _response, next) =>
    API_PATHS.test(request.path) && !DOCS_ADDRESS.test(request.path) ? next('router') : next(),
  );
  // Only for files, which hold no secrets: an answer packed beside what a client sent can leak one (BREACH).
  const pack = compression();
  router.use(
    '/assets',
    pack,
    express.static(join(folder, 'assets'), { index: false, immutable: true, maxAge: YEAR_MS }),
  );
  router.use(
    '/pictures',
    express.static(join(folder, 'pictures'), {
      index: false,
      maxAge: DAY_MS,
      // The menu names them to the pages of other sites, too.
      setHeaders: (response) => response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin'),
    }),
  );
  // The worker and the manifest above all: an old one that is kept would keep the whole storefront old.
  router.use(
    express.static(folder, {
      index: false,
      cacheControl: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  router.get(DOCS_ADDRESS, (request, response, next) => {
    if (wantsPage(request)) response.redirect(REFERENCE_PAGE);
    else next();
  });
  router.use((request, response, next) => {
    if (!wantsPage(request) || FILE_PATHS.test(request.path) || API_PATHS.test(request.path)) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    pack(request, response, () => {
      response.sendFile('index.html', { root: folder }, (error) => {
        if (error && !response.headersSent) next(error);
      });
    });
  });
  return router;
}
