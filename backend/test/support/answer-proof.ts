import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { z } from 'zod';
import {
  type AnswerDeclaration,
  allAnswers,
  commonErrors,
  type EndpointDeclaration,
  EVENT_STREAM,
  isEventStream,
} from '#contract/endpoint.ts';
import { endpoints } from '#contract/endpoints.ts';
import { ERROR_CODES, problemSchema } from '#contract/errors.ts';
import { parseEvents } from './event-stream.ts';

/** One answer as it left the service. */
export interface GivenAnswer {
  method: string;
  /** Without its query. */
  path: string;
  status: number;
  contentType: string;
  requestId: string;
  body: string;
}

interface DeclaredRoute {
  name: string;
  declaration: EndpointDeclaration;
  pattern: RegExp;
}

const parameterCount = (path: string): number => path.split('/:').length - 1;

function patternOf(path: string): RegExp {
  const source = path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+');
  // With or without a trailing slash it is the same address.
  return new RegExp(path === '/' ? '^/$' : `^${source}/?$`);
}

// What is spelled out goes before what a parameter also fits: `/api/user/me` before `/api/user/:userId`.
const routes: DeclaredRoute[] = Object.entries(endpoints as Record<string, EndpointDeclaration>)
  .map(([name, declaration]) => ({ name, declaration, pattern: patternOf(declaration.path) }))
  .sort((one, other) => parameterCount(one.declaration.path) - parameterCount(other.declaration.path));

/** The endpoint of the table that a request meets; Express answers HEAD as it answers GET. */
export function findDeclared(method: string, path: string): DeclaredRoute | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  return routes.find(({ declaration, pattern }) => declaration.method === asked && pattern.test(path));
}

/** What differs between what was sent and what the schema lets through, by path. */
function differences(sent: unknown, declared: unknown, path = ''): string[] {
  if (isDeepStrictEqual(sent, declared)) return [];
  if (typeof sent !== 'object' || typeof declared !== 'object' || !sent || !declared) {
    return [`${path || 'the body'}: ${JSON.stringify(sent)} instead of ${JSON.stringify(declared)}`];
  }
  const names = new Set([...Object.keys(sent), ...Object.keys(declared)]);
  return [...names].flatMap((name) => {
    const here = path ? `${path}.${name}` : name;
    if (!Object.hasOwn(declared, name)) return [`${here}: is not declared`];
    return differences(
      (sent as Record<string, unknown>)[name],
      (declared as Record<string, unknown>)[name],
      here,
    );
  });
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function problemFaults(answer: GivenAnswer, declaration: EndpointDeclaration | undefined): string[] {
  // What no endpoint has is unknown, or not even an address (`/api/user/%`).
  const allowed = declaration
    ? [...declaration.errors, ...commonErrors(declaration)]
    : ['unknown_endpoint', 'invalid_input'];
  if (answer.method === 'HEAD') return [];
  if (!answer.contentType.startsWith('application/problem+json'))
    return [`has the media type ${answer.contentType}`];
  const parsed = problemSchema.strict().safeParse(parseJson(answer.body)?.value);
  if (!parsed.success) return [`is no problem: ${parsed.error.message} in ${answer.body.slice(0, 500)}`];
  const { code, status, requestId, message } = parsed.data;
  return [
    ...(allowed.includes(code) ? [] : [`does not declare the code ${code} (${message})`]),
    ...(status === answer.status && status === ERROR_CODES[code].status ? [] : [`says status ${status}`]),
    ...(requestId === answer.requestId ? [] : [`says request id ${requestId}`]),
  ];
}

const withoutParameters = (mediaType: string): string => mediaType.split(';', 1)[0] ?? '';

function successFaults(answer: GivenAnswer, declared: AnswerDeclaration | undefined): string[] {
  if (!declared) return ['does not declare this status'];
  const mediaType = withoutParameters(answer.contentType);
  const { schema } = declared;
  if (!schema) return answer.body === '' ? [] : [`has a body: ${answer.body.slice(0, 500)}`];
  if (declared.alternative && mediaType === declared.alternative) return [];
  if (declared.asJson && mediaType === 'application/json') {
    return schemaFaults(parseJson(answer.body)?.value, declared.asJson.schema);
  }
  const expected = withoutParameters(declared.mediaType ?? 'application/json');
  if (mediaType !== expected) return [`has the media type ${answer.contentType} instead of ${expected}`];
  if (answer.method === 'HEAD') return [];
  if (isEventStream(declared)) {
    return parseEvents(answer.body).flatMap((event) => schemaFaults(event, schema));
  }
  const sent = declared.mediaType ? { value: answer.body } : parseJson(answer.body);
  if (!sent) return [`is no JSON: ${answer.body.slice(0, 500)}`];
  return schemaFaults(sent.value, schema);
}

function schemaFaults(sent: unknown, schema: z.ZodType): string[] {
  const result = schema.safeParse(sent);
  return result.success ? differences(sent, result.data) : [result.error.message];
}

/** What is wrong with an answer by the contract: an undeclared status, code, media type or field. */
export function findAnswerFaults(answer: GivenAnswer): string[] {
  // The router itself says which methods an address knows.
  if (answer.method === 'OPTIONS') return [];
  const found = findDeclared(answer.method, answer.path);
  const faults =
    answer.status >= 400
      ? problemFaults(answer, found?.declaration)
      : successFaults(answer, found && allAnswers(found.declaration)[answer.status]);
  const name = found?.name ?? 'an undeclared address';
  return faults.map((fault) => `${name} (${answer.method} ${answer.path}) ${answer.status}: ${fault}`);
}

export interface AnswerProof {
  /** The same listener, watched. */
  watch(listener: RequestListener): RequestListener;
  /** Throws, naming every fault, when any answer was outside the contract. */
  assertAllDeclared(): void;
}

function isOfStorefront({ method, contentType, status }: GivenAnswer): boolean {
  return (
    (method === 'GET' || method === 'HEAD') && status < 400 && !contentType.startsWith('application/json')
  );
}

function textOf(bytes: Buffer, encoding: unknown): string {
  return (encoding === 'gzip' && bytes.length > 0 ? gunzipSync(bytes) : bytes).toString();
}

const MOST_FAULTS_SHOWN = 20;

/** Holds every answer that a service gives to the contract, whoever asked. */
export function createAnswerProof(options: { hasStorefront: boolean }): AnswerProof {
  const faults = new Set<string>();

  function capture(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    const keep = (chunk: unknown): void => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
    };
    const { write, end } = response;
    response.write = ((chunk: unknown, ...rest: unknown[]) => {
      keep(chunk);
      return Reflect.apply(write, response, [chunk, ...rest]) as boolean;
    }) as typeof write;
    response.end = ((chunk: unknown, ...rest: unknown[]) => {
      keep(chunk);
      return Reflect.apply(end, response, [chunk, ...rest]) as ServerResponse;
    }) as typeof end;
    const path = request.url?.split('?', 1)[0] ?? '';
    response.once('close', () => {
      const isStream = response.getHeader('content-type') === EVENT_STREAM;
      // What a client did not wait for is only a part; of a stream every part stands for itself.
      if (!response.writableFinished && !isStream) return;
      const answer: GivenAnswer = {
        method: request.method ?? '',
        path,
        status: response.statusCode,
        contentType: String(response.getHeader('content-type') ?? ''),
        requestId: String(response.getHeader('x-request-id') ?? ''),
        body: textOf(Buffer.concat(chunks), response.getHeader('content-encoding')),
      };
      if (options.hasStorefront && isOfStorefront(answer)) return;
      for (const fault of findAnswerFaults(answer)) faults.add(fault);
    });
  }

  return {
    watch: (listener) => (request, response) => {
      capture(request, response);
      listener(request, response);
    },
    assertAllDeclared: () => {
      if (faults.size === 0) return;
      const shown = [...faults].slice(0, MOST_FAULTS_SHOWN);
      throw new Error(`${faults.size} kinds of answers were outside the contract:\n${shown.join('\n')}`);
    },
  };
}
