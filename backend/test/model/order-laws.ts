import { sumSatoshi } from '#contract/money.ts';
import type { Database } from '../../src/database/pool.ts';
import { findRevenue } from '../../src/features/franchises/franchises.repository.ts';
import { createInvariants } from '../../src/features/fulfillment/invariants/invariants.service.ts';
import type { HistoryStep } from '../support/order-rows.ts';
import type { ModelShop } from './model-shop.ts';
import type { ModelSystem } from './model-system.ts';

type OrderRow = Awaited<ReturnType<typeof readOrders>>[number];

function readOrders(db: Database) {
  return db.selectFrom('orders').select(['id', 'state', 'jwt', 'total']).orderBy('id').execute();
}

/** Looks at the orders after every event: what is final stays as it was seen. */
export function createObserver(db: Database) {
  const seen = new Map<number, string>();
  const broken: string[] = [];
  return {
    broken: () => broken,
    async look(): Promise<void> {
      for (const { id, state, jwt } of await readOrders(db)) {
        const snapshot = JSON.stringify({ state, jwt });
        const before = seen.get(id);
        if (before !== undefined && before !== snapshot)
          broken.push(`order ${id} was final as ${before} and became ${snapshot}`);
        if (state === 'ready' || state === 'cancelled') seen.set(id, snapshot);
      }
    },
  };
}

interface Step extends HistoryStep {
  node: string;
}

async function readHistories(db: Database): Promise<Map<number, Step[]>> {
  const rows = await db
    .selectFrom('order_transitions')
    .select(['order_id', 'from_state', 'to_state', 'cause', 'fence', 'node'])
    .orderBy('id')
    .execute();
  const steps = rows.map(({ order_id, from_state, to_state, ...step }) => ({
    orderId: order_id,
    step: { from: from_state, to: to_state, ...step },
  }));
  return new Map(
    [...Map.groupBy(steps, ({ orderId }) => orderId)].map(([id, own]) => [id, own.map(({ step }) => step)]),
  );
}

const FAILURES = [
  'bad_pizza',
  'refused',
  'error',
  'busy',
  'unreachable',
  'timeout',
  'rejected',
  'key_refused',
];

/** Whether each failed attempt was settled by the node that had claimed the order for it. */
function isSettledByHolder(history: readonly Step[]): boolean {
  return history.every(
    ({ cause, node }, index) => !FAILURES.includes(cause) || history[index - 1]?.node === node,
  );
}

const describe = (history: readonly Step[]): string =>
  history.map(({ to, cause, fence }) => `${to} (${cause}, ${fence})`).join(' > ');

function lawsOfOrder(order: OrderRow, history: Step[], system: ModelSystem): string[] {
  const { id, state, jwt } = order;
  const trail = describe(history);
  const made = system.journal.calls.filter(({ orderId }) => orderId === id).map(({ pizza }) => pizza);
  const laws: [string, boolean][] = [
    [`is not final in the end: ${trail}`, state !== 'making' && state !== 'waiting'],
    [`was settled by a node that did not hold it: ${trail}`, isSettledByHolder(history)],
    ['has a pizza that no factory made for it', jwt === null || made.includes(jwt)],
  ];
  return laws.filter(([, holds]) => !holds).map(([law]) => `order ${id}: ${law}`);
}

/** What holds in every database of ours, not only at the end of a history. */
async function lawsOfRows(db: Database, histories: Map<number, Step[]>): Promise<string[]> {
  const checked = await createInvariants(db).check();
  return checked
    .filter(({ violations }) => violations > 0)
    .map(({ name, sentence, of, examples }) => {
      const trails = examples.map((id) => `${id} after ${describe(histories.get(id) ?? [])}`);
      return `${name} does not hold (${sentence}): ${of} ${trails.join('; ')}`;
    });
}

/**
 * A call for an order while another one is under way, or after one has made its pizza, needs a reason: a crash or a
 * lease that ended in between. A plain client that was told "failed" and asked again is a reason for one that follows,
 * but for none at the same time.
 */
function lawsOfCalls({ journal, breaks }: ModelSystem): string[] {
  const broken: string[] = [];
  for (const [index, later] of journal.calls.entries()) {
    for (const earlier of journal.calls.slice(0, index)) {
      if (earlier.orderId !== later.orderId) continue;
      const isUnderWay = earlier.endedAt === undefined || earlier.endedAt > later.startedAt;
      const hasReason = breaks.some(
        ({ orderId, at, what }) =>
          orderId === later.orderId &&
          at > earlier.startedAt &&
          at < later.startedAt &&
          (what === 'lease ended' || !isUnderWay),
      );
      const what = isUnderWay ? 'a second call at once' : 'a call after its pizza was made';
      if ((isUnderWay || earlier.pizza !== undefined) && !hasReason)
        broken.push(`order ${later.orderId}: ${what}, by ${earlier.node} and ${later.node}`);
    }
  }
  return broken;
}

/** What the diners were charged, by the figures, is what the ready orders cost and nothing else. */
async function lawsOfMoney(db: Database, orders: OrderRow[]): Promise<string[]> {
  const satoshi = (decimal: string): bigint => BigInt(decimal.replace('.', ''));
  const storeIds = (await db.selectFrom('stores').select('id').execute()).map(({ id }) => id);
  const revenue = BigInt(sumSatoshi((await findRevenue(db, storeIds)).values()));
  const due = orders
    .filter(({ state }) => state === 'ready')
    .reduce((total, order) => total + satoshi(order.total), 0n);
  return revenue === due ? [] : [`charged ${revenue} satoshi for pizzas of ${due}`];
}

/** What clients were told is true: who was told that nothing was stored must find nothing. */
async function lawsOfAnswers(db: Database, { accepted, keyed, told }: ModelSystem): Promise<string[]> {
  const rows = await db.selectFrom('order_items').select(['order_id', 'note']).execute();
  const ofNotes = Map.groupBy(rows, ({ note }) => note ?? '');
  const storedAs = (note: string): number[] => (ofNotes.get(note) ?? []).map((row) => row.order_id);
  const maybe = new Set([...accepted, ...keyed, ...told.unknown.flatMap(storedAs)]);
  return [
    ...told.nothing.flatMap(storedAs).map((id) => `a client was told that order ${id} was not stored`),
    ...[...ofNotes.values()]
      .filter((orders) => orders.length > 1)
      .map((orders) => `one request was stored as the orders ${orders.map((row) => row.order_id)}`),
    ...rows
      .filter((row) => !maybe.has(row.order_id))
      .map((row) => `nobody was told of order ${row.order_id}`),
  ];
}

/** Every law of an order's life that does not hold; for a system in which all trouble has ended. */
export async function findBrokenLaws(shop: ModelShop, system: ModelSystem): Promise<string[]> {
  const hasFailed = shop.lines.some(({ faults }) => faults.hasFailed());
  const orders = await readOrders(shop.db);
  const histories = await readHistories(shop.db);
  const stored = orders.map(({ id }) => id);
  return [
    ...system.accepted.filter((id) => !stored.includes(id)).map((id) => `order ${id} has no row`),
    ...(await lawsOfAnswers(shop.db, system)),
    ...(system.keyed.size > 1 ? [`one key placed the orders ${[...system.keyed]}`] : []),
    ...orders.flatMap((order) => lawsOfOrder(order, histories.get(order.id) ?? [], system)),
    ...(await lawsOfRows(shop.db, histories)),
    ...lawsOfCalls(system),
    ...(await lawsOfMoney(shop.db, orders)),
    // Faults of a factory are outcomes; work that broke off is a fault of ours.
    ...shop.takeLog().filter((line) => !hasFailed && /broke off|could not be (stored|recorded)/.test(line)),
  ];
}
