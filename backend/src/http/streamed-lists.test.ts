import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'express';
import { z } from 'zod';
import { sendLists } from './streamed-lists.ts';

const schema = z.object({ name: z.string(), entries: z.array(z.object({ text: z.string() })) });
const ENTRY = { text: 'x'.repeat(1_000) };
const MORE_THAN_A_CHUNK = 200;

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that sends such a list; answers where, and what its handler threw. */
async function serveList(entries: () => AsyncIterable<unknown>) {
  const faults: unknown[] = [];
  const begin = (response: ServerResponse) => () => void response.writeHead(200);
  server = createServer((_request, response) => {
    const answer = { body: { name: 'all', secret: 'not declared' }, lists: { entries: entries() } };
    sendLists(response as Response, { schema, answer, begin: begin(response) }).catch((error: unknown) => {
      faults.push(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(503).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, faults };
}

describe('an answer with a list of any length', () => {
  it.each([0, 1, MORE_THAN_A_CHUNK])('of %i entries is JSON of what is declared', async (count) => {
    const { origin } = await serveList(async function* () {
      for (let index = 0; index < count; index += 1) yield { ...ENTRY, secret: 'not declared' };
    });
    const body = await (await fetch(origin)).json();
    expect(body).toEqual({ name: 'all', entries: Array.from({ length: count }, () => ENTRY) });
  });

  it('that breaks before anything was sent is an ordinary error', async () => {
    const { origin } = await serveList(async function* () {
      yield ENTRY;
      throw new Error('the database is away');
    });
    expect((await fetch(origin)).status).toBe(503);
  });

  it('that breaks in the middle breaks the connection, so that no part passes for the whole', async () => {
    const { origin, faults } = await serveList(async function* () {
      for (let index = 0; index < MORE_THAN_A_CHUNK; index += 1) yield ENTRY;
      throw new Error('the database is away');
    });
    const answer = await fetch(origin);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    expect(String(faults)).toContain('the database is away');
  });

  it('is read no further once its client has gone, which is nobody’s fault', async () => {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { origin, faults } = await serveList(async function* () {
      try {
        for (;;) yield ENTRY;
      } finally {
        end();
      }
    });
    const leaving = new AbortController();
    const answer = await fetch(origin, { signal: leaving.signal });
    await answer.body?.getReader().read();
    leaving.abort();
    await ended;
    expect(faults).toEqual([]);
  });
});
