import { subscribe } from 'node:diagnostics_channel';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { parentPort } from 'node:worker_threads';
import pinoLoki from 'pino-loki';
import type { LokiTarget } from './loki-stream.ts';

const BATCH_SECONDS = 1;
// About 5 MB of lines: what a Loki that hangs may cost us is bounded.
const MOST_LINES_OF_A_BATCH = 10_000;
const PUSH_TIMEOUT_MS = 5_000;
// What the end of the process waits for its last lines.
const LAST_PUSH_MS = 900;

/** Tells the main thread that Loki did not take a batch. Nothing else in this thread makes requests. */
function reportRefusals(): void {
  const report = (cause: string): void =>
    parentPort?.postMessage({ code: 'EVENT', name: 'refused', args: [cause] });
  subscribe('undici:request:headers', (message) => {
    const { statusCode } = (message as { response: { statusCode: number } }).response;
    if (statusCode >= 300) report(`status ${statusCode}`);
  });
  subscribe('undici:request:error', (message) => {
    const { error } = message as { error: { code?: unknown; name?: unknown } };
    // The message of an error may quote the address.
    report(String(typeof error.code === 'string' ? error.code : error.name));
  });
}

/** Runs in a worker thread: takes envelopes, a line each, and pushes what they hold. */
// biome-ignore lint/style/noDefaultExport: pino calls the default export of a transport.
export default function createLokiTransport({ address, username, password, labels }: LokiTarget): Writable {
  reportRefusals();
  const { origin, pathname } = new URL(address);
  const loki = pinoLoki({
    host: origin,
    endpoint: pathname,
    ...(username !== '' && { basicAuth: { username, password } }),
    labels,
    propsToLabels: ['level'],
    logFormat: ({ line }) => line as string,
    structuredMetaKey: false,
    batching: { interval: BATCH_SECONDS, maxBufferSize: MOST_LINES_OF_A_BATCH },
    timeout: PUSH_TIMEOUT_MS,
    silenceErrors: true, // it would print each of them
  });
  return new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      if (loki.write(chunk)) done();
      else loki.once('drain', done);
    },
    final: (done) => {
      const isPushed = finished(loki).catch(() => undefined);
      const isLate = new Promise((resolve) => setTimeout(resolve, LAST_PUSH_MS));
      Promise.race([isPushed, isLate]).then(() => done(), done);
      loki.end();
    },
  });
}
