import type { CancellationReason } from '#contract/order-lifecycle.ts';
import { isConflict, isDatabaseAway } from '../../database/database-errors.ts';
import type { Transaction } from '../../database/transaction.ts';
import { notFound, Refusal, unavailable } from '../../errors.ts';
import type { FactoryOrder } from '../fulfillment/pizzas/pizza-factory.client.ts';
import type { OrderRequest } from './check-order.ts';
import * as diners from './diner-orders.repository.ts';
import { assertWithinLimits } from './order-limits.ts';
import type { OrderWatch } from './order-watch.ts';
import * as repository from './orders.repository.ts';
import { type Placement, type PlacingDeps, placeOrder } from './place-order.ts';
import { quoteOrder } from './quote-order.ts';

const ORDERS_PER_PAGE = 10;
/** A client that waits for the truth is told "failed" after this many answered failures. */
const PATIENCE_FAILURES = 3;
const RETRY_AFTER_SECONDS = 2;

interface OrderDeps extends PlacingDeps {
  watch: OrderWatch;
  /** The address where a client can have the fault of its order reported; undefined when the factory gave none. */
  findReportLink: (orderId: number) => Promise<string | undefined>;
  syncBudgetMs: number;
}

export interface OrderView extends repository.OrderRecord {
  placeInLine: number | undefined;
}

interface PlacedOrder {
  order: OrderView;
  /** A good pizza came with a report URL. */
  reportLink: string | undefined;
  isReplay: boolean;
}

/** All that is known of an order that was stored just before the database went away. */
interface AcceptedOrder {
  order: { id: number; status: 'making' | 'waiting' };
}

/** Whose eyes an order is read with: its diner's, or an admin's when there is no diner. */
export interface Reader {
  orderId: number;
  dinerId: number | undefined;
}

function causeOfCancelling({ dinerId }: Reader): CancellationReason {
  return dinerId === undefined ? 'cancelled_by_admin' : 'cancelled_by_diner';
}

/** Nothing more happens to it by itself; a failed one can still be tried again. */
export function isFinal({ state }: repository.OrderRecord): boolean {
  return state === 'ready' || state === 'failed' || state === 'cancelled';
}

export function createOrders(deps: OrderDeps) {
  const { db, watch, transitions, syncBudgetMs } = deps;

  async function readRecord({ orderId, dinerId }: Reader): Promise<repository.OrderRecord> {
    const order = await repository.findOrder(db, { orderId, dinerId });
    if (!order) throw notFound('order');
    return order;
  }

  async function withPlaceInLine(order: repository.OrderRecord): Promise<OrderView> {
    if (order.state !== 'waiting') return { ...order, placeInLine: undefined };
    // It may have left the line since it was read; 1 is the least place there is.
    const placeInLine = Math.max(1, await repository.countWaitingUpTo(db, order.id));
    return { ...order, placeInLine };
  }

  /** What the database tells of an accepted order; undefined while it is away, which takes nothing back. */
  async function ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      return await question();
    } catch (error) {
      if (isDatabaseAway(error) || isConflict(error)) return undefined;
      throw error;
    }
  }

  function waitUntil(
    isEnough: (order: repository.OrderRecord) => boolean,
    { reader, withinMs }: { reader: Reader; withinMs: number },
  ): Promise<repository.OrderRecord | undefined> {
    return watch.waitFor({
      orderId: reader.orderId,
      read: () => ask(() => readRecord(reader)),
      isEnough: (order) => order !== undefined && isEnough(order),
      withinMs,
    });
  }

  /** For a client that cannot come back: the order is final when this answers, or the database is away. */
  async function waitForTruth(waiting: { reader: Reader; withinMs: number }) {
    const { reader } = waiting;
    const order = await waitUntil(
      (current) =>
        isFinal(current) || (current.state === 'waiting' && current.answeredFailures >= PATIENCE_FAILURES),
      waiting,
    );
    if (!order || isFinal(order) || watch.isReleased()) return order;
    await ask(() => transitions.giveUp(reader.orderId, 'not_made_in_time'));
    return ask(() => readRecord(reader));
  }

  /** The answer to a client whose order was accepted; undefined when the database stayed away for its whole wait. */
  async function awaitOutcome(
    { orderId, bornAs }: Placement,
    wait: { dinerId: number; isAsync: boolean; withinMs: number },
  ): Promise<PlacedOrder | undefined> {
    const waiting = { reader: { orderId, dinerId: wait.dinerId }, withinMs: wait.withinMs };
    const order = await (wait.isAsync ? waitUntil(isFinal, waiting) : waitForTruth(waiting));
    if (!order) return undefined;
    const isReplay = bornAs === undefined;
    const findLink = () => ask(() => deps.findReportLink(orderId));
    if (order.state === 'failed') throw factoryFailed(order, { isReplay, reportLink: await findLink() });
    const hasReport = order.state === 'ready' && (await ask(() => repository.cameWithReport(db, orderId)));
    const reportLink = hasReport ? await findLink() : undefined;
    const view = (await ask(() => withPlaceInLine(order))) ?? { ...order, placeInLine: undefined };
    return { order: view, reportLink, isReplay };
  }

  return {
    /**
     * Places an order and waits as long as the client wants to. Answers the order's id and first state alone when the
     * database went away after it was stored. Throws what placing it throws, and `factory_failed` when the order is
     * over without a pizza.
     */
    async placeOrder(placing: {
      diner: FactoryOrder['diner'];
      request: OrderRequest;
      idempotencyKey: string | undefined;
      preference: { isAsync: boolean; waitMs: number };
    }): Promise<PlacedOrder | AcceptedOrder> {
      const { diner, preference } = placing;
      const deadlineMs = performance.now() + (preference.isAsync ? preference.waitMs : syncBudgetMs);
      const leftMs = () => Math.max(0, deadlineMs - performance.now());
      const placement = await placeOrder(deps, { ...placing, waitMs: leftMs() });
      const wait = { dinerId: diner.id, isAsync: preference.isAsync, withinMs: leftMs() };
      try {
        const outcome = await awaitOutcome(placement, wait);
        if (outcome) return outcome;
      } catch (error) {
        if (error instanceof Refusal) throw error;
        // The order stands, whatever went wrong with looking at it.
        deps.log.error(
          { err: error, orderId: placement.orderId },
          'an accepted order could not be looked at',
        );
      }
      const { orderId, bornAs } = placement;
      // Who brought a key used before was told of the order then, and may ask again.
      if (bornAs === undefined)
        throw unavailable('not available right now, try again soon', RETRY_AFTER_SECONDS);
      return { order: { id: orderId, status: bornAs } };
    },

    /** An order as it stands; throws `not_found` for an unknown one, or a foreign one to a diner. */
    viewOrder: async (reader: Reader): Promise<OrderView> => withPlaceInLine(await readRecord(reader)),

    /** An order with all that is recorded of it; throws `not_found` for an unknown one, or a foreign one to a diner. */
    async readOrder(reader: Reader) {
      const order = await withPlaceInLine(await readRecord(reader));
      const history = await repository.findHistory(db, reader.orderId);
      const attempts =
        reader.dinerId === undefined ? await repository.findAttempts(db, reader.orderId) : undefined;
      return { order, history, attempts };
    },

    /** Throws `not_found`, and `state_conflict` for an order that is over. */
    async cancelOrder(reader: Reader): Promise<OrderView> {
      await readRecord(reader);
      const isCancelled = await transitions.cancel(reader.orderId, causeOfCancelling(reader));
      const order = await readRecord(reader);
      if (!isCancelled)
        throw new Refusal('state_conflict', {
          message: `an order that is ${order.state} cannot be cancelled`,
        });
      return withPlaceInLine(order);
    },

    /** Throws `not_found`, `state_conflict` for an order that has not failed, `too_many_requests`. */
    async retryOrder(reader: Reader): Promise<OrderView> {
      const before = await readRecord(reader);
      // It was counted in its hour already, so only the limit of open orders holds.
      const limits = { perHour: 0, open: deps.limits.open };
      const assertMay = (transaction: Transaction) => assertWithinLimits(limits, transaction, before.dinerId);
      if (!(await transitions.tryAgain(reader.orderId, assertMay))) {
        throw new Refusal('state_conflict', {
          message: `an order that is ${before.state} cannot be tried again`,
        });
      }
      return withPlaceInLine(await readRecord(reader));
    },

    /** A diner is leaving: takes back what they have not got yet, and deletes the pizzas, which bear their name. */
    async forgetDiner(dinerId: number): Promise<void> {
      for (const orderId of await diners.findOpenOrderIds(db, dinerId)) {
        await transitions.cancel(orderId, 'diner_left');
      }
      await diners.deletePizzas(db, dinerId);
    },

    quoteOrder: (request: OrderRequest) => quoteOrder(deps, request),

    /** `before`: the orders that were placed before that one, whatever the page. */
    async listOrders({
      dinerId,
      page,
      before,
    }: {
      dinerId: number;
      page: number;
      before: number | undefined;
    }) {
      const found = await repository.findOrdersOfDiner(db, {
        dinerId,
        before,
        offset: before === undefined ? (page - 1) * ORDERS_PER_PAGE : 0,
        limit: ORDERS_PER_PAGE,
      });
      const orders = found.slice(0, ORDERS_PER_PAGE).map((order) => ({ ...order, placeInLine: undefined }));
      return { orders, more: found.length > ORDERS_PER_PAGE };
    },
  };
}

function factoryFailed(
  order: repository.OrderRecord,
  told: { isReplay: boolean; reportLink: string | undefined },
): Refusal {
  const { isReplay, reportLink } = told;
  return new Refusal('factory_failed', {
    message: 'Failed to fulfill order at factory',
    extension: {
      order: { id: order.id, status: order.state },
      ...(reportLink !== undefined && {
        reportPizzaCreationErrorToPizzaFactoryUrl: reportLink,
        followLinkToEndChaos: reportLink,
      }),
    },
    ...(isReplay && { headers: { 'Idempotency-Replayed': 'true' } }),
  });
}

export type Orders = ReturnType<typeof createOrders>;
