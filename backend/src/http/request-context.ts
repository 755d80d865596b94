import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';

/** What every request carries from its first middleware to its last log line. */
export interface RequestContext {
  requestId: string;
  readonly log: Logger;
  /** Path pattern of the endpoint, once one was found: bounded, unlike paths. */
  route: string | undefined;
  userId: number | undefined;
  /** For an answer that goes on for as long as the client listens: when its head was sent. */
  streamBeganAt: number | undefined;
}

const WELL_FORMED_ID = /^[A-Za-z0-9_.-]{8,64}$/;
// W3C Trace Context: version-traceid-parentid-flags; the trace id is what other systems search by.
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);
/** As proxies log a client that went away before its answer. */
const CLIENT_CLOSED_REQUEST = 499;

const contexts = new WeakMap<Response, RequestContext>();

/** Answers the context of a response; throws when the middleware below did not run first. */
export function contextOf(response: Response): RequestContext {
  const context = contexts.get(response);
  if (!context) throw new Error('the request context middleware must come first');
  return context;
}

/** An unknown verb would be a label that clients choose. */
export const methodLabel = ({ method }: Request): string => (KNOWN_METHODS.has(method) ? method : 'other');

export const routeLabel = (response: Response): string => contextOf(response).route ?? 'none';

function chooseRequestId(request: Request): string {
  const given = request.get('x-request-id');
  if (given && WELL_FORMED_ID.test(given)) return given;
  const trace = TRACEPARENT.exec(request.get('traceparent') ?? '');
  return trace?.[1] ?? randomUUID();
}

/** Gives each request an id, answered as `X-Request-Id`, and writes its one log line when it ends. */
export function requestContext(log: Logger, metrics: Metrics): RequestHandler {
  // Its fields are named one by one below and hold no secret, so they need not be searched for one.
  const lines = log.child({}, { redact: [] });
  return (request, response, next) => {
    const startedAt = performance.now();
    const requestId = chooseRequestId(request);
    const { socket } = request;
    const readBefore = socket.bytesRead;
    const writtenBefore = socket.bytesWritten;
    let ownLog: Logger | undefined;
    const context: RequestContext = {
      requestId,
      // Most requests have nothing to say but their one line.
      get log() {
        ownLog ??= log.child({ requestId });
        return ownLog;
      },
      route: undefined,
      userId: undefined,
      streamBeganAt: undefined,
    };
    contexts.set(response, context);
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => {
      const route = routeLabel(response);
      const { streamBeganAt } = context;
      // A stream is answered when it begins; that its client leaves in the end is how it goes.
      const isAnswered = response.writableFinished || streamBeganAt !== undefined;
      const status = isAnswered ? response.statusCode : CLIENT_CLOSED_REQUEST;
      const ms = performance.now() - startedAt;
      const answerMs = streamBeganAt === undefined ? ms : streamBeganAt - startedAt;
      const method = methodLabel(request);
      if (context.userId !== undefined) metrics.activeUsers.saw(context.userId);
      metrics.httpSeconds.observe({ method, route, status }, answerMs / 1000);
      lines.info(
        {
          requestId,
          method: request.method,
          route,
          status,
          ms: Math.round(ms),
          userId: context.userId,
          isAuthenticated: context.userId !== undefined,
          // A body that does not tell its length is what came after the head.
          requestBytes: Number(request.get('content-length') ?? socket.bytesRead - readBefore),
          // As it went over the wire, its head too: compressed answers and streams have no length of their own.
          responseBytes: socket.bytesWritten - writtenBefore,
        },
        'request',
      );
    });
    next();
  };
}
