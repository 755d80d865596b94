import express, { type Express } from 'express';
import type { ErrorCode } from '#contract/errors.ts';
import { Refusal } from '../errors.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { ReadClient } from './client.ts';
import { crossOrigin } from './cross-origin.ts';
import { type Authenticate, createEndpointRouter, type Route } from './endpoint-router.ts';
import { createErrorHandler } from './error-handler.ts';
import type { EventStreams } from './event-stream.ts';
import { requestContext } from './request-context.ts';
import { securityHeaders } from './security-headers.ts';
import type { SharedAnswers } from './shared-answers.ts';
import { serveStorefront } from './storefront.ts';

interface AppDeps {
  log: Logger;
  metrics: Metrics;
  routes: readonly Route[];
  authenticate: Authenticate;
  readClient: ReadClient;
  eventStreams: EventStreams;
  sharedAnswers: SharedAnswers;
  trustProxyHops: number;
  /** Folder of the built storefront; undefined serves the API alone. */
  storefrontFolder: string | undefined;
  publicUrl: string;
  /** Other sites whose pages may call the API with a Bearer token. */
  allowedOrigins: readonly string[];
}

/** What is our fault, or a limit of ours. */
const WATCHED_CODES: readonly ErrorCode[] = ['internal', 'unavailable', 'too_many_requests'];

/** An alert on the first of them must find a zero before it. */
function startCountingRefusals(metrics: Metrics, routes: readonly Route[]): void {
  for (const { endpoint } of routes) {
    for (const code of WATCHED_CODES) {
      metrics.refusals.inc({ method: endpoint.method, route: endpoint.path, code }, 0);
    }
  }
}

/** The middleware stack, in the order a request meets it. */
export function createApp(parts: AppDeps): Express {
  startCountingRefusals(parts.metrics, parts.routes);
  const app = express();
  app.set('trust proxy', parts.trustProxyHops);
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use(requestContext(parts.log, parts.metrics));
  app.use(securityHeaders(parts.publicUrl));
  if (parts.allowedOrigins.length > 0) app.use(crossOrigin(parts.allowedOrigins));
  // Before the API, because both answer `/` and `/api/docs`: a browser asks for text/html, a client for JSON.
  if (parts.storefrontFolder) app.use(serveStorefront(parts.storefrontFolder));
  app.use(createEndpointRouter(parts));
  app.use(() => {
    throw new Refusal('unknown_endpoint', { message: 'unknown endpoint' });
  });
  app.use(createErrorHandler(parts.metrics));
  return app;
}
