import cors from 'cors';
import type { RequestHandler } from 'express';

const PREFLIGHT_SECONDS = 600;

/**
 * CORS for the sites of the allow-list, and nobody else (S30): an origin is answered only if it is on the list, never
 * because it asked. Without credentials: other sites use Bearer tokens, the cookie stays with our own pages.
 */
export function crossOrigin(allowedOrigins: readonly string[]): RequestHandler {
  return cors({
    origin: [...allowedOrigins],
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'Last-Event-ID',
      'Prefer',
      'X-Request-Id',
      'traceparent',
    ],
    exposedHeaders: ['Location', 'Retry-After', 'X-Request-Id', 'Idempotency-Replayed', 'Preference-Applied'],
    maxAge: PREFLIGHT_SECONDS,
  });
}
