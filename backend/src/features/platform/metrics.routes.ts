import { createHash, timingSafeEqual } from 'node:crypto';
import { readMetrics } from '#contract/metrics.ts';
import { forbidden } from '../../errors.ts';
import { type Route, route } from '../../http/endpoint-router.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Metrics are for operators (S31): from the machine itself, but not through a proxy on it, or with a token. */
export function createMetricsRoutes(parts: {
  readMetrics: () => Promise<string>;
  tokens: readonly string[];
}): Route[] {
  return [
    route(readMetrics).handledBy(async ({ headers, client }) => {
      const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
      const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
      const hasToken = bearer !== undefined && parts.tokens.some((token) => isSame(bearer, token));
      if (!hasToken && (isForwarded || !LOOPBACK.has(client.address))) throw forbidden();
      return { status: 200, body: await parts.readMetrics() };
    }),
  ];
}
