import type { IncomingMessage } from 'node:http';
import { EVENT_STREAM } from '#contract/endpoint.ts';
import { eventually } from './eventually.ts';

/** One event, its data parsed from JSON. */
export interface StreamEvent {
  event: string;
  id?: string;
  data: unknown;
}

const FRAME_END = '\n\n';

function parseFrame(frame: string): StreamEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of frame.split('\n')) {
    const [, name = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
    fields.set(name, value);
  }
  const [event, id, data] = ['event', 'id', 'data'].map((name) => fields.get(name));
  if (data === undefined) return undefined;
  return { event: event ?? 'message', ...(id !== undefined && { id }), data: JSON.parse(data) as unknown };
}

/** The events whose frames are whole, as an EventSource would tell of them: no comments, no hints. */
export function parseEvents(text: string): StreamEvent[] {
  return text
    .split(FRAME_END)
    .slice(0, -1)
    .map(parseFrame)
    .filter((event) => event !== undefined);
}

/**
 * The text of an answer; of a stream, which may not end for long, what it says up to its first event. For those who
 * walk through all endpoints.
 */
export async function readAnswer(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  const isStream = response.headers['content-type'] === EVENT_STREAM;
  let text = '';
  for await (const chunk of response) {
    text += String(chunk);
    // Leaving the loop hangs up.
    if (isStream && parseEvents(text).length > 0) break;
  }
  return text;
}

const SOON_MS = 5_000;

/** Follows a stream over a real socket. `text` is all that came; `hasEnded` once the service, or `leave`, ended it. */
export async function openStream(address: string, headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const response = await fetch(address, { headers, signal: leaving.signal });
  let text = '';
  let ended: 'cleanly' | 'broken' | undefined;

  async function read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  }
  const reading = read().then(
    () => {
      ended = 'cleanly';
    },
    () => {
      ended = 'broken';
    },
  );

  return {
    response,
    text: (): string => text,
    events: (): StreamEvent[] => parseEvents(text),
    /** The first `count` events; throws when there are fewer by then. */
    firstEvents: (count: number): Promise<StreamEvent[]> =>
      eventually(
        `${count} events of ${address}`,
        () => parseEvents(text).length >= count && parseEvents(text).slice(0, count),
        SOON_MS,
      ),
    /** How the service ended it; throws when it has not by then. */
    hasEnded: (): Promise<'cleanly' | 'broken'> => eventually(`the end of ${address}`, () => ended, SOON_MS),
    isOpen: (): boolean => ended === undefined,
    async leave(): Promise<void> {
      leaving.abort();
      await reading;
    },
  };
}

export type OpenedStream = Awaited<ReturnType<typeof openStream>>;
