import { subscribe } from 'node:diagnostics_channel';
import {
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { parentContext } from './current-span.ts';

interface CallRequest {
  origin: string | URL;
  method: string;
  addHeader(name: string, value: string): void;
}

const propagator = new W3CTraceContextPropagator();

/** A span for each call we make. Of its address only the host is told: the path may hold our key. */
export function traceCalls(tracer: Tracer): void {
  const spans = new WeakMap<object, Span>();
  const spanOf = (message: unknown): Span | undefined => spans.get((message as { request: object }).request);

  subscribe('undici:request:create', (message) => {
    const { request } = message as { request: CallRequest };
    const { hostname, port, protocol } = new URL(request.origin);
    const span = tracer.startSpan(
      `${request.method} ${hostname}`,
      {
        kind: SpanKind.CLIENT,
        attributes: {
          'http.request.method': request.method,
          'server.address': hostname,
          'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
        },
      },
      parentContext(),
    );
    spans.set(request, span);
    const headers: Record<string, string> = {};
    propagator.inject(trace.setSpan(ROOT_CONTEXT, span), headers, defaultTextMapSetter);
    for (const [name, value] of Object.entries(headers)) request.addHeader(name, value);
  });
  subscribe('undici:request:headers', (message) => {
    const { statusCode } = (message as { response: { statusCode: number } }).response;
    const span = spanOf(message);
    span?.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 400) span?.setStatus({ code: SpanStatusCode.ERROR });
  });
  subscribe('undici:request:trailers', (message) => spanOf(message)?.end());
  subscribe('undici:request:error', (message) => {
    const { error } = message as { error: { code?: unknown; name?: unknown } };
    const span = spanOf(message);
    // The message of an error may quote the address.
    span?.setAttribute('error.type', String(typeof error.code === 'string' ? error.code : error.name));
    span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
}
