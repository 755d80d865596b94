import type { Request } from 'express';
import type { z } from 'zod';
import type { EndpointDeclaration } from '#contract/endpoint.ts';
import type { FieldError } from '#contract/errors.ts';
import { invalidInput } from '../errors.ts';

const REQUIRED = 'is required';

function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: 'input' in issue && issue.input === undefined ? REQUIRED : issue.message,
  }));
}

/** Collects what is wrong over several parts, one message a field. */
function createParser() {
  const errors: FieldError[] = [];
  const add = (error: FieldError): void => {
    if (!errors.some(({ path }) => path === error.path)) errors.push(error);
  };
  return {
    errors,
    add,
    parse: (schema: z.ZodType | undefined, value: unknown): unknown => {
      const result = schema?.safeParse(value, { reportInput: true });
      for (const error of result?.error ? fieldErrors(result.error) : []) add(error);
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
  const { parse, add, errors } = createParser();
  for (const [name, value] of Object.entries(request.query)) {
    if (Array.isArray(value)) add({ path: name, message: 'must be given once' });
  }
  const input = {
    query: parse(declaration.query, request.query),
    headers: parse(declaration.headers, request.headers),
    body: parse(declaration.body, body),
  };
  if (errors.length > 0) {
    // The message of old is kept for the case it was made for: a field is missing.
    const isFieldMissing = errors.some(({ message }) => message === REQUIRED);
    throw invalidInput(errors, isFieldMissing ? declaration.invalidMessage : undefined);
  }
  return input;
}
