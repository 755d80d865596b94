import type { Request } from 'express';
import type { z } from 'zod';
import type { EndpointDeclaration } from '#contract/endpoint.ts';
import { type FieldError, type FieldErrorCode, fieldError, readIssueText } from '#contract/field-errors.ts';
import { invalidInput } from '../errors.ts';

function fieldErrors(error: z.ZodError, isNullMissing: boolean): FieldError[] {
  return error.issues.map((issue) => {
    const path = issue.path.join('.');
    const isMissing =
      'input' in issue && (issue.input === undefined || (isNullMissing && issue.input === null));
    return isMissing ? fieldError(path, 'required') : readIssueText(path, issue.message);
  });
}

const MISSING: ReadonlySet<FieldErrorCode> = new Set(['required', 'empty', 'blank']);

/** Collects what is wrong over several parts, one message a field. */
function createParser({ isNullMissing = false } = {}) {
  const errors: FieldError[] = [];
  const add = (error: FieldError): void => {
    if (!errors.some(({ path }) => path === error.path)) errors.push(error);
  };
  return {
    errors,
    add,
    parse: (schema: z.ZodType | undefined, value: unknown): unknown => {
      const result = schema?.safeParse(value, { reportInput: true });
      for (const error of result?.error ? fieldErrors(result.error, isNullMissing) : []) add(error);
      return result?.data;
    },
  };
}

/** Checks and converts the path parameters; throws `invalid_input`. */
export function validateParams(declaration: EndpointDeclaration, request: Request): Record<string, unknown> {
  const { parse, errors } = createParser();
  const params = parse(declaration.params, request.params) as Record<string, unknown> | undefined;
  if (errors.length > 0) throw invalidInput(errors);
  return params ?? {};
}

interface ValidatedInput {
  query: unknown;
  headers: unknown;
  body: unknown;
}

/** Checks and converts query, headers and body; throws one refusal that names every wrong field. */
export function validateInput(
  declaration: EndpointDeclaration,
  request: Request,
  body: unknown,
): ValidatedInput {
  // Where clients of old know one message for what is missing, they send `null` for it, too.
  const { parse, add, errors } = createParser({ isNullMissing: declaration.invalidMessage !== undefined });
  for (const [name, value] of Object.entries(request.query)) {
    if (Array.isArray(value)) add(fieldError(name, 'given_twice'));
  }
  const input = {
    query: parse(declaration.query, request.query),
    headers: parse(declaration.headers, request.headers),
    body: parse(declaration.body, body),
  };
  if (errors.length > 0) {
    // The message of old is kept for the case it was made for: a field is missing, or has nothing in it.
    const isFieldMissing = errors.some(({ code }) => MISSING.has(code));
    throw invalidInput(errors, isFieldMissing ? declaration.invalidMessage : undefined);
  }
  return input;
}
