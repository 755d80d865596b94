import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import { commonErrors, type EndpointDeclaration } from '#contract/endpoint.ts';
import { endpoints } from '#contract/endpoints.ts';
import { ERROR_CODES, type ErrorCode } from '#contract/errors.ts';
import { findDeclared } from '../support/answer-proof.ts';
import { eventually } from '../support/eventually.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

const SOON_MS = 10_000;

const table = Object.entries(endpoints as Record<string, EndpointDeclaration>);
const keyOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;
const parametersOf = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** Faults of an example by its own schema: what it refuses, and what it would drop. */
function faultsOf(schema: z.ZodType | undefined, example: unknown): unknown {
  if (!schema) return example === undefined ? undefined : 'an example of what is not declared';
  const result = schema.safeParse(example ?? {});
  if (!result.success) return result.error.issues;
  const kept = Object.keys(result.data as object);
  const dropped = Object.keys(example ?? {}).filter((name) => !kept.includes(name));
  return dropped.length > 0 ? { dropped } : undefined;
}

describe.each(table)('%s', (_name, declaration) => {
  const { access, params, query, body, answers, errors, example } = declaration;

  it('says in words what it is for', () => {
    expect(declaration.summary).toMatch(/^[A-Z].{3,60}[^.]$/);
    expect(declaration.description).toMatch(/^[A-Z].{15,}\.$/s);
  });

  it('has examples that its own schemas take', () => {
    expect(faultsOf(params, example.params)).toBeUndefined();
    expect(faultsOf(query, example.query)).toBeUndefined();
    expect(faultsOf(body, example.body)).toBeUndefined();
    if (params) expect(Object.keys(example.params ?? {})).toEqual(Object.keys(params.shape));
    if (body) expect(example.body).toBeDefined();
  });

  it('has an example of each answer, which is exactly what its schema lets through', () => {
    const declared = Object.entries(answers);
    expect(declared.length).toBeGreaterThan(0);
    for (const [status, answer] of declared) {
      expect(Number(status)).toBeGreaterThanOrEqual(200);
      expect(Number(status)).toBeLessThan(300);
      expect(answer?.description).toMatch(/\S/);
      const { schema, example: shown } = answer ?? {};
      expect(shown === undefined).toBe(schema === undefined);
      expect(schema?.parse(shown)).toEqual(shown);
      expect(answer?.asJson?.schema.parse(answer.asJson.example)).toEqual(answer?.asJson?.example);
    }
  });

  it('has an access rule that speaks of its own path, and names its parameters', () => {
    expect(parametersOf(declaration.path).sort()).toEqual(Object.keys(params?.shape ?? {}).sort());
    expect(['everyone', 'session', 'admin', 'self-or-admin', 'franchisee-or-admin']).toContain(access.who);
    if ('param' in access) expect(parametersOf(declaration.path)).toContain(access.param);
  });

  it('has a list of errors from the closed list, each told once, with the 404 of what may not be there', () => {
    const codes = [...errors, ...commonErrors(declaration)];
    expect(codes.filter((code) => !(code in ERROR_CODES))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
    if ('param' in access && access.param) expect(codes).toContain('not_found');
  });
});

it('every code of the closed list is an answer of some endpoint', () => {
  const used = new Set(
    table.flatMap(([, declaration]) => [...declaration.errors, ...commonErrors(declaration)]),
  );
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  expect(codes.filter((code) => !used.has(code))).toEqual([]);
});

describe('the routes of the service', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService({ isWorkerRunning: false });
  });

  afterAll(() => service.stop());

  interface Layer {
    route?: { path: string; methods: Record<string, boolean> };
    handle?: { stack?: Layer[] };
  }

  function routesOf(layers: readonly Layer[]): string[] {
    return layers.flatMap(({ route, handle }) => {
      if (!route) return routesOf(handle?.stack ?? []);
      return Object.keys(route.methods).map((method) =>
        keyOf({ method: method.toUpperCase(), path: route.path }),
      );
    });
  }

  it('are the endpoints of the table: each once, and no other', () => {
    const served = routesOf((service.app.router as unknown as { stack: Layer[] }).stack);
    const declared = table.map(([, declaration]) => keyOf(declaration));
    expect(new Set(declared).size).toBe(declared.length);
    expect(served.sort()).toEqual(declared.sort());
  });

  it.each(table)('lead an example request to %s and to no other endpoint', async (name, declaration) => {
    const { method, path, example } = declaration;
    const filled = path.replace(/:(\w+)/g, (_, parameter: string) => String(example.params?.[parameter]));
    expect(findDeclared(method, filled)?.name).toBe(name);
    const requestId = `contract-walk-${name}`;
    await service.http[method.toLowerCase() as 'get'](filled).set('x-request-id', requestId);
    const line = await eventually(
      'the request is in the log',
      () =>
        service.logLines().find((logged) => logged.message === 'request' && logged.requestId === requestId),
      SOON_MS,
    );
    expect(line).toMatchObject({ method, route: path });
  });
});
