import { actingUser } from './acting-user.ts';

export interface SentRequest {
  status: number;
  ms: number;
  /** The answer's text, JSON laid out for reading. */
  text: string;
}

function layOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Of a stream, which may not end for long, what it says up to its first event. */
async function textOf(response: Response): Promise<string> {
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  if (!isStream || !response.body) return response.text();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    if (/^data: .*\n\n/m.test(text)) break;
  }
  await reader.cancel();
  return text;
}

/**
 * Sends what somebody typed, as it stands, and answers whatever came back; for the reference page. Our pages use
 * callApi, which knows the contract. Rejects when the service cannot be reached.
 */
export async function sendRequest(request: {
  method: string;
  path: string;
  body: string | undefined;
}): Promise<SentRequest> {
  const user = actingUser();
  const startedAt = performance.now();
  const response = await fetch(request.path, {
    method: request.method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      // What is tried here is done for whom the page shows, or not at all.
      ...(user && request.method !== 'GET' && { 'expect-user': String(user) }),
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(request.body !== undefined && { body: request.body }),
  });
  const text = await textOf(response);
  return { status: response.status, ms: Math.round(performance.now() - startedAt), text: layOut(text) };
}
