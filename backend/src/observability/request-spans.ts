import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  defaultTextMapGetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { currentRequest } from './current-span.ts';

// Asked every few seconds by machines, which would be most of what is traced.
const UNTRACED = /^\/(health|metrics)\b/;

// What Express adds to a request once a route was found: a pattern, where the path may hold the secret of a link.
type Routed = IncomingMessage & { route?: { path?: unknown } };

const propagator = new W3CTraceContextPropagator();

/** A span for each request that is served, in the trace its client began, if it did. */
export function traceRequests(tracer: Tracer): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: Routed; response: ServerResponse };
    if (UNTRACED.test(request.url ?? '')) return;
    const method = request.method ?? 'GET';
    const span = tracer.startSpan(
      method,
      { kind: SpanKind.SERVER, attributes: { 'http.request.method': method, 'url.scheme': 'http' } },
      propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter),
    );
    // Node calls its HTTP parser's callbacks in a scope of their own: this ends with the one that brought the request.
    currentRequest.enterWith(span);
    response.once('close', () => {
      const route = request.route?.path;
      if (typeof route === 'string') {
        span.updateName(`${method} ${route}`);
        span.setAttribute('http.route', route);
      }
      if (response.headersSent) {
        span.setAttributes({
          'http.response.status_code': response.statusCode,
          // By which the log lines of a request are found.
          'http.response.header.x-request-id': [String(response.getHeader('x-request-id'))],
        });
        if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    });
  });
}
