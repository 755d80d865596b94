import fc from 'fast-check';
import type { EndpointDeclaration } from '#contract/endpoint.ts';
import { endpoints } from '#contract/endpoints.ts';
import { findAnswerFaults } from '../support/answer-proof.ts';
import type { TestService } from '../support/test-service.ts';
import { bakePizza, orderStateFor } from './example-requests.ts';
import { resolveRows } from './fuzz-bodies.ts';
import { asCurl, createCaller, createLeakCheck, type WireAnswer, type WireCall } from './fuzz-call.ts';
import { type FuzzRequest, requestsOf, targetOf } from './fuzz-requests.ts';
import { buildWorld, showCredentials, type World } from './fuzz-world.ts';

export interface Finding {
  endpoint: string;
  faults: string;
  /** The smallest call that was found to show it. */
  curl: string;
}

export interface FuzzReport {
  seed: number;
  calls: number;
  callsByEndpoint: Record<string, number>;
  /** How many of them were let through: an endpoint that refuses everything was hardly tried. */
  servedByEndpoint: Record<string, number>;
  /** How often each status was answered. */
  statuses: Record<string, number>;
  findings: Finding[];
}

const CALLS_PER_WORLD = 60;

/** A write that went through may have ended the session, or used up the row, that the next calls would meet. */
function usesUp({ method, params }: EndpointDeclaration): boolean {
  return method === 'DELETE' || (method !== 'GET' && params !== undefined);
}

function wireBody({ body }: FuzzRequest, rows: Record<string, unknown>): string | undefined {
  if (body === undefined) return undefined;
  return 'text' in body ? body.text : JSON.stringify(resolveRows(body.value, rows));
}

function toWire(
  declaration: EndpointDeclaration,
  request: FuzzRequest,
  world: World,
  origin: string,
): WireCall {
  const body = wireBody(request, world.rows);
  return {
    method: request.method,
    target: targetOf(declaration.path, request, world.rows),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...showCredentials(request.credentials, world, origin),
      ...request.headers,
    },
    body,
  };
}

function codeOf(answer: WireAnswer): unknown {
  try {
    return (JSON.parse(answer.body) as { code?: unknown }).code;
  } catch {
    return undefined;
  }
}

function judge(call: WireCall, answer: WireAnswer): string[] {
  const path = call.target.split('?', 1)[0] ?? '';
  const faults = findAnswerFaults({
    method: call.method,
    path,
    status: answer.status,
    contentType: String(answer.headers['content-type'] ?? ''),
    requestId: String(answer.headers['x-request-id'] ?? ''),
    body: answer.body,
  });
  if (answer.status >= 500 && codeOf(answer) !== 'factory_failed') {
    faults.push(`answers ${answer.status} ${answer.body.slice(0, 300)}`);
  }
  return faults;
}

/** Two findings are one when they differ in numbers only. */
const kindOf = (fault: string): string => fault.replace(/\d+/g, '#').slice(0, 160);

/** Makes calls of every kind to every endpoint; the same seed makes the same calls. */
export async function fuzz(
  service: TestService,
  options: {
    calls: number;
    seed: number;
    onEndpoint?: (name: string, calls: number, served: number) => void;
  },
): Promise<FuzzReport> {
  const report: FuzzReport = {
    seed: options.seed,
    calls: 0,
    callsByEndpoint: {},
    servedByEndpoint: {},
    statuses: {},
    findings: [],
  };
  const caller = createCaller(service.origin);
  const findLeaks = createLeakCheck(service.config);
  const jwt = await bakePizza(service);
  const table = Object.entries(endpoints as Record<string, EndpointDeclaration>);
  const share = Math.ceil(options.calls / table.length);

  let world: World | undefined;
  let orderState: string | undefined;
  let callsLeft = 0;

  async function worldFor(name: string): Promise<World> {
    if (!world || callsLeft <= 0 || orderState !== orderStateFor(name)) {
      world = await buildWorld(service, name, jwt);
      orderState = orderStateFor(name);
      callsLeft = CALLS_PER_WORLD;
    }
    callsLeft -= 1;
    return world;
  }

  async function fuzzEndpoint(name: string, declaration: EndpointDeclaration, seed: number): Promise<void> {
    const knownKinds = new Set<string>();
    let smallest: { call: WireCall; faults: string[] } | undefined;

    async function tryRequest(request: FuzzRequest): Promise<void> {
      const call = toWire(declaration, request, await worldFor(name), service.config.publicUrl);
      const answer = await caller.send(call).catch((error: Error) => error);
      report.calls += 1;
      report.callsByEndpoint[name] = (report.callsByEndpoint[name] ?? 0) + 1;
      report.servedByEndpoint[name] ??= 0;
      const status = answer instanceof Error ? 'none' : String(answer.status);
      report.statuses[status] = (report.statuses[status] ?? 0) + 1;
      if (status.startsWith('2') && call.method === declaration.method) {
        report.servedByEndpoint[name] += 1;
        if (usesUp(declaration)) callsLeft = 0;
      }
      const found =
        answer instanceof Error
          ? [`gets no answer: ${answer.message}`]
          : [...judge(call, answer), ...findLeaks(answer)];
      const faults = found.filter((fault) => !knownKinds.has(kindOf(fault)));
      if (faults.length === 0) return;
      smallest = { call, faults };
      throw new Error(faults.join('\n'));
    }

    for (let left = share, round = 0; left > 0; round += 1) {
      const property = fc.asyncProperty(requestsOf(declaration), tryRequest);
      const details = await fc.check(property, { seed: seed + round, numRuns: left });
      left -= details.numRuns;
      if (!details.failed) break;
      // Not a finding but a world that could not be built: what follows would prove nothing.
      if (!smallest) throw details.errorInstance;
      report.findings.push({
        endpoint: name,
        faults: smallest.faults.join('\n'),
        curl: asCurl(service.origin, smallest.call),
      });
      for (const fault of smallest.faults) knownKinds.add(kindOf(fault));
      smallest = undefined;
    }
  }

  try {
    for (const [place, [name, declaration]] of table.entries()) {
      await fuzzEndpoint(name, declaration, options.seed + place * 1_000);
      options.onEndpoint?.(name, report.callsByEndpoint[name] ?? 0, report.servedByEndpoint[name] ?? 0);
    }
  } finally {
    caller.close();
  }
  return report;
}
