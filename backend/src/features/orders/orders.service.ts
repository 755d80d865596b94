import type { Transaction } from '../../database/transaction.ts';
import { notFound, Refusal, unavailable } from '../../errors.ts';
import type { Actor } from '../audit/audit.repository.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { FactoryOrder } from '../fulfillment/pizzas/pizza-factory.client.ts';
import { ask, createOutcomes } from './await-outcome.ts';
import type { OrderRequest } from './check-order.ts';
import type { OrderWatch } from './order-watch.ts';
import * as repository from './orders.repository.ts';
import { type Placement, type PlacingDeps, placeOrder } from './place-order.ts';
import { quoteOrder } from './quote-order.ts';
import { agreeOnRetry } from './retry-order.ts';

const ORDERS_PER_PAGE = 10;
const RETRY_AFTER_SECONDS = 2;

interface OrderDeps extends PlacingDeps {
  watch: OrderWatch;
  audit: Audit;
  /** The address where a client can have the fault of its order reported; undefined when the factory gave none. */
  findReportLink: (orderId: number) => Promise<string | undefined>;
  syncBudgetMs: number;
  /** Until when an order is tried; undefined when it is over, or nobody can say. */
  givenUpAt: (order: repository.ListedOrder) => Date | undefined;
}

/** What its diner has to expect of an order. */
export interface Outlook {
  placeInLine: number | undefined;
  /** Until when we go on trying. */
  givenUpAt: Date | undefined;
}

export type OrderView = repository.OrderRecord & Outlook;

interface PlacedOrder {
  order: OrderView;
  /** A good pizza came with a report URL. */
  reportLink: string | undefined;
  isReplay: boolean;
}

/** All that is known of an order that was stored just before the database went away. */
interface AcceptedOrder {
  order: { id: number; status: repository.OrderRecord['state'] };
}

/** Whose eyes an order is read with: its diner's, or an admin's when there is no diner. */
export interface Reader {
  orderId: number;
  dinerId: number | undefined;
}

const isByAdmin = ({ dinerId }: Reader): boolean => dinerId === undefined;

export function createOrders(deps: OrderDeps) {
  const { db, watch, transitions, syncBudgetMs } = deps;

  async function readRecord({ orderId, dinerId }: Reader): Promise<repository.OrderRecord> {
    const order = await repository.findOrder(db, { orderId, dinerId });
    if (!order) throw notFound('order');
    return order;
  }

  const auditOrder = (
    transaction: Transaction,
    entry: { actor: Actor; action: 'order.cancelled' | 'order.retried'; orderId: number },
  ): Promise<void> => {
    const { actor, action, orderId } = entry;
    return deps.audit.record(transaction, {
      actor,
      action,
      subject: { type: 'order', id: orderId },
      details: {},
    });
  };

  const viewOf = (order: repository.OrderRecord): OrderView => ({
    ...order,
    givenUpAt: deps.givenUpAt(order),
    placeInLine: undefined,
  });

  async function withPlaceInLine(order: repository.OrderRecord): Promise<OrderView> {
    const view = viewOf(order);
    if (order.state !== 'waiting') return view;
    // It may have left the line since it was read; 1 is the least place there is.
    const placeInLine = Math.max(1, await repository.countWaitingUpTo(db, order.id));
    return { ...view, placeInLine };
  }

  const awaitOutcome = createOutcomes({
    watch,
    transitions,
    read: readRecord,
    hasReport: (orderId) => repository.cameWithReport(db, orderId),
  });

  async function answerTo(
    placement: Placement,
    wait: { dinerId: number; isAsync: boolean; withinMs: number },
  ): Promise<PlacedOrder | undefined> {
    const outcome = await awaitOutcome(placement, wait);
    if (!outcome) return undefined;
    const { order, hasReport } = outcome;
    const isReplay = placement.born === undefined;
    const findLink = () => ask(() => deps.findReportLink(order.id));
    if (order.state === 'failed') throw factoryFailed(order, { isReplay, reportLink: await findLink() });
    const view = (await ask(() => withPlaceInLine(order))) ?? viewOf(order);
    return { order: view, reportLink: hasReport ? await findLink() : undefined, isReplay };
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
        const answer = await answerTo(placement, wait);
        if (answer) return answer;
      } catch (error) {
        if (error instanceof Refusal) throw error;
        // The order stands, whatever went wrong with looking at it.
        deps.log.error(
          { err: error, orderId: placement.orderId },
          'an accepted order could not be looked at',
        );
      }
      const { born } = placement;
      // Who brought a key used before was told of the order then, and may ask again.
      if (!born) throw unavailable('not available right now, try again soon', RETRY_AFTER_SECONDS);
      return { order: { id: born.id, status: born.state } };
    },

    /** An order as it stands; throws `not_found` for an unknown one, or a foreign one to a diner. */
    viewOrder: async (reader: Reader): Promise<OrderView> => withPlaceInLine(await readRecord(reader)),

    /** An order with all that is recorded of it; throws `not_found` for an unknown one, or a foreign one to a diner. */
    async readOrder(reader: Reader) {
      const order = await withPlaceInLine(await readRecord(reader));
      const history = (await repository.findHistories(db, [order.id])).get(order.id) ?? [];
      const attempts =
        reader.dinerId === undefined ? await repository.findAttempts(db, reader.orderId) : undefined;
      return { order, history, attempts };
    },

    /** Throws `not_found`, and `state_conflict` for an order that is over. What an admin does is audited. */
    async cancelOrder(reader: Reader, actor: Actor): Promise<OrderView> {
      await readRecord(reader);
      const { orderId } = reader;
      const isCancelled = await (isByAdmin(reader)
        ? transitions.cancelByAdmin(orderId, (transaction) =>
            auditOrder(transaction, { actor, action: 'order.cancelled', orderId }),
          )
        : transitions.cancel(orderId, 'cancelled_by_diner'));
      const order = await readRecord(reader);
      if (!isCancelled)
        throw new Refusal('state_conflict', {
          message: `an order that is ${order.state} cannot be cancelled`,
        });
      return withPlaceInLine(order);
    },

    /**
     * Throws `not_found`, `state_conflict` for an order that has not failed, and what `agreeOnRetry` throws for one that
     * could not be placed now. What an admin does is audited.
     */
    async retryOrder(reader: Reader, actor: Actor): Promise<OrderView> {
      const before = await readRecord(reader);
      const { orderId } = reader;
      const prepare = async (transaction: Transaction): Promise<void> => {
        await agreeOnRetry(deps, transaction, before);
        if (isByAdmin(reader)) await auditOrder(transaction, { actor, action: 'order.retried', orderId });
      };
      if (!(await transitions.tryAgain(orderId, prepare))) {
        throw new Refusal('state_conflict', {
          message: `an order that is ${before.state} cannot be tried again`,
        });
      }
      return withPlaceInLine(await readRecord(reader));
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
      const orders = found.slice(0, ORDERS_PER_PAGE).map((order) => ({
        ...order,
        placeInLine: undefined,
        givenUpAt: deps.givenUpAt(order),
      }));
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
