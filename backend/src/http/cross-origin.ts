import cors from 'cors';
import type { Request, RequestHandler } from 'express';

const PREFLIGHT_SECONDS = 600;

/** Whether a page of the allow-list asks. */
export function isFromAllowedOrigin(request: Request, allowedOrigins: readonly string[]): boolean {
  const origin = request.get('origin');
  return origin !== undefined && allowedOrigins.includes(origin);
}

/**
 * CORS for the sites of the allow-list, and nobody else (S30): an origin is answered only if it is on the list, never
 * because it asked. Existing storefronts ask with `credentials: 'include'`, and a browser keeps an answer from them
 * that does not allow it. The session cookie stays with our own site all the same (SameSite=Strict): what works is
 * their Bearer token.
 */
export function crossOrigin(allowedOrigins: readonly string[]): RequestHandler {
  const answer = cors({
    origin: [...allowedOrigins],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'Last-Event-ID',
      'Prefer',
      'X-Request-Id',
      'traceparent',
    ],
    exposedHeaders: [
      'Content-Disposition',
      'ETag',
      'Idempotency-Replayed',
      'Location',
      'Preference-Applied',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: PREFLIGHT_SECONDS,
  });
  return (request, response, next) => {
    // Also for those who are not on the list: a cache must not hand on what it was told for another origin.
    response.vary('Origin');
    if (isFromAllowedOrigin(request, allowedOrigins)) answer(request, response, next);
    else next();
  };
}
