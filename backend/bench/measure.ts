import autocannon from 'autocannon';

/** What is sent, over and over. */
export interface Load {
  url: string;
  method: 'GET' | 'POST' | 'PUT';
  headers: Record<string, string>;
  body?: string;
  connections: number;
}

export interface Measured {
  /** Answers a second. */
  rate: number;
  /** Milliseconds from when a request was due until its answer was there. */
  p50Ms: number;
  p99Ms: number;
  /** Answers that were no success, and requests without an answer. */
  refused: number;
}

async function run(load: Load, options: Partial<autocannon.Options>): Promise<Measured> {
  const { url, method, headers, body, connections } = load;
  const result = await autocannon({
    url,
    method,
    headers,
    ...(body !== undefined && { body }),
    connections,
    timeout: 60,
    ...options,
  });
  return {
    rate: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    refused: result.non2xx + result.errors,
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
