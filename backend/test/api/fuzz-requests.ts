import fc from 'fast-check';
import type { z } from 'zod';
import type { Access, EndpointDeclaration } from '#contract/endpoint.ts';
import { bodiesOf, type FuzzBody } from './fuzz-bodies.ts';
import { hostileTexts, parameterValues, RowRef } from './fuzz-values.ts';

export const FUZZ_ROLES = ['guest', 'diner', 'franchisee', 'admin'] as const;
export type FuzzRole = (typeof FUZZ_ROLES)[number];

/** How the session is shown; `odd` is an Authorization header as it stands. */
export type Credentials =
  | { by: 'bearer' | 'cookie' | 'tampered'; role: FuzzRole; origin?: string | undefined }
  | { by: 'odd'; header: string };

export interface FuzzRequest {
  method: string;
  credentials: Credentials;
  params: Record<string, unknown>;
  query: [string, unknown][];
  headers: Record<string, string>;
  body: FuzzBody;
}

const methods = (method: string) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constant(method) },
    { weight: 1, arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'PATCH') },
  );

const NONE_ALGORITHM = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.x';

// Whom the rule lets through; asked more often than others, or finer rules behind it would hardly be met.
const RIGHTFUL: Record<Access['who'], FuzzRole> = {
  everyone: 'guest',
  session: 'diner',
  'self-or-admin': 'diner',
  'franchisee-or-admin': 'franchisee',
  admin: 'admin',
};

function credentialsFor(access: Access): fc.Arbitrary<Credentials> {
  const role = fc.oneof(fc.constant(RIGHTFUL[access.who]), fc.constantFrom(...FUZZ_ROLES));
  const bearer = fc.record({ by: fc.constant('bearer' as const), role });
  const cookie = fc.record({
    by: fc.constant('cookie' as const),
    role,
    origin: fc.constantFrom('own', 'https://evil.example.com', 'null', undefined),
  });
  const tampered = fc.record({ by: fc.constant('tampered' as const), role });
  const odd = fc.record({
    by: fc.constant('odd' as const),
    header: fc.constantFrom(
      'Bearer',
      'Bearer a.b.c',
      'bearer  ',
      'Basic YTpi',
      `Bearer ${NONE_ALGORITHM}`,
      `Bearer ${'a'.repeat(4_000)}`,
    ),
  });
  return fc.oneof(
    { weight: 15, arbitrary: bearer },
    { weight: 3, arbitrary: cookie },
    { weight: 1, arbitrary: tampered },
    { weight: 1, arbitrary: odd },
  );
}

/** A header's value as Node can send it: Latin-1 without control characters. */
const headerTexts = hostileTexts.map((text) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?').slice(0, 2_000));
const oneOf = (...values: string[]) => fc.oneof(fc.constantFrom(...values), headerTexts);
const HEADERS: Record<string, fc.Arbitrary<string>> = {
  prefer: oneOf(
    'respond-async',
    'respond-async, wait=0',
    'wait=0',
    'wait=-1',
    'wait=99999999999999999999',
    'respond-async;wait=x',
    'a=b;c="d',
  ),
  'idempotency-key': oneOf('a-key', 'another-key', 'k'.repeat(255), 'k'.repeat(256)),
  accept: oneOf('*/*', 'text/csv', 'text/html', 'application/json;q=0', 'text/csv, */*;q=0.1'),
  'content-type': oneOf(
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/JSON',
    'multipart/form-data; boundary=a',
    'application/problem+json',
  ),
  'content-encoding': oneOf('gzip', 'identity', 'br'),
  'x-request-id': oneOf('a-good-request-id'),
  traceparent: oneOf('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'),
  cookie: oneOf('session=a.b.c', '__Host-session=; session=', 'session=%ff', '=;=;;', 'a'.repeat(4_000)),
  'sec-fetch-site': oneOf('same-origin', 'cross-site'),
  'x-http-method-override': oneOf('DELETE'),
  'x-forwarded-for': oneOf('10.0.0.1', '::1, unknown'),
  'if-none-match': oneOf('*', 'W/"a"'),
  range: oneOf('bytes=0-5'),
  'last-event-id': oneOf('1-0', '2-1', '-', '1-0-0', '99999999999999999999-1'),
};
const headers = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .subarray(Object.keys(HEADERS), { minLength: 1, maxLength: 3 })
      .chain((names) =>
        fc.record(
          Object.fromEntries(names.map((name) => [name, HEADERS[name] ?? headerTexts])) as Record<
            string,
            fc.Arbitrary<string>
          >,
        ),
      ),
  },
);

/** Parameters that were encoded wrong or name nothing; sent as they are. */
export class RawText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
const rawTexts = fc
  .constantFrom('%', '%ff', '%00', '%2e%2e%2f', '%c0%ae', 'a%', '%E0%A4%A')
  .map((text) => new RawText(text));
const wrongParameters = fc.oneof(
  hostileTexts.filter((text) => text !== ''),
  rawTexts,
);

function paramsOf(schema: z.ZodObject | undefined): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries((schema?.shape ?? {}) as Record<string, z.ZodType>).map(
    ([name, field]) =>
      [
        name,
        fc.oneof(
          { weight: 4, arbitrary: parameterValues(name, field) },
          { weight: 1, arbitrary: wrongParameters },
        ),
      ] as const,
  );
  return fc.record(Object.fromEntries(fields));
}

const ODD_NAMES = ['__proto__', 'constructor[prototype][a]', 'a[b]', 'page', 'limit', 'name', 'x'];

function queryOf(schema: z.ZodObject | undefined): fc.Arbitrary<[string, unknown][]> {
  const fields = Object.entries((schema?.shape ?? {}) as Record<string, z.ZodType>);
  const right = fields.map(([name, field]) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof(
        { weight: 3, arbitrary: parameterValues(name, field) },
        { weight: 1, arbitrary: wrongParameters },
      ),
    ),
  );
  const names = [...fields.map(([name]) => name), ...ODD_NAMES];
  const odd = fc.array(fc.tuple(fc.constantFrom(...names), wrongParameters), { minLength: 1, maxLength: 2 });
  const given = fc.tuple(...right) as fc.Arbitrary<[string, unknown][]>;
  // Some are left out, and some are given that nobody asked for, or twice.
  return fc
    .tuple(
      given.chain((pairs) => fc.oneof(fc.constant(pairs), fc.subarray(pairs))),
      fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: odd }),
    )
    .map(([pairs, more]) => [...pairs, ...more]);
}

/** Calls of one endpoint, right and wrong in every part. */
export function requestsOf(declaration: EndpointDeclaration): fc.Arbitrary<FuzzRequest> {
  return fc.record({
    method: methods(declaration.method),
    credentials: credentialsFor(declaration.access),
    params: paramsOf(declaration.params),
    query: queryOf(declaration.query),
    headers,
    body: bodiesOf(declaration.body, declaration.example.body),
  });
}

function encode(value: unknown): string {
  if (value instanceof RawText) return value.text;
  return encodeURIComponent(String(value).toWellFormed());
}

const resolve = (value: unknown, rows: Record<string, unknown>): unknown =>
  value instanceof RowRef ? rows[value.row] : value;

/** The path and query of a call, as they go over the wire. */
export function targetOf(path: string, request: FuzzRequest, rows: Record<string, unknown>): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encode(resolve(request.params[name], rows)));
  const query = request.query.map(([name, value]) => `${encode(name)}=${encode(resolve(value, rows))}`);
  return query.length > 0 ? `${filled}?${query.join('&')}` : filled;
}
