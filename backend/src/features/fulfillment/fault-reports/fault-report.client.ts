import { Agent, request } from 'undici';

const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** What came of one report. Nothing in it is the URL or part of it: the URL holds our key. */
export type ReportReply =
  | { kind: 'answered'; status: number; isOk: boolean; totalMs: number }
  | { kind: 'unreachable' | 'timeout'; cause: string; totalMs: number };

/** The message of an error may quote the URL; its code never does. */
function causeOf(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : 'unknown';
}

/** Whether an answer ends within the bound. Its text is of no use: the next attempt proves the cure, not words. */
async function endsWithinBound(body: AsyncIterable<Buffer>): Promise<boolean> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) return false;
  }
  return true;
}

/** Opens report URLs. It never throws: a fault is a reply. */
export function createReportClient() {
  // undici verifies certificates and follows no redirect: the key must not travel on to wherever an answer points.
  const agent = new Agent({ connect: { timeout: TIMEOUT_MS }, headersTimeout: 0, bodyTimeout: 0 });

  /** Takes a URL of `rebuildReportUrl` and nothing else. */
  async function call(url: string): Promise<ReportReply> {
    const start = performance.now();
    const elapsed = (): number => Math.round(performance.now() - start);
    const deadline = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await request(url, {
        method: 'GET',
        headers: { accept: 'application/json' },
        dispatcher: agent,
        signal: deadline,
      });
      const isSuccess = response.statusCode >= 200 && response.statusCode < 300;
      const isWhole = await endsWithinBound(response.body);
      return {
        kind: 'answered',
        status: response.statusCode,
        isOk: isSuccess && isWhole,
        totalMs: elapsed(),
      };
    } catch (error) {
      if (deadline.aborted) return { kind: 'timeout', cause: 'no answer in time', totalMs: elapsed() };
      return { kind: 'unreachable', cause: causeOf(error), totalMs: elapsed() };
    }
  }

  return { call, close: (): Promise<void> => agent.destroy() };
}

export type ReportClient = ReturnType<typeof createReportClient>;
