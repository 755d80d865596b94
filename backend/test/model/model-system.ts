import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { Registry } from 'prom-client';
import { isConflict, isDatabaseAway } from '../../src/database/database-errors.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { Refusal } from '../../src/errors.ts';
import { createFranchises } from '../../src/features/franchises/franchises.service.ts';
import { ensureFactories } from '../../src/features/fulfillment/factories/factory-state.repository.ts';
import { createMenu } from '../../src/features/menu/menu.service.ts';
import { createOrderMetrics } from '../../src/features/orders/orders.metrics.ts';
import { placeOrder } from '../../src/features/orders/place-order.ts';
import { createUsers } from '../../src/features/users/users.service.ts';
import type { DatabaseFault } from './faulty-pool.ts';
import { type History, side } from './history.ts';
import { createModelFactory, Journal, type Keys } from './model-factory.ts';
import { createModelNode, type ModelNode } from './model-node.ts';
import type { ModelShop } from './model-shop.ts';
import { createStillness } from './stillness.ts';

/** Notes of requests without a key, by what their clients were told. */
interface Told {
  /** That nothing was stored. */
  nothing: string[];
  /** That nobody knows. */
  unknown: string[];
}

function isRefusedForNow(error: unknown): boolean {
  return (
    isDatabaseAway(error) || isConflict(error) || (error instanceof Refusal && error.code === 'unavailable')
  );
}

/**
 * What makes another call for an order right. A lease ended: the call before can no longer be known to be under way.
 * Given up: the pizza of the call before is discarded, but the next call waits for its end.
 */
interface Break {
  orderId: number;
  at: number;
  what: 'lease ended' | 'given up';
}

/** Two nodes on one database, and the factories they call: all of the product that moves orders. */
export async function createModelSystem(
  shop: ModelShop,
  keys: Keys,
  history: Pick<History, 'factories' | 'recovery' | 'modes'>,
) {
  const { db, log } = shop;
  await shop.forgetOrders();
  const journal = new Journal();
  const stillness = createStillness();
  const breaks: Break[] = [];
  const accepted: number[] = [];
  const keyed = new Set<number>();
  const told: Told = { nothing: [], unknown: [] };
  for (const { faults } of shop.lines) {
    faults.mend();
    faults.takeHappened();
  }
  const factories = Array.from({ length: history.factories }, (_, index) =>
    createModelFactory({
      origin: `https://factory-${index}.example`,
      mode: history.modes[side(index)],
      keys,
      journal,
      onPending: stillness.signal,
    }),
  );
  await ensureFactories(
    db,
    factories.map(({ origin }) => origin),
  );
  let born = 0;

  async function startNode(index: 0 | 1): Promise<ModelNode> {
    born += 1;
    const name = `node-${born}`;
    const line = shop.lines[index];
    line.faults.mend();
    const node = createModelNode({
      ...{ name, log, factories, keys, stillness },
      db: line.db,
      recovery: history.recovery,
    });
    await node.prepare();
    return node;
  }
  const nodes: [ModelNode, ModelNode] = [await startNode(0), await startNode(1)];

  const noteBreak = (orderId: number, what: Break['what']): void =>
    void breaks.push({ orderId, what, at: journal.tick() });

  function isBusy(): boolean {
    const pending = journal.pending();
    return nodes.some(({ name, attempts }) =>
      attempts
        .heldOrderIds()
        .some((id) => !pending.some((call) => call.node === name && call.orderId === id)),
    );
  }

  const metrics = createOrderMetrics(new Registry());
  const placingDeps = (node: ModelNode) => ({
    db: node.db,
    metrics,
    log,
    menu: createMenu(node.db),
    franchises: createFranchises({ db: node.db, clock: () => new Date() }),
    node: node.name,
    attempts: node.attempts,
    transitions: node.transitions,
    limits: { perHour: 0, open: 0 },
    lockDiner: createUsers(node.db).lockUser,
    isStopping: () => false,
  });

  async function place(
    node: ModelNode,
    idempotencyKey: string | undefined,
    attempts = node.attempts,
  ): Promise<void> {
    // A request with the key is the same one each time; any other is found again by its note.
    const note = idempotencyKey ?? randomUUID();
    const request = { ...shop.request, items: shop.request.items.map((item) => ({ ...item, note })) };
    try {
      const placing = { diner: shop.diner, request, idempotencyKey, waitMs: 0 };
      const { orderId, born: newborn } = await placeOrder({ ...placingDeps(node), attempts }, placing);
      if (newborn) accepted.push(orderId);
      if (idempotencyKey !== undefined) keyed.add(orderId);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'outcome_unknown') told.unknown.push(note);
      // An earlier request with the key may have been stored.
      else if (!isRefusedForNow(error) || idempotencyKey !== undefined) told.unknown.push(note);
      else told.nothing.push(note);
      if (!(error instanceof Refusal) && !isRefusedForNow(error)) throw error;
    }
  }

  /** Work of a node that a client or the next sweep repeats when its database fails. */
  async function mayFail(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isRefusedForNow(error)) throw error;
    }
  }

  /** Moves times in the database, which other work may have locked at this moment. */
  async function move(statement: RawBuilder<unknown>): Promise<void> {
    await inTransaction(db, (transaction) => statement.execute(transaction));
  }

  /** Waiting orders and open circuits: whatever time was to pass has passed. */
  async function makeAllDue(): Promise<void> {
    await move(sql`update orders set next_attempt_at = now(3) where state = 'waiting'`);
    await move(sql`update factories set next_trial_at = now(3) where opened_at is not null`);
  }

  async function endLease(orderId: number): Promise<void> {
    noteBreak(orderId, 'lease ended');
    await move(sql`update orders set lease_until = now(3) - interval 1 second
      where id = ${orderId} and lease_until is not null`);
  }

  /** A node is gone without a word, and another starts in its place. */
  async function crash(index: 0 | 1, gone: { isBaked: boolean; isNoticed: boolean }): Promise<void> {
    const { name } = nodes[index];
    for (const call of journal.pending().filter(({ node }) => node === name)) {
      noteBreak(call.orderId, 'lease ended');
      await call.abandon(gone.isBaked);
      if (gone.isNoticed) await endLease(call.orderId);
    }
    nodes[index] = await startNode(index);
  }

  return {
    db,
    journal,
    breaks,
    accepted,
    told,
    mayFail,
    breakDatabase: (index: 0 | 1, fault: DatabaseFault): void => shop.lines[index].faults.breakAt(fault),
    mendDatabases: (): void => {
      for (const { faults } of shop.lines) faults.mend();
    },
    /** What requests with the one idempotency key were told of. */
    keyed,
    factories,
    nodes,
    place,
    makeAllDue,
    whenStill: () => stillness.whenStill(isBusy),
    /** A plain client is told that its order failed, while a call may still be under way. */
    async giveUp(node: ModelNode, orderId: number): Promise<void> {
      noteBreak(orderId, 'given up');
      await node.transitions.giveUp(orderId, 'not_made_in_time');
    },
    endLease,
    async endPatience(orderId: number): Promise<void> {
      await move(sql`update orders set patience_since = now(3) - interval 2 hour where id = ${orderId}`);
    },
    crash,
    /** A node stores an order, and crashes before its first attempt and before its client hears of it. */
    async crashAfterPlacing(index: 0 | 1): Promise<void> {
      const node = nodes[index];
      await place(node, undefined, { ...node.attempts, start: async () => undefined });
      await crash(index, { isBaked: false, isNoticed: false });
    },
  };
}

export type ModelSystem = Awaited<ReturnType<typeof createModelSystem>>;
