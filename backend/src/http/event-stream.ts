import { once } from 'node:events';
import type { Response } from 'express';
import type { Gauge } from 'prom-client';
import { z } from 'zod';
import { EVENT_STREAM, type EventSequence } from '#contract/endpoint.ts';
import { Refusal, unavailable } from '../errors.ts';
import { contextOf } from './request-context.ts';

export interface EventStreamLimits {
  openPerOwner: number;
  openPerProcess: number;
  heartbeatMs: number;
  longestMs: number;
}

const LIMITS: EventStreamLimits = {
  // Somebody with this many pages open can wait for one more.
  openPerOwner: 10,
  // Each holds one of the server's 10,000 sockets for as long as somebody looks on.
  openPerProcess: 2_000,
  // Proxies give a silent connection up after 30 to 60 s.
  heartbeatMs: 15_000,
  // Clients find their way to nodes that were started since, and no stream is kept for ever.
  longestMs: 10 * 60_000,
};
const RETRY_AFTER_SECONDS = 30;
// A client comes back after this long, drawn by lot, so that those of a stopped node do not all come at once.
const RETRY_MS = { least: 1_000, span: 2_000 };
const HEARTBEAT = ':\n\n';

// A line break in a name or an id would begin a field that nobody wrote.
const lineSchema = z.string().regex(/^[^\r\n\0]*$/);
const frameSchema = z.object({ event: lineSchema, id: lineSchema.optional(), data: z.unknown() });

/** One event as it goes over the wire. JSON has no line breaks of its own, so it is one line of data. */
function frameOf(event: unknown): string {
  const { event: name, id, data } = frameSchema.parse(event);
  return `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}

interface StreamOptions {
  response: Response;
  /** Who is counted for it. */
  owner: string;
  events: EventSequence<unknown>;
  /** Lets the declared fields of an event through, and throws for what is not declared as an event. */
  check: (event: unknown) => unknown;
  /** Asked again with every heartbeat, because a stream outlives the moment it was allowed in. */
  isStillAllowed: () => Promise<boolean>;
}

interface EventStreamDeps {
  openStreams: Gauge;
  random: () => number;
  limits: Partial<EventStreamLimits> | undefined;
}

/** Sends declared events for as long as somebody listens, and knows every stream that is open in this process. */
export function createEventStreams({ openStreams, random, limits: given }: EventStreamDeps) {
  const limits = { ...LIMITS, ...given };
  const open = new Map<AbortController, string>();
  let isEnding = false;

  function assertMayOpen(owner: string): void {
    if (isEnding || open.size >= limits.openPerProcess) {
      throw unavailable('no more streams can be opened right now, try again soon', RETRY_AFTER_SECONDS);
    }
    const ofOwner = [...open.values()].filter((other) => other === owner);
    if (ofOwner.length < limits.openPerOwner) return;
    throw new Refusal('too_many_requests', {
      message: `at most ${limits.openPerOwner} streams may be open at once`,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }

  function begin(response: Response): void {
    response.status(200);
    // Set as it is: Express would add a charset, and this type has only one.
    response.setHeader('Content-Type', EVENT_STREAM);
    // Whatever packs or collects answers on their way would keep the events back.
    response.setHeader('Cache-Control', 'no-store, no-transform');
    response.setHeader('X-Accel-Buffering', 'no');
    response.flushHeaders();
    contextOf(response).streamBeganAt = performance.now();
  }

  function beat({ response, isStillAllowed }: StreamOptions, stop: AbortController): void {
    // Nothing of what was sent before was taken: whoever does not read for so long is not there.
    if (response.writableNeedDrain) response.destroy();
    else response.write(HEARTBEAT);
    isStillAllowed().then(
      (isAllowed) => isAllowed || stop.abort(),
      // A database that is away has ended nobody's session; the next look tells.
      () => undefined,
    );
  }

  async function sendEvents({ response, events, check }: StreamOptions, signal: AbortSignal): Promise<void> {
    response.write(`retry: ${Math.round(RETRY_MS.least + random() * RETRY_MS.span)}\n\n`);
    try {
      for await (const event of events(signal)) {
        if (!response.write(frameOf(check(event)))) await once(response, 'drain', { signal });
      }
    } catch (error) {
      // However what waited was interrupted: that was the end it was told.
      if (!signal.aborted) throw error;
    }
  }

  return {
    /**
     * Sends events until they, the client, the session or the stream's longest life end. Throws `too_many_requests`
     * and `unavailable` before it begins.
     */
    async send(options: StreamOptions): Promise<void> {
      const { response, owner } = options;
      assertMayOpen(owner);
      const stop = new AbortController();
      const end = (): void => stop.abort();
      open.set(stop, owner);
      openStreams.inc();
      response.once('close', end);
      // It may have gone while its question was thought about, and is not told of twice.
      if (response.closed) end();
      const heartbeat = setInterval(() => beat(options, stop), limits.heartbeatMs);
      const longestLife = setTimeout(end, limits.longestMs);
      try {
        begin(response);
        if (response.req.method !== 'HEAD') await sendEvents(options, stop.signal);
        response.end();
      } finally {
        clearInterval(heartbeat);
        clearTimeout(longestLife);
        // Also after an error: whatever the events still listen to is let go.
        end();
        response.off('close', end);
        open.delete(stop);
        openStreams.dec();
      }
    },

    /** For shutdown: ends every stream, and opens no other. Their clients come back to another node. */
    end(): void {
      isEnding = true;
      for (const stop of open.keys()) stop.abort();
    },
  };
}

export type EventStreams = ReturnType<typeof createEventStreams>;
