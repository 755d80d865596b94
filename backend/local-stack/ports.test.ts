import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import { isPortFree, pickFreePort } from './ports.ts';

it.each(['127.0.0.1', '0.0.0.0'])(
  'a port that somebody listens on at %s is not free until they stop',
  async (host) => {
    const port = await pickFreePort();
    const server = createServer();
    server.listen(port, host);
    await once(server, 'listening');
    expect(await isPortFree(port)).toBe(false);
    server.close();
    await once(server, 'close');
    expect(await isPortFree(port)).toBe(true);
  },
);
