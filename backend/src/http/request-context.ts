import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from '../observability/logger.ts';

/** What every request carries from its first middleware to its last log line. */
export interface RequestContext {
  requestId: string;
  log: Logger;
  /** Path pattern of the endpoint, once one was found: bounded, unlike paths. */
  route: string | undefined;
  userId: number | undefined;
}

const WELL_FORMED_ID = /^[A-Za-z0-9_.-]{8,64}$/;
// W3C Trace Context: version-traceid-parentid-flags; the trace id is what other systems search by.
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

const contexts = new WeakMap<Response, RequestContext>();

/** Answers the context of a response; throws when the middleware below did not run first. */
export function contextOf(response: Response): RequestContext {
  const context = contexts.get(response);
  if (!context) throw new Error('the request context middleware must come first');
  return context;
}

function chooseRequestId(request: Request): string {
  const given = request.get('x-request-id');
  if (given && WELL_FORMED_ID.test(given)) return given;
  const trace = TRACEPARENT.exec(request.get('traceparent') ?? '');
  return trace?.[1] ?? randomUUID();
}

/** Gives each request an id, answered as `X-Request-Id`, and writes its one log line when it ends. */
export function requestContext(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const requestId = chooseRequestId(request);
    const context: RequestContext = {
      requestId,
      log: log.child({ requestId }),
      route: undefined,
      userId: undefined,
    };
    contexts.set(response, context);
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => {
      context.log.info(
        {
          method: request.method,
          route: context.route ?? 'none',
          status: response.writableFinished ? response.statusCode : 499,
          ms: Math.round(performance.now() - startedAt),
          userId: context.userId,
          isAuthenticated: context.userId !== undefined,
          requestBytes: Number(request.get('content-length') ?? 0),
          responseBytes: Number(response.getHeader('content-length') ?? 0),
        },
        'request',
      );
    });
    next();
  };
}
