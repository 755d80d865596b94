import type { FieldError, FieldErrorCode, FieldParams } from '#contract/field-errors.ts';
import { ApiError, NetworkError, NoCookieError } from './api-error.ts';
import type { TextsOf } from './texts.ts';

/** Answers a sentence for people: what happened and what to do. Never the raw error. */
export function describeError(error: unknown, texts: TextsOf<'errors'>): string {
  if (error instanceof NetworkError) return texts.offline;
  if (error instanceof NoCookieError) return texts.noCookie;
  if (!(error instanceof ApiError)) return texts.unexpected;
  const { problem, retryAfterSeconds: seconds } = error;
  switch (problem.code) {
    case 'too_many_requests':
      return seconds === undefined ? texts.tooMany : texts.tooManyFor({ seconds });
    case 'unavailable':
      return texts.unavailable;
    case 'unauthorized':
      return texts.sessionOver;
    case 'other_user':
      return texts.otherUser;
    case 'forbidden':
    case 'foreign_origin':
      return texts.forbidden;
    default:
      return problem.requestId ? texts.unexpectedNamed({ requestId: problem.requestId }) : texts.unexpected;
  }
}

/** A text that asks for a value its code does not bring does not compile. */
type FieldTexts = { [C in FieldErrorCode]: string | ((params: FieldParams<C>) => string) };

function describeField({ code, params = {} }: FieldError, texts: FieldTexts): string {
  // A service newer than this page may know more codes.
  const text = texts[code] ?? texts.invalid;
  return typeof text === 'string' ? text : (text as (values: typeof params) => string)(params);
}

/** Answers the message for each wrong field, by the field's path. */
export function fieldErrorsOf(error: unknown, texts: TextsOf<'errors'>): Partial<Record<string, string>> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    (error.problem.errors ?? []).map((field) => [field.path, describeField(field, texts.fields)]),
  );
}
