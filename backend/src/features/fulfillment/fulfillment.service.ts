import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Queryable, type Transaction } from '../../database/transaction.ts';
import type { Logger } from '../../observability/logger.ts';
import { type Factory, fulfillOrder } from './fulfill-order.ts';
import * as repository from './fulfillment.repository.ts';
import { checkPizza } from './pizza-signature.ts';

/** Calls to the factory at once, over new and old orders together. */
export const FACTORY_SLOTS = 16;
// How soon a waiting order is looked at again when the only reason was that every slot was taken.
const NO_SLOT_DELAY_MS = 250;

interface FulfillmentParts {
  db: Database;
  factory: Factory;
  /** Name of this process among all: leases and history carry it. */
  node: string;
  clock: Clock;
  random: () => number;
  log: Logger;
  /** Told after every change of an order that this node made. */
  onSettled: (orderId: number) => void;
}

export function createFulfillment(parts: FulfillmentParts) {
  const { db, node, log, onSettled } = parts;
  const running = new Map<number, { claim: repository.Claim; work: Promise<void> }>();
  const stopping = new AbortController();

  async function attempt(claim: repository.Claim): Promise<void> {
    try {
      await fulfillOrder(parts, claim, stopping.signal);
    } catch (error) {
      // The lease ends by itself and another attempt follows; nothing is lost.
      log.error({ err: error, orderId: claim.orderId }, 'an attempt broke off');
    } finally {
      onSettled(claim.orderId);
    }
  }

  async function putBack(claim: repository.Claim, cause: string): Promise<void> {
    const step = {
      ...claim,
      from: 'making',
      to: 'waiting',
      cause,
      node,
      reason: cause,
      delayMs: NO_SLOT_DELAY_MS,
    } as const;
    await inTransaction(db, (transaction) => repository.transition(transaction, step));
    onSettled(claim.orderId);
  }

  function begin(claim: repository.Claim): void {
    const work = attempt(claim).finally(() => running.delete(claim.orderId));
    running.set(claim.orderId, { claim, work });
  }

  async function moveOpenOrder(
    orderId: number,
    move: { to: 'failed' | 'cancelled'; cause: string },
  ): Promise<boolean> {
    const isMoved = await inTransaction(db, async (transaction) => {
      const order = await repository.lockOrder(transaction, orderId);
      if (!order || (order.state !== 'making' && order.state !== 'waiting')) return false;
      const { state: from, fence } = order;
      const step = { orderId, from, fence, node, reason: move.cause, ...move };
      return (await repository.transition(transaction, step)) !== undefined;
    });
    if (isMoved) onSettled(orderId);
    return isMoved;
  }

  return {
    node,
    freeSlots: (): number => FACTORY_SLOTS - running.size,
    runningOrderIds: (): number[] => [...running.keys()],

    /** Starts the first attempt of an order that was born claimed; with every slot taken it waits its turn. */
    async start(claim: repository.Claim): Promise<void> {
      if (stopping.signal.aborted) await putBack(claim, 'shutdown');
      else if (running.size >= FACTORY_SLOTS) await putBack(claim, 'no_slot');
      else begin(claim);
    },

    /** Claims an order that is due and starts its attempt, unless somebody else was faster. */
    async claimAndStart(due: repository.Claim): Promise<void> {
      if (running.has(due.orderId)) return;
      const step = { ...due, from: 'waiting', to: 'making', cause: 'attempt', node } as const;
      const fence = await inTransaction(db, (transaction) => repository.transition(transaction, step));
      if (fence === undefined) return;
      onSettled(due.orderId);
      begin({ orderId: due.orderId, fence });
    },

    /** Writes the birth of an order that this node holds from its first moment; part of the placing transaction. */
    recordBirth: (transaction: Queryable, claim: repository.Claim): Promise<void> =>
      repository.insertTransition(transaction, { ...claim, from: null, to: 'making', cause: 'placed', node }),

    /**
     * Gives an order up for a client that was promised the truth now. Answers false when the order became final
     * meanwhile; a call still running goes on, but its pizza is discarded.
     */
    giveUp: (orderId: number, reason: string): Promise<boolean> =>
      moveOpenOrder(orderId, { to: 'failed', cause: reason }),

    /** Takes an order back; answers false when it is final. A call still running goes on, its pizza is discarded. */
    cancel: (orderId: number, cause: string): Promise<boolean> =>
      moveOpenOrder(orderId, { to: 'cancelled', cause }),

    /** Puts a failed order back into the line with fresh patience, if `assertMay` does not throw; answers false when it has not failed. */
    async tryAgain(
      orderId: number,
      assertMay: (transaction: Transaction) => Promise<void>,
    ): Promise<boolean> {
      const isMoved = await inTransaction(db, async (transaction) => {
        const order = await repository.lockOrder(transaction, orderId);
        if (order?.state !== 'failed') return false;
        await assertMay(transaction);
        const step = {
          orderId,
          from: order.state,
          fence: order.fence,
          to: 'waiting',
          cause: 'try_again',
          node,
        } as const;
        const fresh = { reason: null, answeredFailures: 0, crashedClaims: 0, isPatienceRenewed: true };
        return (await repository.transition(transaction, { ...step, ...fresh })) !== undefined;
      });
      if (isMoved) onSettled(orderId);
      return isMoved;
    },

    /** Answers the payload of a pizza of our factory that is genuine and in time, else undefined. */
    async verifyPizza(jwt: string): Promise<Record<string, unknown> | undefined> {
      return (await checkPizza(jwt, parts.factory.maker, parts.clock())).payload;
    },

    /** Lets running calls end for `graceMs`, then releases the leases of what still runs, so that another node goes on at once. */
    async stop(graceMs: number): Promise<void> {
      stopping.abort();
      const timer = AbortSignal.timeout(graceMs);
      const timeUp = new Promise<void>((resolve) => timer.addEventListener('abort', () => resolve()));
      await Promise.race([Promise.all([...running.values()].map(({ work }) => work)), timeUp]);
      for (const { claim } of running.values()) {
        await putBack(claim, 'shutdown').catch((error: unknown) => {
          log.warn(
            { orderId: claim.orderId, cause: String(error) },
            'a lease could not be released; it ends by itself',
          );
        });
      }
    },
  };
}

export type Fulfillment = ReturnType<typeof createFulfillment>;
