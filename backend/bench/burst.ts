import { setTimeout as wait } from 'node:timers/promises';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { Agent, request } from 'undici';
import type { Asker } from './bench-cases.ts';

const ORDERS = 500;
const LOOK_EVERY_MS = 200;
const DRAINED_WITHIN_MS = 120_000;

export interface Burst {
  orders: number;
  /** How often each HTTP status was answered. */
  answers: Record<string, number>;
  p50Ms: number;
  p99Ms: number;
  /** From the first request until no order of the burst is open. */
  drainedMs: number | null;
  /** Of the orders that waited: how many were made before an older one. */
  overtaken: number;
}

async function placeOne({ url, diner }: Asker, agent: Agent): Promise<{ status: number; ms: number }> {
  const sentAt = performance.now();
  const { statusCode, body } = await request(`${url}/api/order`, {
    method: 'POST',
    dispatcher: agent,
    headers: {
      authorization: `Bearer ${diner.token}`,
      'content-type': 'application/json',
      prefer: 'respond-async, wait=0',
    },
    body: JSON.stringify({ franchiseId: 1, storeId: 1, items: [{ menuId: 1, price: 0.0038 }] }),
  });
  await body.dump();
  return { status: statusCode, ms: performance.now() - sentAt };
}

/** Five hundred orders at the same moment: everybody is answered, and the queue drains oldest first. */
export async function measureBurst(asker: Asker, databaseUrl: string): Promise<Burst> {
  const agent = new Agent({ connections: ORDERS });
  const database = await mysql.createConnection(databaseUrl);
  const query = async <Row>(statement: string, values: unknown[] = []): Promise<Row[]> =>
    (await database.query<RowDataPacket[]>(statement, values))[0] as Row[];
  try {
    const [last] = await query<{ id: number | null }>('select max(id) as id from orders');
    const after = last?.id ?? 0;
    const startedAt = performance.now();
    const answers = await Promise.all(Array.from({ length: ORDERS }, () => placeOne(asker, agent)));
    const times = answers.map(({ ms }) => ms).sort((one, other) => one - other);
    const drainedMs = await waitUntilDrained(query, { after, startedAt });
    // What went from waiting to being made, in the order it did.
    const claimed = await query<{ id: number }>(
      `select order_id as id from order_transitions where order_id > ? and from_state = 'waiting'
        and to_state = 'making' order by at, id`,
      [after],
    );
    let newest = 0;
    const overtaken = claimed.filter(({ id }) => {
      newest = Math.max(newest, id);
      return id < newest;
    }).length;
    const at = (share: number): number =>
      times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    const counts = Object.groupBy(answers, ({ status }) => String(status));
    return {
      orders: ORDERS,
      answers: Object.fromEntries(Object.entries(counts).map(([status, all]) => [status, all?.length ?? 0])),
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      drainedMs,
      overtaken,
    };
  } finally {
    await database.end();
    await agent.destroy();
  }
}

async function waitUntilDrained(
  query: <Row>(statement: string, values?: unknown[]) => Promise<Row[]>,
  { after, startedAt }: { after: number; startedAt: number },
): Promise<number | null> {
  while (performance.now() - startedAt < DRAINED_WITHIN_MS) {
    const [open] = await query<{ count: number }>(
      `select count(*) as count from orders where id > ? and state in ('making', 'waiting')`,
      [after],
    );
    if (Number(open?.count) === 0) return performance.now() - startedAt;
    await wait(LOOK_EVERY_MS);
  }
  return null;
}
