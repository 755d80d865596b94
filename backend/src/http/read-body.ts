import { json, type Request, type Response } from 'express';
import { fieldError } from '#contract/field-errors.ts';
import { invalidInput, Refusal } from '../errors.ts';

const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 8;

// No inflating: a small packed body could unpack to a large one, and no client of ours packs its requests.
const parseJson = json({ limit: MAX_BYTES, inflate: false, strict: false, type: 'application/json' });

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  return Object.values(value).some((part) => isDeeperThan(part, depth - 1));
}

/**
 * Answers the JSON body, or an empty object when there is none. Throws `malformed_json`, `body_too_large`,
 * `unsupported_media_type`, or `invalid_input` for one that nests too deep.
 */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  const hasBody =
    request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0;
  if (!hasBody) return {};
  if (!request.is('application/json')) {
    throw new Refusal('unsupported_media_type', { message: 'the body must be JSON' });
  }
  await new Promise<void>((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  if (isDeeperThan(request.body, MAX_DEPTH)) {
    throw invalidInput([fieldError('', 'too_deep', { levels: MAX_DEPTH })]);
  }
  return request.body;
}
