import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathItemObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { type EndpointDeclaration, writeHeaders } from '#contract/endpoint.ts';
import { SESSION_COOKIES } from '../../http/session-cookie.ts';
import { presentAnswers, presentErrorExamples } from './openapi-answers.ts';
import {
  describeAccess,
  type NamedEndpoint,
  nameParameters,
  tagOf,
  tags,
  templateOf,
} from './openapi-paths.ts';

const DESCRIPTION = [
  'Orders pizzas that are signed tokens, from a factory that is not always there.',
  'Every error has one shape, `application/problem+json`; its `code` is one of a closed list.',
  'Every answer carries `X-Request-Id`; one that is sent along (8 to 64 letters, digits, `_`, `.`, `-`) is kept.',
].join('\n\n');

const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'For API clients: the `token` of registering or logging in',
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIES[0],
    description: `Set by registering or logging in, for browsers; named \`${SESSION_COOKIES[1]}\` over plain http. A write with it must come from our own origin.`,
  },
} as const;

type Operation = {
  declaration: EndpointDeclaration;
  name: string;
  parameterNames: ReadonlyMap<string, string>;
};

function presentParameters({ declaration, parameterNames }: Operation) {
  const { method, params, query, headers, example } = declaration;
  const path = Object.fromEntries(
    Object.entries(params?.shape ?? {}).map(([name, schema]) => {
      const value = example.params?.[name];
      const described = schema.meta({
        param: { ...(value !== undefined && { example: value }) },
        description: schema.description ?? `The ${name}`,
      });
      return [parameterNames.get(name) ?? name, described];
    }),
  );
  const written = method === 'GET' ? headers : writeHeaders.extend(headers?.shape ?? {});
  return {
    ...(params && { path: z.object(path) }),
    ...(query && { query }),
    ...(written && { header: written }),
  };
}

function presentOperation(operation: Operation): ZodOpenApiOperationObject {
  const { declaration, name } = operation;
  const { summary, description, access, body, example } = declaration;
  const rule = describeAccess(access);
  return {
    operationId: name,
    summary,
    description: `${description}\n\n**Who may:** ${rule}`,
    tags: [tagOf(declaration.path)],
    'x-access': { ...access, rule },
    security: access.who === 'everyone' ? [] : [{ bearer: [] }, { cookie: [] }],
    requestParams: presentParameters(operation),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body, example: example.body } },
      },
    }),
    responses: presentAnswers(declaration),
  };
}

/** The whole API as an OpenAPI 3.1 document, made from the contract's table of endpoints. */
export function presentOpenApi(table: Record<string, EndpointDeclaration>, version: string) {
  const endpoints: NamedEndpoint[] = Object.entries(table).map(([name, declaration]) => ({
    name,
    declaration,
  }));
  const namesIn = nameParameters(endpoints);
  const paths: ZodOpenApiPathsObject = {};
  for (const { name, declaration } of endpoints) {
    const parameterNames = namesIn(declaration.path);
    const template = templateOf(declaration.path, parameterNames);
    const method = declaration.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    const item: ZodOpenApiPathItemObject = paths[template] ?? {};
    item[method] = presentOperation({ declaration, name, parameterNames });
    paths[template] = item;
  }
  const document = createDocument({
    openapi: '3.1.1',
    info: {
      title: 'JWT Pizza',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags,
    paths,
    components: { securitySchemes: SECURITY_SCHEMES, examples: presentErrorExamples() },
  });
  return { ...document, paths: document.paths ?? {} };
}
