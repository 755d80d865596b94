import type { NoAttemptReason } from '#contract/order-lifecycle.ts';
import type { Factory } from './factory.ts';
import type { FactoryCalls } from './factory-calls.ts';
import type { FactorySnapshots } from './factory-snapshots.ts';

/** Calls to the factories at once, over new and waiting orders together. */
export const FACTORY_SLOTS = 16;
// While a call has been pending for this long, more calls would only pile up behind the same trouble ...
const PILE_UP_MS = 10_000;
// ... but a few go on, so that the end of the trouble, or its cure, is learned soon.
const SLOTS_WHILE_SLOW = 4;
// The waiting orders come back two at a time, and twice as many every 5 s: a factory that just recovered is not run over.
const RAMP_START = 2;
const RAMP_STEP_MS = 5_000;

/** Why an order cannot be asked for right now. */
export type WaitCause = Extract<NoAttemptReason, 'no_slot' | 'factory_slow' | 'circuit_open' | 'held'>;

/** Room for one attempt of this node, from the decision to make it until it is settled. */
export interface Slot {
  factory: Factory;
  /** Its order was claimed from the queue, as against a new order on its first attempt. */
  isFromQueue: boolean;
  /** A claim of its order ended in a crash before. */
  isSuspect: boolean;
}

/** An attempt that a half-open circuit lets through. */
export interface HalfOpenAttempt {
  factory: Factory;
  /** Such attempts so far: the right to the next one is taken against this number. */
  trials: number;
  /** Another factory takes the orders meanwhile, so that nobody waits for this attempt. */
  isInsteadOfOther: boolean;
}

interface DispatchDeps {
  /** In order of preference. */
  factories: readonly Factory[];
  snapshots: FactorySnapshots;
  calls: FactoryCalls;
  /** The slots that are taken now. */
  taken: () => readonly Slot[];
  /** False when the settings switch the probe off: then only orders can find out that a factory is well again. */
  hasProbe: boolean;
}

/** Decides which factory an order may go to, and how many of the waiting ones may go at once. */
export function createDispatch({ factories, snapshots, calls, taken, hasProbe }: DispatchDeps) {
  /** Calls that began after the factory's last cure; those before it wait for an answer of the past. */
  function freshCalls(origin: string): number[] {
    const snapshot = snapshots.of(origin);
    const healedAgoMs = snapshot?.healedAt
      ? snapshots.elapsedMs(snapshot, snapshot.healedAt)
      : Number.POSITIVE_INFINITY;
    const healedAtMs = performance.now() - healedAgoMs;
    return calls.pendingSince(origin).filter((startedAtMs) => startedAtMs >= healedAtMs);
  }

  function whyNot(origin: string): WaitCause | undefined {
    const snapshot = snapshots.of(origin);
    if (snapshot?.heldAt) return 'held';
    if (snapshot?.openedAt) return 'circuit_open';
    const pending = freshCalls(origin);
    const isSlow = pending.some((startedAtMs) => performance.now() - startedAtMs > PILE_UP_MS);
    return isSlow && pending.length >= SLOTS_WHILE_SLOW ? 'factory_slow' : undefined;
  }

  function rampLimit(origin: string): number {
    const snapshot = snapshots.of(origin);
    if (!snapshot?.healedAt) return FACTORY_SLOTS;
    const steps = Math.floor(snapshots.elapsedMs(snapshot, snapshot.healedAt) / RAMP_STEP_MS);
    return Math.min(FACTORY_SLOTS, RAMP_START * 2 ** Math.max(0, Math.min(steps, 10)));
  }

  const freeSlots = (): number => FACTORY_SLOTS - taken().length;

  return {
    freeSlots,

    /** For the first attempt of a new order. */
    forNewOrder(): Factory | WaitCause {
      if (freeSlots() <= 0) return 'no_slot';
      const causes = factories.map(({ client }) => whyNot(client.origin));
      const open = factories.find((_factory, index) => causes[index] === undefined);
      return open ?? causes[0] ?? 'no_slot';
    },

    /** For the next of the waiting orders; undefined when none may go now. */
    forQueue(): Factory | undefined {
      if (freeSlots() <= 0) return undefined;
      return factories.find((factory) => {
        const { origin } = factory.client;
        const fromQueue = taken().filter((slot) => slot.factory === factory && slot.isFromQueue);
        return whyNot(origin) === undefined && fromQueue.length < rampLimit(origin);
      });
    },

    /**
     * Factories whose open circuit lets one attempt through now, whether or not a slot is free for it. While another
     * factory takes orders none is spent on an ill one: the probe finds out that it is well, and only then an order
     * proves it.
     */
    halfOpen(): HalfOpenAttempt[] {
      return factories.flatMap((factory) => {
        const snapshot = snapshots.of(factory.client.origin);
        if (!snapshot?.openedAt || snapshot.heldAt || !snapshot.nextTrialAt) return [];
        if (snapshots.elapsedMs(snapshot, snapshot.nextTrialAt) < 0) return [];
        const isThoughtWell = snapshot.failures === 0;
        const canWait = hasProbe && factories.some(({ client }) => whyNot(client.origin) === undefined);
        return isThoughtWell || !canWait
          ? [{ factory, trials: snapshot.trials, isInsteadOfOther: canWait }]
          : [];
      });
    },

    /** Milliseconds until an open circuit lets the next attempt through; undefined when none is open. */
    nextHalfOpenInMs(): number | undefined {
      const waits = factories.flatMap(({ client }) => {
        const snapshot = snapshots.of(client.origin);
        if (!snapshot?.openedAt || snapshot.heldAt || !snapshot.nextTrialAt) return [];
        return [Math.max(0, -snapshots.elapsedMs(snapshot, snapshot.nextTrialAt))];
      });
      return waits.length > 0 ? Math.min(...waits) : undefined;
    },
  };
}
