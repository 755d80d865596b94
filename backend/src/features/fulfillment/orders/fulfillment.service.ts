import type { CancellationReason, FailureReason, NoAttemptReason } from '#contract/order-lifecycle.ts';
import { inTransaction, type Queryable, type Transaction } from '../../../database/transaction.ts';
import { trialDelayMs } from '../factories/circuit.ts';
import { createDispatch, type Running } from '../factories/dispatch.ts';
import type { Factory } from '../factories/factory.ts';
import type { FactorySights } from '../factories/factory-snapshots.ts';
import { takeTrial } from '../factories/factory-state.repository.ts';
import { listPublicKeys, verifyPizza } from '../pizzas/verify-pizza.ts';
import { type FulfillParts, fulfillOrder } from './fulfill-order.ts';
import * as repository from './order-transitions.repository.ts';

// How soon an order may go that only waited for room; whether there is room is looked at each time.
const NO_ROOM_DELAY_MS = 250;

interface FulfillmentParts extends FulfillParts {
  /** In order of preference. */
  factories: readonly Factory[];
  sights: FactorySights;
  /** How long this node must have lived before it makes orders that crashed two others. */
  stableAfterMs?: number;
  /** Whether somebody else finds out that a factory is well again. */
  hasProbe: boolean;
  /** Told after every change of an order that this node made. */
  onSettled: (orderId: number) => void;
}

// Nodes that crash one after the other, whatever the reason, must not use up the last chance of an order: it waits for
// one that has lived for so long.
const PROVED_STABLE_MS = 10_000;
// The first attempt of an order, which nobody has claimed before.
const NEW = { isFromLine: false, isSuspect: false };

export function createFulfillment(parts: FulfillmentParts) {
  const { db, node, log, onSettled, stableAfterMs = PROVED_STABLE_MS } = parts;
  const running = new Map<number, { claim: repository.Claim; attempt: Running; work: Promise<void> }>();
  const withheld = new Set<number>();
  const startedAtMs = performance.now();
  const stopping = new AbortController();
  const dispatch = createDispatch({
    ...parts,
    running: () => [...running.values()].map(({ attempt }) => attempt),
  });

  async function attempt(claim: repository.Claim, factory: Factory): Promise<void> {
    try {
      await fulfillOrder(parts, { claim, factory }, stopping.signal);
    } catch (error) {
      // The lease ends by itself and another attempt follows; nothing is lost.
      log.error({ err: error, orderId: claim.orderId }, 'an attempt broke off');
    } finally {
      onSettled(claim.orderId);
    }
  }

  async function requeue(claim: repository.Claim, cause: NoAttemptReason): Promise<void> {
    const step = {
      ...claim,
      from: 'making',
      to: 'waiting',
      cause,
      node,
      reason: cause,
      delayMs: NO_ROOM_DELAY_MS,
    } as const;
    await inTransaction(db, (transaction) => repository.transition(transaction, step));
    onSettled(claim.orderId);
  }

  function begin(
    claim: repository.Claim,
    factory: Factory,
    kind: Pick<Running, 'isFromLine' | 'isSuspect'>,
  ): void {
    if (running.has(claim.orderId)) return;
    const work = attempt(claim, factory).finally(() => running.delete(claim.orderId));
    running.set(claim.orderId, {
      claim,
      attempt: { factory: factory.client.origin, ...kind },
      work,
    });
  }

  /** A factory that is thought well again and is preferred to the one that takes orders now: this order finds out. */
  async function takeHopefulTrial(): Promise<Factory | undefined> {
    const trial = dispatch.forTrial().find(({ isInsteadOfOther }) => isInsteadOfOther);
    if (!trial) return undefined;
    return (await takeTrialOf(trial)) ? trial.factory : undefined;
  }

  function takeTrialOf({ factory, trials }: { factory: Factory; trials: number }): Promise<boolean> {
    const nextDelayMs = trialDelayMs(trials + 1);
    return takeTrial(db, { origin: factory.client.origin, trials, nextDelayMs });
  }

  /** Orders with more crashed claims than this are not for this node now. */
  function mostCrashes(): number {
    if ([...running.values()].some(({ attempt }) => attempt.isSuspect)) return 0;
    return performance.now() - startedAtMs >= stableAfterMs ? repository.MAX_CRASHED_CLAIMS : 1;
  }

  async function claimAndBegin(
    due: repository.Claim,
    factory: Factory,
    isSuspect: boolean,
  ): Promise<boolean> {
    const step = { ...due, from: 'waiting', to: 'making', cause: 'attempt', node } as const;
    const fence = await inTransaction(db, (transaction) => repository.transition(transaction, step));
    if (fence === undefined) return false;
    begin({ orderId: due.orderId, fence }, factory, { isFromLine: true, isSuspect });
    onSettled(due.orderId);
    return true;
  }

  async function moveOpenOrder(
    orderId: number,
    move: { to: 'failed'; cause: FailureReason } | { to: 'cancelled'; cause: CancellationReason },
  ): Promise<boolean> {
    const isMoved = await inTransaction(db, async (transaction) => {
      const order = await repository.lockOrder(transaction, orderId);
      if (!order || (order.state !== 'making' && order.state !== 'waiting')) return false;
      const { state: from, fence } = order;
      const step = { orderId, from, fence, node, reason: move.cause, ...move };
      return (await repository.transition(transaction, step)) !== undefined;
    });
    if (!isMoved) return false;
    parts.metrics.settled({ outcome: move.to });
    onSettled(orderId);
    return true;
  }

  return {
    node,
    isStopping: (): boolean => stopping.signal.aborted,
    /** Orders that are this node's: nobody takes them over, and their leases are renewed. */
    heldOrderIds: (): number[] => [...running.keys(), ...withheld],
    /** Holds an order without making it, until `letGo`. */
    withhold: (orderId: number): void => void withheld.add(orderId),
    letGo: (orderId: number): void => void withheld.delete(orderId),
    /** Calls of this node to the factories, and how many there may be. */
    slots: () => ({ inUse: running.size, of: running.size + dispatch.freeSlots() }),

    /** Starts the first attempt of an order that was born claimed; if it cannot go to any factory now, it waits in line. */
    async start(claim: repository.Claim): Promise<void> {
      if (stopping.signal.aborted) {
        await requeue(claim, 'shutdown');
        return;
      }
      const choice = (await takeHopefulTrial()) ?? dispatch.forNewOrder();
      if (typeof choice === 'string') await requeue(claim, choice);
      else begin(claim, choice, NEW);
    },

    /** Goes on with an order this node holds and does not know of: the answer to the COMMIT of its claim was lost. */
    async adopt(claim: repository.Claim): Promise<void> {
      const choice = dispatch.forNewOrder();
      if (typeof choice === 'string') await requeue(claim, choice);
      else begin(claim, choice, NEW);
    },

    /**
     * Claims waiting orders that are due, oldest first, as far as there is room; `findDue` answers so many at most.
     * Suspects go one at a time: if the node crashes again, it is clear which order did it, and none that merely was
     * there is set aside with it.
     */
    async startDue(findDue: (query: repository.DueQuery) => Promise<repository.Claim[]>): Promise<void> {
      if (!dispatch.forLine()) return;
      const suspects = { limit: 1, leastCrashes: 1, mostCrashes: mostCrashes() };
      const others = { limit: dispatch.freeSlots(), leastCrashes: 0, mostCrashes: 0 };
      for (const query of [suspects, others]) {
        for (const due of query.mostCrashes < query.leastCrashes ? [] : await findDue(query)) {
          const factory = dispatch.forLine();
          if (!factory) return;
          if (!running.has(due.orderId)) await claimAndBegin(due, factory, query === suspects);
        }
      }
    },
    mostCrashes,

    /** Where a circuit is open and lets one attempt through, makes it with a waiting order, the oldest as a rule. */
    async startTrials(findOrder: () => Promise<repository.Claim | undefined>): Promise<void> {
      for (const trial of dispatch.forTrial()) {
        const order = await findOrder();
        if (!order || running.has(order.orderId)) return;
        if (await takeTrialOf(trial)) await claimAndBegin(order, trial.factory, false);
      }
    },

    /** How long nothing can start, whatever is due; 0 when there is room now. */
    noRoomForMs: (): number =>
      dispatch.forLine() ? 0 : (dispatch.nextTrialInMs() ?? Number.POSITIVE_INFINITY),

    /** Writes the birth of an order that this node holds from its first moment; part of the placing transaction. */
    recordBirth: (transaction: Queryable, claim: repository.Claim): Promise<void> =>
      repository.insertTransition(transaction, { ...claim, from: null, to: 'making', cause: 'placed', node }),

    /**
     * Gives an order up for a client that was promised the truth now. Answers false when the order became final
     * meanwhile; a call still running goes on, but its pizza is discarded.
     */
    giveUp: (orderId: number, reason: FailureReason): Promise<boolean> =>
      moveOpenOrder(orderId, { to: 'failed', cause: reason }),

    /** Takes an order back; answers false when it is final. A call still running goes on, its pizza is discarded. */
    cancel: (orderId: number, cause: CancellationReason): Promise<boolean> =>
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

    verifyPizza: (jwt: string) => verifyPizza(parts.factories, jwt, parts.clock()),
    publicKeys: () => listPublicKeys(parts.factories),

    /** Lets running calls end for `graceMs`, then releases the leases of what still runs, so that another node goes on at once. */
    async stop(graceMs: number): Promise<void> {
      stopping.abort();
      const timer = AbortSignal.timeout(graceMs);
      const timeUp = new Promise<void>((resolve) => timer.addEventListener('abort', () => resolve()));
      await Promise.race([Promise.all([...running.values()].map(({ work }) => work)), timeUp]);
      for (const { claim } of running.values()) {
        await requeue(claim, 'shutdown').catch((error: unknown) => {
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
