import type { EndpointRequest, EndpointResult } from '#contract/endpoint.ts';
import type { EndpointKey, EndpointOf } from '#contract/endpoints.ts';
import type { Problem } from '#contract/errors.ts';
import { actingUser, awaitLogIn, reportOtherUser } from './acting-user.ts';
import { ApiError, NetworkError } from './api-error.ts';
import { reportConnectivity } from './connectivity.ts';

type RequestOf<K extends EndpointKey> = EndpointRequest<EndpointOf<K>>;

type IsOptional<T> = Record<never, never> extends T ? true : false;

/** Only the parts an endpoint declares; what it does not declare cannot be sent, and headers need not be. */
type DeclaredRequest<R> = {
  [P in keyof R as R[P] extends undefined ? never : P extends 'headers' ? never : P]: R[P];
} & (R extends { headers: infer H }
  ? H extends undefined
    ? unknown
    : IsOptional<H> extends true
      ? { headers?: H }
      : { headers: H }
  : unknown);

export type CallOptions<K extends EndpointKey> = DeclaredRequest<RequestOf<K>> & {
  signal?: AbortSignal;
  /** For whom it is written, where that is not whom the page is drawn for by now. */
  actsFor?: number;
};

interface AnyRequest {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  headers?: Record<string, string | undefined>;
  body?: unknown;
  signal?: AbortSignal;
  actsFor?: number | undefined;
}

/** The address of an endpoint of the contract, its parameters filled in. */
export function addressOf(path: string, request: Pick<AnyRequest, 'params' | 'query'>): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(request.params?.[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

function initOf(method: string, request: AnyRequest): RequestInit {
  const headers = new Headers({ accept: 'application/json' });
  if (request.actsFor) headers.set('expect-user', String(request.actsFor));
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (value !== undefined) headers.set(name, value);
  }
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (request.signal) init.signal = request.signal;
  if (request.body !== undefined) {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(request.body);
  }
  return init;
}

/** A proxy in between may answer something that is no problem document; it is read as one all the same. */
async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && 'code' in body && 'message' in body)
    return body as Problem;
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    code: response.status >= 502 ? 'unavailable' : 'internal',
    message: response.statusText,
    requestId: '',
  };
}

async function send(key: string, asked: AnyRequest): Promise<Response> {
  const [method = 'GET', path = '/'] = key.split(' ');
  // Logging in and out is about whoever sits there, and no page is drawn for them yet or any more.
  const actsFor = path === '/api/auth' ? undefined : (asked.actsFor ?? actingUser() ?? undefined);
  const request = { ...asked, actsFor: method === 'GET' ? undefined : actsFor };
  const response = await fetch(addressOf(path, request), initOf(method, request)).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    reportConnectivity(false);
    throw new NetworkError(error);
  });
  // What the service worker has kept does not show that anybody could be reached.
  reportConnectivity(!response.headers.has('x-kept-since'));
  if (response.ok) return response;
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const problem = await problemOf(response);
  if (problem.code === 'unauthorized' && actsFor !== undefined) {
    // Refused before anything was done, so it goes on once the same user is back.
    const outcome = await awaitLogIn();
    if (outcome === 'same') return send(key, { ...asked, actsFor });
    if (outcome === 'other') problem.code = 'other_user';
  }
  if (problem.code === 'other_user') reportOtherUser();
  throw new ApiError(problem, Number.isFinite(retryAfter) ? retryAfter : undefined);
}

function lostOnTheWay(error: unknown): never {
  reportConnectivity(false);
  throw new NetworkError(error);
}

/**
 * Calls one endpoint of the contract and answers its body.
 * Throws ApiError when the service refuses, NetworkError when it cannot be reached.
 */
export async function callApi<K extends EndpointKey>(
  key: K,
  options: CallOptions<K>,
): Promise<EndpointResult<EndpointOf<K>>> {
  const response = await send(key, options as AnyRequest);
  return response.json().catch(lostOnTheWay);
}

/** As callApi, for an endpoint that answers a text of its own type, or of the asked one beside JSON. */
export async function callForText<K extends EndpointKey>(
  key: K,
  options: CallOptions<K>,
  accept?: string,
): Promise<string> {
  const asked = options as AnyRequest;
  const response = await send(key, { ...asked, headers: { ...asked.headers, accept } });
  return response.text().catch(lostOnTheWay);
}
