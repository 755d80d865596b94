import { ERROR_CODES, type ErrorCode, type Problem } from '#contract/errors.ts';
import type { FieldError } from '#contract/field-errors.ts';

type ProblemExtension = Pick<
  Problem,
  'prices' | 'current' | 'order' | 'reportPizzaCreationErrorToPizzaFactoryUrl' | 'followLinkToEndChaos'
>;

interface Details {
  message: string;
  errors?: FieldError[];
  retryAfterSeconds?: number;
  headers?: Record<string, string>;
  extension?: ProblemExtension;
}

/**
 * A refusal that a client is told about. Its code decides the status (contract/errors.ts);
 * http/error-handler.ts is the one place that turns it into an answer.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: Details;

  constructor(code: ErrorCode, details: Details) {
    super(details.message);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

export function invalidInput(errors: FieldError[], message?: string): Refusal {
  return new Refusal('invalid_input', { message: message ?? describeFields(errors), errors });
}

function describeFields(errors: FieldError[]): string {
  const [first] = errors;
  if (!first) return 'the input is not valid';
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${first.path || 'body'} ${first.message}${others}`;
}

export function unauthorized(): Refusal {
  return new Refusal('unauthorized', { message: 'unauthorized' });
}

export function forbidden(message = 'unauthorized'): Refusal {
  return new Refusal('forbidden', { message });
}

export function notFound(what: string): Refusal {
  return new Refusal('not_found', { message: `unknown ${what}` });
}

/** Somebody else changed it since the version the change was made from; the present state tells what they did. */
export function changedMeanwhile(current: Record<string, unknown>): Refusal {
  return new Refusal('version_conflict', {
    message: 'somebody else changed this meanwhile',
    extension: { current },
  });
}

/** Overloaded or without its database: nothing was promised, come back later. */
export function unavailable(message: string, retryAfterSeconds: number): Refusal {
  return new Refusal('unavailable', { message, retryAfterSeconds });
}
