import autocannon, { type Request } from 'autocannon';
import bcrypt from 'bcrypt';
import { request } from 'undici';

/** What is sent, over and over. */
export interface Load {
  url: string;
  method: 'GET' | 'POST' | 'PUT';
  headers: Record<string, string>;
  /** One after the other. */
  bodies?: readonly string[];
  /** Different requests, one after the other, instead of one. */
  requests?: Request[];
  /** Asks whether the answer is still the one it has. */
  isConditional?: boolean;
  connections: number;
}

export interface Measured {
  /** Answers a second. */
  rate: number;
  /** Milliseconds from when a request was due until its answer was there. */
  p50Ms: number;
  p99Ms: number;
  answers: number;
  /** Answers that were no success, and requests without an answer. */
  refused: number;
}

async function requestsOf({
  url,
  method,
  headers,
  bodies,
  requests,
  isConditional,
}: Load): Promise<Request[]> {
  if (requests) return requests;
  const { pathname, search } = new URL(url);
  const path = `${pathname}${search}`;
  if (bodies) return bodies.map((body) => ({ method, path, headers, body }));
  if (!isConditional) return [{ method, path, headers }];
  const answer = await request(url);
  await answer.body.dump();
  return [{ method, path, headers: { 'if-none-match': String(answer.headers.etag ?? '"none"') } }];
}

async function run(load: Load, options: Partial<autocannon.Options>): Promise<Measured> {
  const result = await autocannon({
    url: load.url,
    requests: await requestsOf(load),
    connections: load.connections,
    timeout: 60,
    ...options,
  });
  const answers = result['2xx'] + result['3xx'];
  return {
    rate: answers / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    answers,
    refused: result['4xx'] + result['5xx'] + result.errors,
  };
}

/** Closed loop: each connection asks again as soon as it is answered. Tells the most that goes through. */
export function measureClosed(load: Load, seconds: number): Promise<Measured> {
  return run(load, { duration: seconds });
}

/**
 * Open loop: requests come at a fixed rate whether answers are there or not, as people do, and each waits from when it
 * was due. Tells how long people wait.
 */
export function measureOpen(
  load: Load,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<Measured> {
  return run(load, { duration: seconds, overallRate: Math.max(1, Math.round(rate)) });
}

/** How many passwords are checked a second on two threads, and nothing else done. */
export async function measureBcrypt(cost: number, seconds: number): Promise<number> {
  const hash = await bcrypt.hash('a long pass phrase', cost);
  const endAt = performance.now() + seconds * 1000;
  let checked = 0;
  const checkOn = async (): Promise<void> => {
    while (performance.now() < endAt) {
      await bcrypt.compare('a long pass phrase', hash);
      checked += 1;
    }
  };
  const startedAt = performance.now();
  await Promise.all([checkOn(), checkOn()]);
  return checked / ((performance.now() - startedAt) / 1000);
}
