import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { stopChild } from '../local-stack/child-processes.ts';
import { startReportingProcess } from '../local-stack/reporting-process.ts';
import type { FactoryLog } from './logs.ts';
import { forEach } from './pace.ts';

const CONTROL_TIMEOUT_MS = 10_000;
const VERIFICATIONS_AT_ONCE = 8;
/** The simulators sign as themselves, so that a pizza of the one does not pass for one of the other. */
const ISSUERS = ['first.localhost', 'second.localhost'] as const;

export type Fault = 'none' | 'fail' | 'badjwt' | 'throttle' | 'error' | 'slow' | 'unreachable';

/** One simulated factory, from outside: the same control routes that anybody on this machine may use. */
export interface FactoryControl {
  origin: string;
  apiKey: string;
  issuer: string;
  /** Switches the fault; answers a moment just before it took effect. */
  switchTo(fault: Fault, options?: { delayMs?: number }): Promise<number>;
  readLog(sinceMs?: number): Promise<FactoryLog>;
  /** Answers the order a pizza is for, or that it is no pizza of this factory. */
  verify(jwt: string): Promise<number | 'invalid'>;
  stop(): Promise<void>;
}

interface RawJournal {
  calls: {
    at: string;
    kind: FactoryLog['calls'][number]['kind'];
    orderId: unknown;
    status: number | null;
  }[];
  pizzas: { at: string; orderId: unknown; jwt: string }[];
}

/** Starts a factory as a process of its own, with its journal and signing key. */
export async function startFactory(options: {
  index: 0 | 1;
  folder: string;
  apiKey: string;
}): Promise<FactoryControl> {
  const { index, apiKey } = options;
  const folder = join(options.folder, `factory-${index + 1}`);
  mkdirSync(folder, { recursive: true });
  const issuer = ISSUERS[index];
  let present: ChildProcess | undefined;
  const ready = await startReportingProcess({
    name: `factory ${index + 1}`,
    script: 'backend/factory-simulator/main.ts',
    environment: {
      PATH: process.env.PATH,
      FACTORY_SIMULATOR_PORT: '0',
      FACTORY_API_KEY: apiKey,
      FACTORY_ISSUER: issuer,
      DATA_DIR: folder,
    },
    output: 'ignore',
    onStarted(child) {
      present = child;
    },
  });
  const origin = `http://127.0.0.1:${ready.port}`;
  return {
    origin,
    apiKey,
    issuer,
    async switchTo(fault, faultOptions = {}) {
      const at = Date.now();
      const body = fault === 'none' ? {} : faultOptions;
      await callFactory(origin, { method: 'PUT', path: `/api/vendor/chaos/${fault}`, body });
      return at;
    },
    async readLog(sinceMs) {
      const since = sinceMs === undefined ? '' : `?since=${new Date(sinceMs).toISOString()}`;
      const path = `/api/simulator/journal${since}`;
      return readRaw((await callFactory(origin, { method: 'GET', path })) as RawJournal, index);
    },
    async verify(jwt) {
      const verdict = await callFactory(origin, {
        method: 'POST',
        path: '/api/order/verify',
        body: { jwt },
        mayRefuse: true,
      });
      const { payload } = verdict as { payload?: { order?: { id?: unknown } } };
      return payload === undefined ? 'invalid' : Number(payload.order?.id);
    },
    async stop() {
      if (present) await stopChild(present);
    },
  };
}

async function callFactory(
  origin: string,
  call: { method: 'GET' | 'POST' | 'PUT'; path: string; body?: unknown; mayRefuse?: boolean },
): Promise<unknown> {
  const { method, path, body, mayRefuse = false } = call;
  const response = await request(`${origin}${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
    signal: AbortSignal.timeout(CONTROL_TIMEOUT_MS),
  });
  const answer = await response.body.json();
  if (response.statusCode !== 200 && !mayRefuse)
    throw new Error(`the simulator answered ${response.statusCode} to ${method} ${path}`);
  return answer;
}

function readRaw({ calls, pizzas }: RawJournal, factory: number): FactoryLog {
  return {
    calls: calls.map(({ at, kind, orderId, status }) => ({
      factory,
      at: Date.parse(at),
      kind,
      orderId: typeof orderId === 'number' ? orderId : null,
      status,
    })),
    pizzas: pizzas.map(({ at, orderId, jwt }) => ({
      factory,
      at: Date.parse(at),
      orderId: Number(orderId),
      jwt,
    })),
  };
}

/** Joins what all factories have written down. */
export async function readFactoryLogs(factories: readonly FactoryControl[]): Promise<FactoryLog> {
  const logs = await Promise.all(factories.map((factory) => factory.readLog()));
  return {
    calls: logs.flatMap(({ calls }) => calls),
    pizzas: logs.flatMap(({ pizzas }) => pizzas),
  };
}

/** Asks the factories themselves about every pizza; a pizza is good when one of them says so. */
export async function verifyPizzas(
  factories: readonly FactoryControl[],
  jwts: readonly string[],
): Promise<Map<string, number | 'invalid'>> {
  const verdicts = new Map<string, number | 'invalid'>();
  await forEach(jwts, {
    atOnce: VERIFICATIONS_AT_ONCE,
    async work(jwt) {
      for (const factory of factories) {
        const verdict = await factory.verify(jwt);
        verdicts.set(jwt, verdict);
        if (verdict !== 'invalid') return;
      }
    },
  });
  return verdicts;
}
