import { request } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../../clock.ts';
import { createTimedAgent } from './timed-agent.client.ts';

const CONNECT_TIMEOUT_MS = 2_000;
// The factory's slow mode answers after 32 s, and that answer holds both the pizza and the cure: hanging up earlier
// would make the outage permanent.
const CALL_TIMEOUT_MS = 60_000;
const MAX_ANSWER_BYTES = 64 * 1024;

interface OrderedPizza {
  title: string;
  /** What its diner wrote on it. */
  note?: string | undefined;
}

/** An order as the factory is asked for it. */
export interface FactoryOrder {
  diner: { id: number; name: string; email: string };
  order: {
    id: number;
    franchiseId: number;
    storeId: number;
    items: (OrderedPizza & { menuId: number; price: number })[];
  };
}

// The factory's API has one text a pizza, and names no limit of it: this one is ours.
const MAX_DESCRIPTION = 255;

/**
 * What a pizza is called at the factory, and in what it signs: with the diner's words, because nobody else who makes it
 * would ever read them ("NO NUTS - allergy").
 */
function describePizza({ title, note }: OrderedPizza): string {
  const text = note ? `${title} (note: ${note})` : title;
  if (text.length <= MAX_DESCRIPTION) return text;
  // Half a character is no text that could be signed.
  return `${text
    .slice(0, MAX_DESCRIPTION - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`;
}

/** The body of the factory's API. */
function toBody({ diner, order }: FactoryOrder) {
  const items = order.items.map(({ menuId, price, ...pizza }) => ({
    menuId,
    description: describePizza(pizza),
    price,
  }));
  return { diner, order: { ...order, items } };
}

const answerSchema = z.object({
  jwt: z.string().optional(),
  // Of any length: judging it is the business of report-url.ts, and a good pizza must not suffer from it.
  reportUrl: z.string().optional(),
  message: z.string().optional(),
});

export interface Timing {
  /** By the database's clock, because it is stored and compared with what others have stored. */
  startedAt: Date;
  /** Undefined when the connection was open already, or never was. */
  connectMs: number | undefined;
  firstByteMs: number | undefined;
  totalMs: number;
}

/** What came of one call. `body` is undefined when the answer was no JSON object of the factory's form. */
export type FactoryReply =
  | {
      kind: 'answer';
      status: number;
      body: z.output<typeof answerSchema> | undefined;
      retryAfterMs: number | undefined;
      timing: Timing;
    }
  | { kind: 'unreachable' | 'timeout'; cause: string; timing: Timing };

async function readBounded(body: AsyncIterable<Buffer>): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseAnswer(text: string | undefined): z.output<typeof answerSchema> | undefined {
  if (text === undefined) return undefined;
  try {
    return answerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function readRetryAfter(value: string | string[] | undefined): number | undefined {
  return typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) * 1000 : undefined;
}

function causeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

/** The only file that knows the factory's HTTP. Its functions never throw: a fault is a reply. */
export function createPizzaFactoryClient(options: { origin: string; apiKey: string; clock: Clock }) {
  // A call may be pending for as long as the factory is slow, so the number of connections is bounded by the slots
  // of the fulfillment, not here. undici follows no redirects and verifies certificates.
  const { agent, time } = createTimedAgent({ connectTimeoutMs: CONNECT_TIMEOUT_MS });

  async function post(order: object): Promise<FactoryReply> {
    const startedAt = options.clock();
    const start = performance.now();
    const elapsed = (): number => Math.round(performance.now() - start);
    const deadline = AbortSignal.timeout(CALL_TIMEOUT_MS);
    const { answer, time: connection } = time(() =>
      request(`${options.origin}/api/order`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${options.apiKey}`,
          'content-type': 'application/json',
          accept: 'application/json',
        },
        body: JSON.stringify(order),
        dispatcher: agent,
        signal: deadline,
      }),
    );
    try {
      const response = await answer;
      const firstByteMs = elapsed();
      const text = await readBounded(response.body);
      return {
        kind: 'answer',
        status: response.statusCode,
        body: parseAnswer(text),
        retryAfterMs: readRetryAfter(response.headers['retry-after']),
        timing: { startedAt, ...connection, firstByteMs, totalMs: elapsed() },
      };
    } catch (error) {
      const timing = { startedAt, ...connection, firstByteMs: undefined, totalMs: elapsed() };
      if (deadline.aborted) return { kind: 'timeout', cause: 'no answer in time', timing };
      return { kind: 'unreachable', cause: causeOf(error), timing };
    }
  }

  return {
    origin: options.origin,
    makePizza: (order: FactoryOrder): Promise<FactoryReply> => post(toBody(order)),
    /** Asks for nothing: a healthy factory answers 400 at once and makes nothing, an ill one shows its fault. */
    probe: (): Promise<FactoryReply> => post({}),
    close: (): Promise<void> => agent.destroy(),
  };
}

export type PizzaFactoryClient = ReturnType<typeof createPizzaFactoryClient>;
