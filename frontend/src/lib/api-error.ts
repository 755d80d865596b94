import type { ErrorCode, Problem } from '#contract/errors.ts';

/** The service answered, and the answer was no. The problem says why. */
export class ApiError extends Error {
  readonly problem: Problem;
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(problem.message);
    this.name = 'ApiError';
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No answer arrived at all: we cannot know whether the request did. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super('the service could not be reached', { cause });
    this.name = 'NetworkError';
  }
}

/** Logged in, and not for a moment: the browser keeps no cookie for us. */
export class NoCookieError extends Error {
  override name = 'NoCookieError';
}

/** True for an answer with this code. */
export function hasCode(error: unknown, code: ErrorCode): error is ApiError {
  return error instanceof ApiError && error.problem.code === code;
}
