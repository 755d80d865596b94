import type { CancellationReason, FailureReason, NoAttemptReason } from '#contract/order-lifecycle.ts';
import type { Database } from '../../../database/pool.ts';
import { inTransaction, type Queryable, type Transaction } from '../../../database/transaction.ts';
import type { Logger } from '../../../observability/logger.ts';
import type { FulfillmentMetrics } from '../fulfillment.metrics.ts';
import * as repository from './order-transitions.repository.ts';
import { NO_ATTEMPT_DELAY_MS } from './retry-schedule.ts';

interface TransitionDeps {
  db: Database;
  node: string;
  metrics: FulfillmentMetrics;
  log: Logger;
  /** Told after each change but a takeover, whose order is found by the sweep that is under way. */
  onChanged: (orderId: number) => void;
}

/** The changes of an order's state that are not the result of an attempt, each in one transaction. */
export function createOrderTransitions({ db, node, metrics, log, onChanged }: TransitionDeps) {
  type End = { to: 'failed'; cause: FailureReason } | { to: 'cancelled'; cause: CancellationReason };

  /** Part of a transaction; answers false for an order that is over. */
  async function endInside(transaction: Transaction, orderId: number, end: End): Promise<boolean> {
    const order = await repository.lockOrder(transaction, orderId);
    if (!order || (order.state !== 'making' && order.state !== 'waiting')) return false;
    const { state: from, fence } = order;
    const keepsLease = end.to === 'failed';
    const step = { orderId, from, fence, node, reason: end.cause, keepsLease, ...end };
    return (await repository.transition(transaction, step)) !== undefined;
  }

  function tellEnd(orderId: number, { to }: End): void {
    metrics.settled({ outcome: to });
    onChanged(orderId);
  }

  async function endOpenOrder(
    orderId: number,
    end: End,
    record: (transaction: Transaction) => Promise<void> = async () => undefined,
  ): Promise<boolean> {
    const isMoved = await inTransaction(db, async (transaction) => {
      if (!(await endInside(transaction, orderId, end))) return false;
      await record(transaction);
      return true;
    });
    if (isMoved) tellEnd(orderId, end);
    return isMoved;
  }

  return {
    /** Begins the history of an order; part of the placing transaction. */
    recordBirth: (
      transaction: Queryable,
      claim: repository.Claim,
      { to, cause }: repository.Birth,
    ): Promise<void> => repository.insertTransition(transaction, { ...claim, from: null, to, cause, node }),

    /** Claims a waiting order for its next attempt; answers undefined when it was claimed or ended meanwhile. */
    async claim(due: repository.Claim): Promise<repository.Claim | undefined> {
      const step = { ...due, from: 'waiting', to: 'making', cause: 'attempt', node } as const;
      const fence = await inTransaction(db, (transaction) => repository.transition(transaction, step));
      return fence === undefined ? undefined : { orderId: due.orderId, fence };
    },

    /** Gives a claim back without an attempt: the order waits again, for a moment. One that was given up is let go. */
    async requeue(claim: repository.Claim, cause: NoAttemptReason): Promise<void> {
      const step = { ...claim, from: 'making', to: 'waiting', cause, node, reason: cause } as const;
      await inTransaction(db, async (transaction) => {
        const delayMs = NO_ATTEMPT_DELAY_MS;
        const fence = await repository.transition(transaction, { ...step, delayMs });
        if (fence === undefined) await repository.endLease(transaction, { orderId: claim.orderId, node });
      });
      onChanged(claim.orderId);
    },

    /**
     * An order whose node went silent waits again; one that crashed its node too often fails as `crash_loop`. One that
     * waits for the end of a call of that node waits no longer.
     */
    async takeOver({ orderId, fence }: repository.Claim): Promise<void> {
      const isGivenUp = await inTransaction(db, async (transaction) => {
        const order = await repository.lockOrder(transaction, orderId);
        if (order?.state === 'waiting') await repository.endSilentLease(transaction, orderId);
        // Since it was looked at another node may have taken it over, or its own one may have come back to it.
        if (order?.state !== 'making' || order.fence !== fence || !order.isLeaseOver) return false;
        const crashedClaims = order.crashedClaims + 1;
        const isLast = crashedClaims >= repository.MAX_CRASHED_CLAIMS;
        const move = isLast
          ? ({ to: 'failed', cause: 'crash_loop', reason: 'crash_loop' } as const)
          : ({ to: 'waiting', cause: 'lease_ended', reason: 'lease_ended' } as const);
        await repository.transition(transaction, {
          ...{ orderId, from: 'making', fence, node, crashedClaims },
          ...move,
        });
        if (isLast) log.error({ orderId }, 'an order was set aside: every node that held it crashed');
        else log.warn({ orderId, crashedClaims }, 'an abandoned order was taken over');
        return isLast;
      });
      if (isGivenUp) metrics.settled({ outcome: 'failed' });
    },

    /**
     * Gives an order up for a client that was promised the truth now. Answers false when the order became final
     * meanwhile. A call still running goes on and keeps its lease, but its pizza is discarded, unless the order is
     * tried again before it comes.
     */
    giveUp: (orderId: number, reason: FailureReason): Promise<boolean> =>
      endOpenOrder(orderId, { to: 'failed', cause: reason }),

    /** Takes an order back; answers false when it is final. A call still running goes on, its pizza is discarded. */
    cancel: (orderId: number, cause: CancellationReason): Promise<boolean> =>
      endOpenOrder(orderId, { to: 'cancelled', cause }),

    /** As above for several orders, as part of a larger transaction; answers what tells it once that is committed. */
    async cancelInside(
      transaction: Transaction,
      { orderIds, cause }: { orderIds: readonly number[]; cause: CancellationReason },
    ): Promise<() => void> {
      const end = { to: 'cancelled', cause } as const;
      const cancelled: number[] = [];
      for (const orderId of orderIds) {
        if (await endInside(transaction, orderId, end)) cancelled.push(orderId);
      }
      return () => {
        for (const orderId of cancelled) tellEnd(orderId, end);
      };
    },

    /** As `cancel`, for an admin: what they did is recorded in the same transaction. */
    cancelByAdmin: (orderId: number, record: (transaction: Transaction) => Promise<void>): Promise<boolean> =>
      endOpenOrder(orderId, { to: 'cancelled', cause: 'cancelled_by_admin' }, record),

    /**
     * Requeues a failed order with fresh patience; answers false when it has not failed. It waits for a call that is
     * still out, and is ready if that one brings a pizza. `prepare` is part of the transaction: what it throws is thrown,
     * and the order stays as it is.
     */
    async tryAgain(orderId: number, prepare: (transaction: Transaction) => Promise<void>): Promise<boolean> {
      const isMoved = await inTransaction(db, async (transaction) => {
        const order = await repository.lockOrder(transaction, orderId);
        if (order?.state !== 'failed') return false;
        await prepare(transaction);
        const { fence } = order;
        const step = { orderId, from: 'failed', fence, to: 'waiting', cause: 'try_again', node } as const;
        const fresh = { reason: null, answeredFailures: 0, crashedClaims: 0, isPatienceRenewed: true };
        const change = { ...step, ...fresh, keepsLease: true };
        return (await repository.transition(transaction, change)) !== undefined;
      });
      if (isMoved) onChanged(orderId);
      return isMoved;
    },
  };
}

export type OrderTransitions = ReturnType<typeof createOrderTransitions>;
