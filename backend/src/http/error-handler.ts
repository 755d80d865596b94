import type { ErrorRequestHandler, Response } from 'express';
import { ERROR_CODES, type ErrorCode, type Problem } from '#contract/errors.ts';
import { isConflict, isDatabaseAway } from '../database/database-errors.ts';
import { Refusal, unavailable } from '../errors.ts';
import type { Metrics } from '../observability/metrics.ts';
import { contextOf, methodLabel, routeLabel } from './request-context.ts';

const RETRY_AFTER_SECONDS = 2;

/** What body-parser and the router throw: an Error with a status and a type. */
interface HttpError {
  status?: number;
  type?: string;
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  // A conflict that outlasted its replays: somebody holds the row, and nothing was changed.
  if (isDatabaseAway(error) || isConflict(error))
    return unavailable('not available right now, try again soon', RETRY_AFTER_SECONDS);
  if (!(error instanceof Error)) return undefined;
  const { status, type } = error as Error & HttpError;
  if (type === 'entity.parse.failed')
    return new Refusal('malformed_json', { message: 'the body is not well-formed JSON' });
  if (type === 'request.aborted' || type === 'request.size.invalid') {
    return new Refusal('malformed_json', { message: 'the body did not arrive whole' });
  }
  if (status === 413) return new Refusal('body_too_large', { message: 'the body is larger than 64 KiB' });
  if (status === 415)
    return new Refusal('unsupported_media_type', { message: 'the body must be JSON in UTF-8' });
  if (error instanceof URIError || status === 400) {
    return new Refusal('invalid_input', { message: 'the address is not well-formed' });
  }
  return undefined;
}

/** Sends the one error shape. `Retry-After` and the extension members come with the refusal. */
export function sendProblem(response: Response, refusal: Refusal): void {
  const { status, title } = ERROR_CODES[refusal.code];
  const { message, errors, retryAfterSeconds, headers, extension } = refusal.details;
  const problem: Problem = {
    type: `/api/docs#${refusal.code}`,
    title,
    status,
    code: refusal.code,
    message,
    requestId: contextOf(response).requestId,
    ...(errors && { errors }),
    ...extension,
  };
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.setHeader('Cache-Control', 'no-store');
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

const SECURITY_CODES: ReadonlySet<ErrorCode> = new Set([
  'unauthorized',
  'forbidden',
  'foreign_origin',
  'reauthentication_required',
  'wrong_password',
  'too_many_requests',
]);

/** The one place where errors become answers. What is not a refusal is our bug: logged whole, told as nothing. */
export function createErrorHandler(metrics: Metrics): ErrorRequestHandler {
  return (error, request, response, next) => {
    const { log, route, userId } = contextOf(response);
    const refusal = refusalOf(error);
    if (!refusal) log.error({ err: error }, 'unexpected error');
    else if (refusal.code === 'unavailable')
      log.warn({ code: refusal.code, cause: String(error) }, 'refused');
    else if (SECURITY_CODES.has(refusal.code)) {
      log.info({ securityEvent: 'refused', code: refusal.code, route, userId }, 'refused');
    }
    const told =
      refusal ?? new Refusal('internal', { message: 'something broke on our side; it has been recorded' });
    metrics.refusals.inc({ method: methodLabel(request), route: routeLabel(response), code: told.code });
    if (response.headersSent) next(error);
    else sendProblem(response, told);
  };
}
