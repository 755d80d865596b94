import { halfOpenDelayMs } from '../factories/circuit.ts';
import { createDispatch, FACTORY_SLOTS, type HalfOpenAttempt, type Slot } from '../factories/dispatch.ts';
import type { Factory } from '../factories/factory.ts';
import type { FactorySnapshots } from '../factories/factory-snapshots.ts';
import { takeHalfOpenAttempt } from '../factories/factory-state.repository.ts';
import type { FactoryOrder } from '../pizzas/pizza-factory.client.ts';
import * as leases from './lease.repository.ts';
import { type Birth, type Claim, MAX_CRASHED_CLAIMS } from './order-transitions.repository.ts';
import type { OrderTransitions } from './order-transitions.ts';
import { NO_ATTEMPT_DELAY_MS } from './retry-schedule.ts';
import { type AttemptDeps, runAttempt } from './run-attempt.ts';
import type { Sale, Settlement } from './settle-attempt.ts';

interface RunnerDeps extends AttemptDeps {
  transitions: OrderTransitions;
  /** In order of preference. */
  factories: readonly Factory[];
  snapshots: FactorySnapshots;
  /** How long this node must have lived before it makes orders that crashed two others. */
  stableAfterMs?: number;
  /** Whether somebody else finds out that a factory is well again. */
  hasProbe: boolean;
  /** Told when an attempt was claimed, and when it ended. */
  onChanged: (orderId: number) => void;
  /** Told when an order may be due, or there is room for one that is. */
  onDue: () => void;
}

/** How a new order is born: with a slot for its first attempt, or waiting because there is none. */
export type FirstAttempt = (Birth & { to: 'making'; slot: Slot }) | (Birth & { to: 'waiting' });

/** What an attempt came to; undefined when it broke off. */
export type FirstOutcome = Promise<Settlement | undefined>;

/** An order that was just stored: what its first attempt needs to know. */
export interface NewbornOrder {
  claim: Claim;
  first: FirstAttempt;
  order: FactoryOrder;
  sale: Sale;
}

// Nodes that crash one after the other, whatever the reason, must not use up the last chance of an order: it waits for
// one that has lived for so long.
const PROVED_STABLE_MS = 10_000;
// The first attempt of an order, which nobody has claimed before.
const FIRST = { isFromQueue: false, isSuspect: false };

/** Starts the attempts of this node, and knows which orders it holds and how much room it has for more. */
export function createAttemptRunner(deps: RunnerDeps) {
  const { db, log, transitions, onChanged, onDue, stableAfterMs = PROVED_STABLE_MS } = deps;
  const slots = new Set<Slot>();
  const running = new Map<number, { claim: Claim; slot: Slot; work: FirstOutcome }>();
  let doubts = 0;
  let hasLeftDue = false;
  const startedAtMs = performance.now();
  const stopping = new AbortController();
  const ended = new AbortController();
  const dispatch = createDispatch({ ...deps, taken: () => [...slots] });

  async function attempt(claim: Claim, factory: Factory, newborn?: NewbornOrder): FirstOutcome {
    const signals = { stopping: stopping.signal, ended: ended.signal };
    let settlement: Settlement | undefined;
    try {
      settlement = await runAttempt(deps, { claim, factory, newborn }, signals);
    } catch (error) {
      // The lease ends by itself and another attempt follows; nothing is lost.
      log.error({ err: error, orderId: claim.orderId }, 'an attempt broke off');
    }
    onChanged(claim.orderId);
    if (!settlement || settlement.state === 'waiting' || hasLeftDue) onDue();
    return settlement;
  }

  function begin(claim: Claim, slot: Slot, newborn?: NewbornOrder): FirstOutcome | undefined {
    if (running.has(claim.orderId)) return undefined;
    slots.add(slot);
    const work = attempt(claim, slot.factory, newborn).finally(() => {
      running.delete(claim.orderId);
      slots.delete(slot);
    });
    running.set(claim.orderId, { claim, slot, work });
    return work;
  }

  const isHeld = (orderId: number): boolean => running.has(orderId);

  /** Takes the right to a half-open attempt; exactly one node gets it. */
  function take({ factory, trials }: HalfOpenAttempt): Promise<boolean> {
    const nextDelayMs = halfOpenDelayMs(trials + 1);
    return takeHalfOpenAttempt(db, { origin: factory.client.origin, trials, nextDelayMs });
  }

  /** A factory that is thought well again and is preferred to the one that takes orders now: a new order proves it. */
  async function takePreferred(): Promise<Factory | undefined> {
    const halfOpen = dispatch.halfOpen().find(({ isInsteadOfOther }) => isInsteadOfOther);
    return halfOpen && (await take(halfOpen)) ? halfOpen.factory : undefined;
  }

  /** Orders with more crashed claims than this are not for this node now. */
  function mostCrashes(): number {
    if ([...running.values()].some(({ slot }) => slot.isSuspect)) return 0;
    return performance.now() - startedAtMs >= stableAfterMs ? MAX_CRASHED_CLAIMS : 1;
  }

  async function claimAndBegin(due: Claim, slot: Slot): Promise<void> {
    const claim = await transitions.claim(due);
    if (!claim) return;
    void begin(claim, slot);
    onChanged(due.orderId);
  }

  return {
    isStopping: (): boolean => stopping.signal.aborted,
    /** Orders that are this node's: nobody takes them over, and their leases are renewed. */
    heldOrderIds: (): number[] => [...running.keys()],
    /** Whether it is not known of an order of this node if it was stored: it must not be found and started meanwhile. */
    isInDoubt: (): boolean => doubts > 0,
    async whileInDoubt<T>(work: () => Promise<T>): Promise<T> {
      doubts += 1;
      try {
        return await work();
      } finally {
        doubts -= 1;
      }
    },
    /** Renews the lease of an order that was born claimed; false when it was taken over meanwhile. */
    stillHolds: (claim: Claim): Promise<boolean> => leases.renewClaim(db, { ...claim, node: deps.node }),
    /** Calls of this node to the factories, and how many there may be. */
    slots: () => ({ inUse: running.size, of: FACTORY_SLOTS }),
    mostCrashes,

    /** Decides how an order that is about to be stored is born. Its slot is nobody else's until `start` or `releaseSlot`. */
    reserveSlot(): FirstAttempt {
      const choice = stopping.signal.aborted ? 'shutdown' : dispatch.forNewOrder();
      if (typeof choice === 'string') return { to: 'waiting', cause: choice, delayMs: NO_ATTEMPT_DELAY_MS };
      const slot = { ...FIRST, factory: choice };
      slots.add(slot);
      return { to: 'making', cause: 'placed', slot };
    },
    /** The order was not stored. */
    releaseSlot(first: FirstAttempt): void {
      if (first.to === 'making') slots.delete(first.slot);
    },

    /**
     * Starts the first attempt of an order that was stored, and answers what will come of it; one that was born waiting
     * is left to the worker. Throws when the database is away: the order is then reclaimed by a later sweep.
     */
    async start(stored: NewbornOrder): Promise<{ outcome: FirstOutcome } | undefined> {
      const { claim, first } = stored;
      if (first.to === 'waiting') {
        onChanged(claim.orderId);
        onDue();
        return undefined;
      }
      try {
        if (stopping.signal.aborted) {
          await transitions.requeue(claim, 'shutdown');
          return undefined;
        }
        const factory = (await takePreferred()) ?? first.slot.factory;
        const outcome = begin(claim, { ...first.slot, factory }, stored);
        return outcome && { outcome };
      } finally {
        slots.delete(first.slot);
      }
    },

    /** Goes on with an order this node holds and does not know of: the answer to the COMMIT of its claim was lost. */
    async reclaim(claim: Claim): Promise<void> {
      const choice = dispatch.forNewOrder();
      if (typeof choice === 'string') await transitions.requeue(claim, choice);
      else void begin(claim, { ...FIRST, factory: choice });
    },

    /**
     * Claims waiting orders that are due, oldest first, as far as there is room. Suspects go one at a time: if the node
     * crashes again, it is clear which order did it, and none that merely was there is set aside with it. Answers whether
     * there was no room for all.
     */
    async startDue(): Promise<boolean> {
      hasLeftDue = true;
      if (!dispatch.forQueue()) return hasLeftDue;
      const suspects = { limit: 1, leastCrashes: 1, mostCrashes: mostCrashes() };
      const others = { limit: dispatch.freeSlots(), leastCrashes: 0, mostCrashes: 0 };
      for (const query of [suspects, others]) {
        if (query.mostCrashes < query.leastCrashes) continue;
        for (const due of await leases.findDueOrders(db, query)) {
          const factory = dispatch.forQueue();
          if (!factory) return hasLeftDue;
          const slot = { factory, isFromQueue: true, isSuspect: query === suspects };
          if (!isHeld(due.orderId)) await claimAndBegin(due, slot);
        }
      }
      hasLeftDue = false;
      return hasLeftDue;
    },

    /** Where a circuit is open and lets one attempt through, makes it with a waiting order, the oldest as a rule. */
    async startHalfOpen(): Promise<void> {
      if (dispatch.freeSlots() <= 0) return;
      for (const halfOpen of dispatch.halfOpen()) {
        const due = await leases.findHalfOpenOrder(db);
        if (!due || isHeld(due.orderId)) return;
        const slot = { factory: halfOpen.factory, isFromQueue: true, isSuspect: false };
        if (await take(halfOpen)) await claimAndBegin(due, slot);
      }
    },

    /** How long nothing can start, whatever is due; 0 when there is room now. */
    noRoomForMs: (): number =>
      dispatch.forQueue() ? 0 : (dispatch.nextHalfOpenInMs() ?? Number.POSITIVE_INFINITY),

    /** Lets running attempts end for `graceMs`, then requeues what still runs, so that another node goes on at once. */
    async stop(graceMs: number): Promise<void> {
      stopping.abort();
      const timer = AbortSignal.timeout(graceMs);
      const timeUp = new Promise<void>((resolve) => timer.addEventListener('abort', () => resolve()));
      await Promise.race([Promise.all([...running.values()].map(({ work }) => work)), timeUp]);
      for (const { claim } of running.values()) {
        await transitions.requeue(claim, 'shutdown').catch((error: unknown) => {
          const entry = { orderId: claim.orderId, cause: String(error) };
          log.warn(entry, 'a lease could not be released; it ends by itself');
        });
      }
      ended.abort();
    },
  };
}

export type AttemptRunner = ReturnType<typeof createAttemptRunner>;
