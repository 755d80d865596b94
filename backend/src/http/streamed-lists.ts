import { once } from 'node:events';
import type { Response } from 'express';
import { z } from 'zod';

// Much less than a page of anything, and more than a packet: what waits in memory for a slow reader.
const CHUNK_CHARACTERS = 64 * 1024;

export interface ListedAnswer {
  body: unknown;
  /** The entries of each list that the body leaves out. */
  lists: Record<string, AsyncIterable<unknown>>;
}

function objectOf(schema: z.ZodType | undefined): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  throw new Error('an answer with streamed lists is declared as an object');
}

/** The JSON of such an answer; only declared fields leave, as with any other. */
async function* piecesOf(schema: z.ZodObject, { body, lists }: ListedAnswer): AsyncGenerator<string> {
  const names = Object.keys(lists);
  const shape = Object.entries(schema.shape).filter(([name]) => !names.includes(name));
  yield JSON.stringify(z.object(Object.fromEntries(shape)).parse(body)).slice(0, -1);
  for (const name of names) {
    const list = schema.shape[name];
    if (!(list instanceof z.ZodArray)) throw new Error(`${name} is not declared as a list`);
    yield `,${JSON.stringify(name)}:[`;
    let comma = '';
    for await (const entry of lists[name] ?? []) {
      yield `${comma}${JSON.stringify((list.element as z.ZodType).parse(entry))}`;
      comma = ',';
    }
    yield ']';
  }
  yield '}';
}

/**
 * Sends JSON whose lists nobody knows the length of: entries are read while the client takes them, so the longest list
 * costs no more memory than the shortest. `begin` is called before the first byte; what fails before is an ordinary
 * error, and what fails later breaks the connection, so that nobody takes a part for the whole.
 */
export async function sendLists(
  response: Response,
  { schema, answer, begin }: { schema: z.ZodType | undefined; answer: ListedAnswer; begin: () => void },
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  let waiting = '';
  const write = async (): Promise<void> => {
    if (!response.headersSent) begin();
    const isTaken = response.write(waiting);
    waiting = '';
    if (!isTaken) await once(response, 'drain', { signal: gone.signal });
  };
  try {
    for await (const piece of piecesOf(objectOf(schema), answer)) {
      waiting += piece;
      if (waiting.length >= CHUNK_CHARACTERS) await write();
      if (gone.signal.aborted) return;
    }
    await write();
    response.end();
  } catch (error) {
    // Whoever has gone is told nothing.
    if (!gone.signal.aborted) throw error;
  }
}
