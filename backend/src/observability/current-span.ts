import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';

/** The request on whose behalf something is done. */
export const currentRequest = new AsyncLocalStorage<Span>();

export function parentContext(): Context {
  const span = currentRequest.getStore();
  return span ? trace.setSpan(ROOT_CONTEXT, span) : ROOT_CONTEXT;
}
