import { ApiError, NetworkError } from './api-error.ts';
import { fieldText } from './field-text.ts';
import type { TextsOf } from './texts.ts';

/** Answers a sentence for people: what happened and what to do. Never the raw error. */
export function describeError(error: unknown, texts: TextsOf<'errors'>): string {
  if (error instanceof NetworkError) return texts.offline;
  if (!(error instanceof ApiError)) return texts.unexpected;
  const { problem, retryAfterSeconds: seconds } = error;
  switch (problem.code) {
    case 'too_many_requests':
      return seconds === undefined ? texts.tooMany : texts.tooManyFor({ seconds });
    case 'unavailable':
      return texts.unavailable;
    case 'forbidden':
    case 'foreign_origin':
      return texts.forbidden;
    default:
      return problem.requestId ? texts.unexpectedNamed({ requestId: problem.requestId }) : texts.unexpected;
  }
}

/** Answers the message for each wrong field, by the field's path. */
export function fieldErrorsOf(error: unknown, texts: TextsOf<'errors'>): Partial<Record<string, string>> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    (error.problem.errors ?? []).map(({ path, message }) => [path, fieldText(message, texts.fields)]),
  );
}
