import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import {
  type AnswerDeclaration,
  allAnswers,
  commonErrors,
  type EndpointDeclaration,
  isEventStream,
} from '#contract/endpoint.ts';
import { ERROR_CODES, type ErrorCode, type Problem, problemSchema } from '#contract/errors.ts';

const EXAMPLE_REQUEST_ID = 'c1d2e3f4-0000-4000-8000-000000000000';
const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds until it is worth another try',
    schema: { type: 'integer' as const },
  },
};
const SENDS_RETRY_AFTER = new Set([429, 503]);

function presentAnswer(answer: AnswerDeclaration): ZodOpenApiResponseObject {
  const { description, schema, example, mediaType = 'application/json', alternative, asJson } = answer;
  if (!schema) return { description };
  return {
    // OpenAPI 3.1 has no word for it; 3.2 calls it `itemSchema`.
    description: isEventStream(answer)
      ? `${description}. The schema is that of one event, whose data is JSON`
      : description,
    content: {
      [mediaType]: { schema, ...(example !== undefined && { example }) },
      ...(alternative && { [alternative]: { schema: { type: 'string' as const } } }),
      ...(asJson && { 'application/json': asJson }),
    },
  };
}

function exampleOf(code: ErrorCode): Problem {
  const { status, title } = ERROR_CODES[code];
  return { type: `/api/docs#${code}`, title, status, code, message: title, requestId: EXAMPLE_REQUEST_ID };
}

/** One example a code, named by it, for answers to refer to. */
export function presentErrorExamples() {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  return Object.fromEntries(
    codes.map((code) => [code, { summary: ERROR_CODES[code].title, value: exampleOf(code) }]),
  );
}

function presentErrors(status: number, codes: readonly ErrorCode[]): ZodOpenApiResponseObject {
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_CODES[code].title}`).join('; '),
    ...(SENDS_RETRY_AFTER.has(status) && { headers: RETRY_AFTER }),
    content: { 'application/problem+json': { schema: problemSchema, examples } },
    'x-codes': [...codes],
  };
}

/** Every answer an endpoint can give: the declared ones, and its errors grouped by status. */
export function presentAnswers(declaration: EndpointDeclaration): ZodOpenApiResponsesObject {
  const codes = [...new Set([...declaration.errors, ...commonErrors(declaration)])];
  const byStatus = Map.groupBy(codes, (code) => ERROR_CODES[code].status);
  const answers: [string, ZodOpenApiResponseObject][] = [];
  for (const [status, answer] of Object.entries(allAnswers(declaration))) {
    if (answer) answers.push([status, presentAnswer(answer)]);
  }
  for (const [status, group] of [...byStatus].sort(([one], [other]) => one - other)) {
    answers.push([String(status), presentErrors(status, group)]);
  }
  return Object.fromEntries(answers);
}
