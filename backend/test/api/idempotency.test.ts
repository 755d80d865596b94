import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Agent, request } from 'undici';
import { anOrderRequest, aUser, type LoggedIn } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

// A share of the 1,000 keys that `IDEMPOTENCY_KEYS=1000 npm test -- jest idempotency` tries.
const KEYS = Number(process.env.IDEMPOTENCY_KEYS || 20);
const REQUESTS_OF_A_KEY = 50;
// All requests of a key go out together, and those of the other keys between them.
const KEYS_AT_ONCE = 4;
const DINERS = 10;
const MS_PER_REQUEST = 20;
const ALL_READY_WITHIN_MS = 60_000;

let service: TestService;
let diners: LoggedIn[];
let agent: Agent;
beforeAll(async () => {
  service = await startTestService({ logLevel: 'warn' });
  diners = [];
  for (let count = 0; count < DINERS; count += 1) diners.push(await aUser(service));
  agent = new Agent({ connections: KEYS_AT_ONCE * REQUESTS_OF_A_KEY });
});
afterAll(async () => {
  await agent.close();
  await service.stop();
});

interface Answer {
  key: string;
  status: number;
  code: unknown;
  retryAfter: string | undefined;
  orderId: number | undefined;
  isReplay: boolean;
}

async function place(key: string, diner: LoggedIn, body: string): Promise<Answer> {
  const {
    statusCode,
    headers,
    body: answer,
  } = await request(`${service.origin}/api/order`, {
    method: 'POST',
    dispatcher: agent,
    headers: {
      ...diner.bearer,
      'content-type': 'application/json',
      'idempotency-key': key,
      prefer: 'respond-async, wait=0',
    },
    body,
  });
  const { order, code } = (await answer.json()) as { order?: { id: number }; code?: unknown };
  return {
    key,
    status: statusCode,
    code,
    retryAfter: headers['retry-after'] as string | undefined,
    orderId: order?.id,
    isReplay: headers['idempotency-replayed'] === 'true',
  };
}

/** All requests of every key, those of a key at the same moment. */
async function placeAll(keys: readonly string[], body: string): Promise<Answer[]> {
  const answers: Answer[] = [];
  const left = keys.map((key, index) => ({ key, diner: diners[index % DINERS] as LoggedIn }));
  async function work(): Promise<void> {
    for (let next = left.shift(); next; next = left.shift()) {
      const { key, diner } = next;
      const ofKey = Array.from({ length: REQUESTS_OF_A_KEY }, () => place(key, diner, body));
      answers.push(...(await Promise.all(ofKey)));
    }
  }
  await Promise.all(Array.from({ length: KEYS_AT_ONCE }, work));
  return answers;
}

/** Every answer is the order, or says that the first request is still being stored and when to come back. */
function isAllowed({ status, code, retryAfter, orderId }: Answer): boolean {
  if (status === 409) return code === 'key_in_use' && Number(retryAfter) > 0;
  return (status === 200 || status === 202) && orderId !== undefined;
}

const countOf = (numbers: readonly unknown[]): number => new Set(numbers).size;

it(
  `${KEYS} keys, each used by ${REQUESTS_OF_A_KEY} requests at the same moment, make ${KEYS} orders and as many pizzas`,
  async () => {
    const keys = Array.from({ length: KEYS }, (_, index) => `key-${index}`);
    const began = performance.now();
    const answers = await placeAll(keys, JSON.stringify(await anOrderRequest(service)));
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const statuses = Object.entries(Object.groupBy(answers, ({ status }) => String(status)))
      .map(([status, those]) => `${status}: ${those?.length}`)
      .join(', ');
    process.stdout.write(`idempotency: ${answers.length} requests in ${seconds} s (${statuses})\n`);

    expect(answers.filter((answer) => !isAllowed(answer)).slice(0, 5)).toEqual([]);
    expect(answers).toHaveLength(KEYS * REQUESTS_OF_A_KEY);
    for (const [key, ofKey] of Map.groupBy(answers, (answer) => answer.key)) {
      const named = ofKey.filter(({ orderId }) => orderId !== undefined);
      // One order for the key, and one request that placed it.
      const told = { key, orders: countOf(named.map(({ orderId }) => orderId)) };
      expect({ ...told, placed: named.filter(({ isReplay }) => !isReplay).length }).toEqual({
        key,
        orders: 1,
        placed: 1,
      });
    }

    const open = () =>
      service.db.selectFrom('orders').select('id').where('state', '<>', 'ready').limit(1).executeTakeFirst();
    await eventually('every order is ready', async () => !(await open()), ALL_READY_WITHIN_MS);
    const stored = await service.db.selectFrom('orders').select('id').orderBy('id').execute();
    expect(stored).toHaveLength(KEYS);
    const { pizzas } = await service.factory.journal();
    const baked = pizzas.map(({ orderId }) => orderId).sort((one, other) => one - other);
    expect(baked).toEqual(stored.map(({ id }) => id));
  },
  KEYS * REQUESTS_OF_A_KEY * MS_PER_REQUEST + ALL_READY_WITHIN_MS,
);
