import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';

/** Hands the keys of a factory on, or does not: a factory may be well while nobody can be told its keys. */
export interface KeysGate {
  url: string;
  open(): void;
  close(): void;
  stop(): Promise<void>;
}

export async function startKeysGate(factoryOrigin: string): Promise<KeysGate> {
  let isOpen = true;
  const server = createServer(async (_request, response) => {
    if (!isOpen) {
      response.writeHead(503).end();
      return;
    }
    try {
      const { body } = await request(`${factoryOrigin}/.well-known/jwks.json`);
      response.writeHead(200, { 'content-type': 'application/json' }).end(await body.text());
    } catch {
      response.writeHead(502).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`,
    open: () => {
      isOpen = true;
    },
    close: () => {
      isOpen = false;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
