import { expect } from '@jest/globals';
import type { Response } from 'supertest';
import { type ErrorCode, type Problem, problemSchema } from '#contract/errors.ts';

const exactProblem = problemSchema.strict();

/** Holds an answer to the one error shape, and to this code; answers what it says. */
export function expectProblem(answer: Response, code: ErrorCode): Problem {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  // Parsed from the text, as a client would that does not trust a library with this media type.
  const problem = exactProblem.parse(JSON.parse(answer.text));
  expect({ code: problem.code, message: problem.message, errors: problem.errors }).toMatchObject({ code });
  expect(problem.status).toBe(answer.status);
  expect(problem.requestId).toBe(answer.headers['x-request-id']);
  expect(answer.headers['cache-control']).toBe('no-store');
  return problem;
}

/** Paths of the fields a refusal names, sorted. */
export function wrongFields(problem: Problem): string[] {
  return (problem.errors ?? []).map(({ path }) => path).sort();
}
