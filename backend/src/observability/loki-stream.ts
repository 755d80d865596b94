import { join } from 'node:path';
import { pino } from 'pino';

/** What the worker thread is told. */
export interface LokiTarget {
  /** Where batches are pushed to, without credentials. */
  address: string;
  username: string;
  password: string;
  labels: { service: string; process: string };
}

const PUSH_PATH = '/loki/api/v1/push';
// Level and time come first in every line of ours (logger.ts).
const LINE_HEAD = /^\{"level":"(\w+)","time":"([^"]+)"/;
const NANOSECONDS_OF_A_MILLISECOND = '000000';
// The thread gives up the last batch earlier by itself.
const FORCED_END_MS = 1_200;

/** Takes an address with or without Loki's own path, and with its credentials in it. */
export function readLokiTarget(url: string, process: string): LokiTarget {
  const { origin, pathname, username, password } = new URL(url);
  const base = pathname.replace(/\/+$/, '');
  return {
    address: `${origin}${base.endsWith(PUSH_PATH) ? base : base + PUSH_PATH}`,
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    labels: { service: 'jwt-pizza', process },
  };
}

/** The line as it is, with what pino-loki needs beside it: it knows neither our times nor our levels. */
export function putInEnvelope(line: string): string {
  const [, level = 'INFO', time = ''] = LINE_HEAD.exec(line) ?? [];
  const ms = Date.parse(time) || Date.now();
  return `${JSON.stringify({
    time: `${ms}${NANOSECONDS_OF_A_MILLISECOND}`,
    level: level.toLowerCase(),
    line: line.trimEnd(),
  })}\n`;
}

/** Hands lines to the thread that pushes them. Whatever becomes of it, writing neither waits nor throws. */
export function openLokiStream(target: LokiTarget, onRefused: (cause: string) => void) {
  const thread = pino.transport({
    target: join(import.meta.dirname, 'loki-transport.ts'),
    options: target,
    // Nothing that is loaded before the service belongs in its threads.
    worker: { execArgv: [] },
  });
  let isRunning = true;
  const closed = new Promise<void>((resolve) => {
    thread.once('close', () => {
      isRunning = false;
      resolve();
    });
  });
  thread.on('refused', onRefused);
  thread.on('error', (error: Error) => {
    isRunning = false;
    onRefused(error.name);
  });
  return {
    write(line: string): void {
      if (isRunning) thread.write(putInEnvelope(line));
    },
    async end(): Promise<void> {
      if (!isRunning) return;
      // A refusal of the last lines is told as well, and must not be written to what has ended.
      isRunning = false;
      thread.end();
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, FORCED_END_MS))]);
    },
  };
}
