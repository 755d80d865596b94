import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';

const packed = promisify(gzip);
// Names and pages are chosen by whoever asks, so there could be any number of them.
const MOST_KEPT = 1_000;

/** An answer that is the same for everybody, ready to be sent. */
interface SharedAnswer {
  plain: Buffer;
  /** Compressed once. It holds nothing of who asked, so its size tells nobody anything (BREACH). */
  packed: Buffer;
  tag: string;
}

async function prepare(body: unknown): Promise<SharedAnswer> {
  const plain = Buffer.from(JSON.stringify(body));
  const tag = createHash('sha256').update(plain).digest('base64url');
  return { plain, packed: await packed(plain), tag };
}

/**
 * Keeps answers for as long as nobody can mind: `freshMs` after they were read, and on the node that changed something
 * not even that long. Money is never taken from here: an order is priced inside its transaction.
 */
export function createSharedAnswers(freshMs: number) {
  let kept = new Map<string, { answer: Promise<SharedAnswer>; readAtMs: number }>();

  return {
    /** Something was changed: whoever asks from now on is told what is true now. */
    forget(): void {
      kept = new Map();
    },
    /** Those who ask for the same at the same time share one reading. */
    read(key: string, make: () => Promise<unknown>): Promise<SharedAnswer> {
      const now = performance.now();
      const known = kept.get(key);
      if (known && now - known.readAtMs < freshMs) return known.answer;
      const answers = kept;
      const answer = make().then(prepare);
      answers.delete(key);
      answers.set(key, { answer, readAtMs: now });
      const [oldest] = answers.keys();
      if (answers.size > MOST_KEPT && oldest !== undefined) answers.delete(oldest);
      answer.catch(() => answers.delete(key));
      return answer;
    },
  };
}

export type SharedAnswers = ReturnType<typeof createSharedAnswers>;

/** Sends it, or 304 to a client that has it (RFC 9110, 13.1.2). Any cache may keep it, and must ask before it uses it. */
export function sendShared(request: Request, response: Response, answer: SharedAnswer): void {
  const isPacked = request.acceptsEncodings('gzip') === 'gzip';
  response.setHeader('Cache-Control', 'public, no-cache');
  response.setHeader('ETag', isPacked ? `"${answer.tag}-gzip"` : `"${answer.tag}"`);
  response.vary('Accept-Encoding');
  response.status(200);
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  if (isPacked) response.setHeader('Content-Encoding', 'gzip');
  const body = isPacked ? answer.packed : answer.plain;
  response.setHeader('Content-Length', body.length);
  response.end(body);
}
