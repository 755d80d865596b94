import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { commonErrors, type EndpointDeclaration } from '#contract/endpoint.ts';
import { endpoints } from '#contract/endpoints.ts';
import { ERROR_CODES } from '#contract/errors.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { DEMO_USERS } from '../../demo/demo-data.ts';

interface Operation {
  operationId: string;
  summary: string;
  description: string;
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { content: Record<string, { example: unknown }> };
  responses: Record<string, { 'x-codes'?: string[]; content?: Record<string, { example?: unknown }> }>;
  security: Record<string, string[]>[];
  'x-access': { who: string; rule: string };
}
interface Document {
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
}

const table = Object.entries(endpoints as Record<string, EndpointDeclaration>);

let service: TestService;
let document: Document;

beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  document = (await service.http.get('/api/openapi.json').expect(200)).body as Document;
});

afterAll(() => service.stop());

function operations() {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );
}

it('the OpenAPI document is valid by the rules of OpenAPI 3.1, and every reference in it leads somewhere', async () => {
  const validator = new Validator();
  const result = await validator.validate({ ...document });
  expect(result).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path = '']) => path,
  );
  const broken = references.filter((path) => {
    const names = path.split('/');
    return (
      names.reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], document) === undefined
    );
  });
  expect(broken).toEqual([]);
});

it('the OpenAPI document has every endpoint of the contract once, under its name', () => {
  const names = operations().map(({ operation }) => operation.operationId);
  expect(names.sort()).toEqual(table.map(([name]) => name).sort());
});

it.each(table)('the OpenAPI document tells all there is to know of %s', (name, declaration) => {
  const found = operations().find(({ operation }) => operation.operationId === name);
  expect(found?.method).toBe(declaration.method.toLowerCase());
  const { operation } = found as { operation: Operation };
  expect(operation.summary).toBe(declaration.summary);
  expect(operation.description).toContain(declaration.description);
  expect(operation['x-access']).toMatchObject({ ...declaration.access, rule: expect.stringMatching(/\.$/) });
  expect(operation.security.length > 0).toBe(declaration.access.who !== 'everyone');
  for (const [status, answer] of Object.entries(declaration.answers)) {
    expect(operation.responses).toHaveProperty([status]);
    const content = operation.responses[status]?.content;
    expect(content === undefined).toBe(answer?.schema === undefined);
    expect(content?.[answer?.mediaType ?? 'application/json']?.example).toEqual(answer?.example);
    if (answer?.alternative) expect(content).toHaveProperty([answer.alternative]);
    if (answer?.asJson) expect(content?.['application/json']?.example).toEqual(answer.asJson.example);
  }
  for (const code of [...declaration.errors, ...commonErrors(declaration)]) {
    expect(operation.responses[ERROR_CODES[code].status]?.['x-codes']).toContain(code);
  }
  if (declaration.body) {
    expect(operation.requestBody?.content['application/json']?.example).toEqual(declaration.example.body);
  }
});

it('the OpenAPI document names each parameter of a path, and no two paths differ in such names alone', () => {
  for (const { path, operation } of operations()) {
    const named = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    expect(named.map((parameter) => parameter.name).sort()).toEqual(inPath.sort());
    expect(named.every(({ required }) => required)).toBe(true);
  }
  const shapes = Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, '{}'));
  expect(new Set(shapes).size).toBe(shapes.length);
});

it('S31: the OpenAPI document names no host at all', () => {
  expect(document.servers).toEqual([{ url: '/' }]);
  const hosts = [...JSON.stringify(document).matchAll(/\w+:\/\/([^/"'\s]+)/g)].map(([, host]) => host);
  expect(hosts.filter((host) => !host?.endsWith('.example.com'))).toEqual([]);
});

it('GET /api/docs has every endpoint of the contract in the form clients of old know', async () => {
  const { body } = await service.http.get('/api/docs').expect(200);
  const listed = (body.endpoints as { method: string; path: string }[]).map(
    ({ method, path }) => `${method} ${path}`,
  );
  expect(listed).toEqual(table.map(([, { method, path }]) => `${method} ${path}`));
  expect(body.endpoints[0]).toMatchObject({
    method: 'POST',
    path: '/api/auth',
    requiresAuth: false,
    description: expect.any(String),
    example: expect.stringMatching(/^curl -X POST /),
    response: expect.objectContaining({ token: expect.any(String) }),
  });
  expect(body.config).toEqual({ factory: service.config.factories[0]?.origin, db: 'mysql' });
});

it.each(['/api/docs', '/api/openapi.json'])(
  'S31: %s shows no credentials and no host but the public ones',
  async (path) => {
    const { text } = await service.http.get(path).expect(200);
    const { config } = service;
    const hosts = [...text.matchAll(/\w+:\/\/([^/"'\s]+)/g)].map(([, host = '']) => host);
    const publicHosts = [config.publicUrl, ...config.factories.map(({ origin }) => origin)].map(
      (url) => new URL(url).host,
    );
    expect(hosts.filter((host) => !publicHosts.includes(host) && !host.endsWith('.example.com'))).toEqual([]);
    const database = new URL(config.databaseUrl);
    const secrets = [
      ...config.sessionSecrets,
      ...config.passwordPeppers,
      database.host,
      database.pathname.slice(1),
    ];
    for (const secret of [...secrets, ...config.factories.map(({ apiKey }) => apiKey)])
      expect(text).not.toContain(secret);
    for (const { email, password } of DEMO_USERS) {
      expect(text.includes(`"email":"${email}","password":"${password}"`)).toBe(false);
    }
  },
);
