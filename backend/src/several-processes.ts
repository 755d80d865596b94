import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import { AggregatorRegistry, type Registry } from 'prom-client';
import type { Logger } from './observability/logger.ts';

// A process that ends as soon as it has begun must not be started without a breath in between.
const AGAIN_MS = 1_000;
/** Tells a process which of them it is, from 1. */
const NUMBER = 'JWT_PIZZA_PROCESS';

interface MetricsRequest {
  type: 'metrics-wanted';
  id: number;
}
interface MetricsAnswer {
  type: 'metrics';
  id: number;
  text?: string;
}

function isMessage<M extends { type: string }>(message: unknown, type: M['type']): message is M {
  return typeof message === 'object' && message !== null && (message as { type?: unknown }).type === type;
}

/** Which process this is of several that serve one port together; undefined when it serves alone. */
export function processNumber(environment: NodeJS.ProcessEnv): number | undefined {
  return cluster.isWorker ? Number(environment[NUMBER]) : undefined;
}

/**
 * Lets one of several processes tell the metrics of all, because Prometheus asks the port and any of them may answer.
 * Each one's series bear its number: one that is started again is a counter that begins anew, not a sum that falls.
 * Answers how they are read.
 */
export function shareMetrics(registry: Registry, number: number): () => Promise<string> {
  const unanswered = new Map<number, (answer: MetricsAnswer) => void>();
  let lastId = 0;
  registry.setDefaultLabels({ process: String(number) });
  AggregatorRegistry.setRegistries(registry);
  // Made for what it listens to: the first process, when it asks each for its metrics.
  new AggregatorRegistry();
  process.on('message', (message: unknown) => {
    if (!isMessage<MetricsAnswer>(message, 'metrics')) return;
    unanswered.get(message.id)?.(message);
    unanswered.delete(message.id);
  });
  return () =>
    new Promise((resolve, reject) => {
      lastId += 1;
      unanswered.set(lastId, ({ text }) => {
        if (text === undefined) reject(new Error('a process does not tell its metrics'));
        else resolve(text);
      });
      process.send?.({ type: 'metrics-wanted', id: lastId } satisfies MetricsRequest);
    });
}

export interface SeveralProcesses {
  /** Ends all in order, by this signal; answers 0, or the exit code of one that did not end well. */
  stop(signal: 'SIGTERM' | 'SIGINT'): Promise<number>;
}

/**
 * Starts so many processes of this program on one port, and another one in the place of any that ends. The first is
 * ready before the others begin, because it brings the schema up to date; when it cannot start, its exit code is the
 * answer.
 */
export async function startProcesses(options: {
  count: number;
  log: Logger;
}): Promise<SeveralProcesses | number> {
  const { count, log } = options;
  const registry = new AggregatorRegistry();
  const running = new Map<number, Worker>();
  let isStopping = false;

  function answer(worker: Worker, { id }: MetricsRequest): void {
    const send = (rest: { text?: string }): void => {
      if (worker.isConnected()) worker.send({ type: 'metrics', id, ...rest } satisfies MetricsAnswer);
    };
    registry.clusterMetrics().then(
      (text) => send({ text }),
      () => send({}),
    );
  }

  /** Answers `ready`, or the exit code of one that ended before. */
  function start(number: number): Promise<'ready' | number> {
    const worker = cluster.fork({ [NUMBER]: String(number) });
    running.set(number, worker);
    let wasReady = false;
    return new Promise((resolve) => {
      worker.on('message', (message: unknown) => {
        if (isMessage<MetricsRequest>(message, 'metrics-wanted')) answer(worker, message);
        if (!isMessage(message, 'ready')) return;
        wasReady = true;
        resolve('ready');
      });
      worker.once('exit', (code: number | null, signal: string | null) => {
        running.delete(number);
        resolve(code ?? 1);
        if (isStopping || !wasReady) return;
        log.error({ process: number, code, signal }, 'a process ended: another one is started in its place');
        void startAgain(number);
      });
    });
  }

  async function startAgain(number: number): Promise<void> {
    do {
      await pause(AGAIN_MS);
      if (isStopping) return;
    } while ((await start(number)) !== 'ready');
  }

  const first = await start(1);
  if (first !== 'ready') return first;
  for (let number = 2; number <= count; number += 1) {
    if ((await start(number)) !== 'ready') void startAgain(number);
  }
  return {
    async stop(signal) {
      isStopping = true;
      const codes = [...running.values()].map(
        (worker) =>
          new Promise<number>((resolve) => {
            worker.once('exit', (code: number | null) => resolve(code ?? 1));
            // Not `disconnect`: each ends as it would alone.
            worker.process.kill(signal);
          }),
      );
      return (await Promise.all(codes)).find((code) => code !== 0) ?? 0;
    },
  };
}
