import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface OtherSite {
  url: string;
  stop(): Promise<void>;
}

const FILES: Record<string, { name: string; type: string }> = {
  '/': { name: 'page.html', type: 'text/html; charset=utf-8' },
  '/walk.js': { name: 'walk.js', type: 'text/javascript; charset=utf-8' },
};

/** A storefront that we did not build: another site (by its host, not by its port alone) that calls our API. */
export async function startOtherSite(): Promise<OtherSite> {
  const server = createServer((request, response) => {
    const file = FILES[request.url ?? ''];
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': file.type });
    response.end(readFileSync(join(import.meta.dirname, 'existing-storefront', file.name)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
