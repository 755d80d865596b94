import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { EVENT_STREAM, type EventSequence, endpoint } from '#contract/endpoint.ts';
import { type OpenedStream, openStream } from '../../test/support/event-stream.ts';
import { eventually } from '../../test/support/eventually.ts';
import { createLogger } from '../observability/logger.ts';
import { createMetrics } from '../observability/metrics.ts';
import { type HttpServer, serve } from '../serve.ts';
import type { SessionUser } from './authenticate.ts';
import { createReadClient } from './client.ts';
import { createApp } from './create-app.ts';
import { route } from './endpoint-router.ts';
import { createEventStreams, type EventStreamLimits } from './event-stream.ts';
import { createSharedAnswers } from './shared-answers.ts';

const SOON_MS = 5_000;
const OFTEN_MS = 20;

const readCounts = endpoint({
  method: 'GET',
  path: '/counts',
  summary: 'Read counts',
  description: 'For these tests.',
  access: { who: 'everyone' },
  answers: {
    200: {
      description: 'Counts',
      schema: z.object({
        event: z.literal('count'),
        id: z.string().optional(),
        data: z.object({ count: z.int() }),
      }),
      mediaType: EVENT_STREAM,
      example: { event: 'count', data: { count: 1 } },
    },
  },
  errors: [],
  example: {},
});

type Counts = EventSequence<{ event: 'count'; id?: string; data: { count: number } }>;

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

/** One event, and then silence for as long as somebody listens. */
async function* oneAndSilence(signal: AbortSignal): ReturnType<Counts> & AsyncGenerator {
  yield { event: 'count', id: '1', data: { count: 1 } };
  await untilAborted(signal);
}

const user = (id: number): SessionUser => ({
  id,
  name: 'A',
  email: 'a@example.com',
  roles: [],
  sessionId: 's',
});

interface Served {
  server: HttpServer;
  streams: OpenedStream[];
}
const started: Served[] = [];

/** A service with the one endpoint; who calls is told by `users`, by the header `x-user`. */
async function startService(
  options: { events?: Counts; limits?: Partial<EventStreamLimits>; random?: () => number } = {},
) {
  const metrics = createMetrics();
  const users = new Map<string, SessionUser>();
  const eventStreams = createEventStreams({
    openStreams: metrics.openStreams,
    random: options.random ?? (() => 0),
    limits: options.limits,
  });
  const lines: string[] = [];
  const app = createApp({
    log: createLogger('info', { write: (line: string) => void lines.push(line) } as never),
    metrics,
    routes: [route(readCounts).handledBy(() => ({ status: 200, events: options.events ?? oneAndSilence }))],
    readClient: createReadClient('device'),
    authenticate: async (request) => users.get(request.get('x-user') ?? ''),
    eventStreams,
    sharedAnswers: createSharedAnswers(0),
    trustProxyHops: 0,
    storefrontFolder: undefined,
    publicUrl: 'http://localhost',
    allowedOrigins: [],
  });
  const server = await serve(app, { port: 0, host: '127.0.0.1' });
  const served: Served = { server, streams: [] };
  started.push(served);
  const address = `http://127.0.0.1:${server.port}/counts`;
  const readMetric = async (name: string): Promise<string | undefined> =>
    (await metrics.registry.metrics()).split('\n').find((line) => line.startsWith(name));
  return {
    address,
    server,
    users,
    eventStreams,
    lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    readMetric,
    hasOpen: (count: number) =>
      eventually(
        `${count} open streams`,
        async () => (await readMetric('http_event_streams_open'))?.endsWith(` ${count}`),
        SOON_MS,
      ),
    async open(headers: Record<string, string> = {}): Promise<OpenedStream> {
      const stream = await openStream(address, headers);
      served.streams.push(stream);
      return stream;
    },
  };
}

afterEach(async () => {
  for (const { server, streams } of started.splice(0)) {
    await Promise.all(streams.map((stream) => stream.leave()));
    await server.close();
  }
});

describe('an event stream', () => {
  it('begins at once, may be kept nowhere and packed by nobody, and says when to come back', async () => {
    const { open } = await startService({ random: () => 0.5 });
    const stream = await open({ 'accept-encoding': 'gzip, br' });
    await stream.firstEvents(1);
    expect(stream.response.status).toBe(200);
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(stream.response.headers.get('content-encoding')).toBeNull();
    expect(stream.text()).toBe('retry: 2000\n\nevent: count\nid: 1\ndata: {"count":1}\n\n');
  });

  it('sends the declared fields of an event and no others', async () => {
    const secretive: Counts = async function* () {
      yield { event: 'count', data: { count: 1, secret: 'x' }, secret: 'x' } as never;
    };
    const stream = await (await startService({ events: secretive })).open();
    expect(await stream.hasEnded()).toBe('cleanly');
    expect(stream.text()).toBe('retry: 1000\n\nevent: count\ndata: {"count":1}\n\n');
  });

  it.each([
    ['is not declared', { event: 'other', data: { count: 1 } }],
    ['has data of another form', { event: 'count', data: { count: 'one' } }],
    [
      'has an id that would begin a field of its own',
      { event: 'count', id: '1\ndata: x', data: { count: 1 } },
    ],
  ])('breaks off, and says so in the log, at an event that %s', async (_circumstance, wrong) => {
    const faulty: Counts = async function* () {
      yield { event: 'count', data: { count: 1 } };
      yield wrong as never;
    };
    const { open, lines, hasOpen } = await startService({ events: faulty });
    const stream = await open();
    expect(await stream.hasEnded()).toBe('broken');
    expect(stream.events()).toEqual([{ event: 'count', data: { count: 1 } }]);
    expect(lines().filter(({ level }) => level === 'ERROR')).toHaveLength(1);
    await hasOpen(0);
  });

  it('in which nothing happens shows again and again that it is alive', async () => {
    const { open } = await startService({ limits: { heartbeatMs: OFTEN_MS } });
    const stream = await open();
    await eventually('three heartbeats', () => stream.text().split('\n:\n').length > 3, SOON_MS);
    expect(stream.events()).toHaveLength(1);
  });

  it('ends cleanly when its longest life is over', async () => {
    const { open, hasOpen } = await startService({ limits: { longestMs: OFTEN_MS } });
    expect(await (await open()).hasEnded()).toBe('cleanly');
    await hasOpen(0);
  });

  it('that is only asked for its head is not opened', async () => {
    let asked = 0;
    const events: Counts = (signal) => {
      asked += 1;
      return oneAndSilence(signal);
    };
    const { address, hasOpen } = await startService({ events });
    const response = await fetch(address, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, EVENT_STREAM]);
    expect(asked).toBe(0);
    await hasOpen(0);
  });

  it('whose client goes away leaves nothing behind', async () => {
    const ended: string[] = [];
    const attentive: Counts = async function* (signal) {
      try {
        yield* oneAndSilence(signal);
      } finally {
        ended.push('the events');
      }
    };
    const { open, hasOpen } = await startService({ events: attentive, limits: { heartbeatMs: OFTEN_MS } });
    const stream = await open();
    await stream.firstEvents(1);
    await hasOpen(1);
    await stream.leave();
    await hasOpen(0);
    expect(ended).toEqual(['the events']);
  });

  it('whose client takes nothing is broken off, and its events are not collected meanwhile', async () => {
    let made = 0;
    const endless: Counts = async function* (signal) {
      while (!signal.aborted) {
        made += 1;
        yield { event: 'count', id: 'x'.repeat(10_000), data: { count: made } };
      }
    };
    const { address, hasOpen } = await startService({ events: endless, limits: { heartbeatMs: 200 } });
    // Its body is never read.
    const response = await fetch(address);
    await hasOpen(0);
    expect(made).toBeLessThan(2_000);
    await response.body?.cancel().catch(() => undefined);
  });

  it('counts in the metrics with the time to its beginning, and in the log as answered', async () => {
    const { open, lines, readMetric, hasOpen } = await startService();
    const stream = await open();
    await stream.firstEvents(1);
    await stream.leave();
    await hasOpen(0);
    const line = await eventually(
      'its log line',
      () => lines().find(({ message }) => message === 'request'),
      SOON_MS,
    );
    expect(line).toMatchObject({ route: '/counts', status: 200 });
    expect(await readMetric('http_request_duration_seconds_count')).toContain('status="200"');
  });
});

describe('who may listen', () => {
  it('is asked again while a stream is open: it ends with the session', async () => {
    const { open, users } = await startService({ limits: { heartbeatMs: OFTEN_MS } });
    users.set('one', user(1)).set('other', user(2));
    const stream = await open({ 'x-user': 'one' });
    const other = await open({ 'x-user': 'other' });
    await stream.firstEvents(1);
    users.delete('one');
    expect(await stream.hasEnded()).toBe('cleanly');
    expect(other.isOpen()).toBe(true);
  });

  it('is judged anew when the roles have changed: the stream ends, and the client comes back', async () => {
    const { open, users } = await startService({ limits: { heartbeatMs: OFTEN_MS } });
    users.set('one', { ...user(1), roles: [{ role: 'admin' }] });
    const stream = await open({ 'x-user': 'one' });
    await stream.firstEvents(1);
    users.set('one', { ...user(1), roles: [{ role: 'diner' }] });
    expect(await stream.hasEnded()).toBe('cleanly');
  });

  it('goes on listening while it cannot be told whether the session is there', async () => {
    const { open, users } = await startService({ limits: { heartbeatMs: OFTEN_MS } });
    users.set('one', user(1));
    const stream = await open({ 'x-user': 'one' });
    await stream.firstEvents(1);
    users.get = () => {
      throw new Error('the database is away');
    };
    const beats = stream.text().split('\n:\n').length;
    await eventually('five more heartbeats', () => stream.text().split('\n:\n').length > beats + 5, SOON_MS);
    expect(stream.isOpen()).toBe(true);
  });

  it('may have so many streams open and no more, until one ends; others have theirs', async () => {
    const { open, users, hasOpen } = await startService({ limits: { openPerOwner: 2 } });
    users.set('one', user(1)).set('other', user(2));
    const [first] = [await open({ 'x-user': 'one' }), await open({ 'x-user': 'one' })];
    const { response } = await open({ 'x-user': 'one' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '30']);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect((await open({ 'x-user': 'other' })).response.status).toBe(200);
    await first?.leave();
    await hasOpen(2);
    expect((await open({ 'x-user': 'one' })).response.status).toBe(200);
  });

  it('is told to come back when the process has all the streams it can keep', async () => {
    const { open, users } = await startService({ limits: { openPerProcess: 1 } });
    users.set('one', user(1)).set('other', user(2));
    await open({ 'x-user': 'one' });
    const { response } = await open({ 'x-user': 'other' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30']);
  });

  it('is let go when the service stops: streams end cleanly, none is opened, and the sockets close at once', async () => {
    const { open, server, eventStreams } = await startService();
    const streams = [await open(), await open()];
    await Promise.all(streams.map((stream) => stream.firstEvents(1)));
    eventStreams.end();
    expect(await Promise.all(streams.map((stream) => stream.hasEnded()))).toEqual(['cleanly', 'cleanly']);
    expect((await open()).response.status).toBe(503);
    // Begins before the 5 s after which sockets are closed by force, so it rings first if they are.
    let isForced = false;
    const force = setTimeout(() => {
      isForced = true;
    }, 5_000);
    await server.close();
    clearTimeout(force);
    expect(isForced).toBe(false);
  });
});
