import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createReportClient, type ReportClient } from './fault-report.client.ts';

const SECRET_PATH = '/api/support/our-secret-key/report/our-secret-code';
const closers: (() => void)[] = [];
let client: ReportClient;

beforeEach(() => {
  client = createReportClient();
});
afterEach(async () => {
  await client.close();
  for (const close of closers.splice(0)) close();
});

async function listen(server: Server & { closeAllConnections(): void }): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** A factory of one answer, with the paths it was asked for. */
async function startFactory(answer: RequestListener) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  const origin = `http://127.0.0.1:${await listen(server)}`;
  return { calls, url: `${origin}${SECRET_PATH}` };
}

it('a report that is answered 2xx is done, in one call', async () => {
  const factory = await startFactory((_, response) => response.end('{"message":"Problem resolved."}'));
  const reply = await client.call(factory.url);
  expect(reply).toEqual({ kind: 'answered', status: 200, isOk: true, totalMs: expect.any(Number) });
  expect(factory.calls).toEqual([`GET ${SECRET_PATH}`]);
});

it.each([400, 404, 429, 500])('a report that is answered %i failed', async (status) => {
  const factory = await startFactory((_, response) => response.writeHead(status).end());
  expect(await client.call(factory.url)).toMatchObject({ kind: 'answered', status, isOk: false });
});

it.each([301, 302, 303, 307, 308])(
  'a redirect (%i) is a failed report, and where it points is never asked',
  async (status) => {
    const elsewhere = await startFactory((_, response) => response.end('{}'));
    const factory = await startFactory((_, response) =>
      response.writeHead(status, { location: elsewhere.url }).end(),
    );
    expect(await client.call(factory.url)).toMatchObject({ kind: 'answered', status, isOk: false });
    expect(factory.calls).toHaveLength(1);
    expect(elsewhere.calls).toEqual([]);
  },
);

it('an answer over 64 KiB is a failed report, and the rest of it is not waited for', async () => {
  const hangUp = Promise.withResolvers<void>();
  const factory = await startFactory((_, response) => {
    response.on('close', hangUp.resolve);
    const pour = (): void => {
      for (let chunk = 0; chunk < 64 && response.write('x'.repeat(16 * 1024)); chunk += 1);
    };
    response.on('drain', pour);
    pour();
  });
  expect(await client.call(factory.url)).toMatchObject({ kind: 'answered', status: 200, isOk: false });
  await hangUp.promise;
});

it('an answer of just 64 KiB is read', async () => {
  const factory = await startFactory((_, response) => response.end('x'.repeat(64 * 1024)));
  expect(await client.call(factory.url)).toMatchObject({ kind: 'answered', isOk: true });
});

it('a factory that is silent, or never stops talking, is given 5 s in all', async () => {
  const silent = await startFactory(() => undefined);
  const trickling = await startFactory((_, response) => {
    const drip = setInterval(() => response.write(' '), 200);
    response.on('close', () => clearInterval(drip));
  });
  // A slow machine makes both clocks of this process late, but the one of 5 s still runs out before the one of 10.
  let isTwiceOver = false;
  const twice = setTimeout(() => {
    isTwiceOver = true;
  }, 10_000);
  const replies = await Promise.all([client.call(silent.url), client.call(trickling.url)]);
  clearTimeout(twice);
  expect(isTwiceOver).toBe(false);
  for (const reply of replies) {
    expect(reply).toMatchObject({ kind: 'timeout', cause: 'no answer in time' });
    expect(reply.totalMs).toBeGreaterThanOrEqual(4_900);
  }
});

it('a factory that is not there is unreachable, and the cause tells neither key nor code', async () => {
  const causes = await Promise.all([
    client.call(`http://127.0.0.1:1${SECRET_PATH}`),
    client.call(`http://no-such-host.invalid${SECRET_PATH}`),
    client.call(`no url at all ${SECRET_PATH}`),
  ]);
  for (const reply of causes) {
    expect(reply).toMatchObject({ kind: 'unreachable', cause: expect.stringMatching(/^[A-Z_]+$/) });
    expect(JSON.stringify(reply)).not.toContain('secret');
  }
  expect(causes[0]).toMatchObject({ cause: 'ECONNREFUSED' });
});

it('a factory that hangs up is unreachable', async () => {
  const factory = await startFactory((request) => request.socket.destroy());
  expect(await client.call(factory.url)).toMatchObject({ kind: 'unreachable' });
});

it('S36: a certificate nobody vouches for ends the call before our key is sent', async () => {
  const folder = join(import.meta.dirname, '../../../../test/support/self-signed');
  const requests: string[] = [];
  const impostor = createTlsServer(
    {
      key: readFileSync(join(folder, 'key.pem')),
      cert: readFileSync(join(folder, 'certificate.pem')),
    },
    (request, response) => {
      requests.push(request.url ?? '');
      response.end('{}');
    },
  );
  const port = await listen(impostor);
  expect(await client.call(`https://localhost:${port}${SECRET_PATH}`)).toMatchObject({ kind: 'unreachable' });
  expect(requests).toEqual([]);
});

it('closing ends a pending report at once, and none starts after it', async () => {
  const asked = Promise.withResolvers<void>();
  const factory = await startFactory(() => asked.resolve());
  const pending = client.call(factory.url);
  await asked.promise;
  await client.close();
  // Not by its 5 s, which would be a timeout.
  expect((await pending).kind).toBe('unreachable');
  expect((await client.call(factory.url)).kind).toBe('unreachable');
  expect(factory.calls).toHaveLength(1);
});
