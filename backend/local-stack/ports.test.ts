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

it('a port that is picked is none that a connection of somebody else may take meanwhile', async () => {
  const port = await pickFreePort();
  expect(port).toBeGreaterThanOrEqual(20_000);
  expect(port).toBeLessThan(32_768);
  expect(await isPortFree(port)).toBe(true);
});
