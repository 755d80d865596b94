import type { AttemptOutcome } from '#contract/order-lifecycle.ts';

/** Bad outcomes in a row that open a factory's circuit. */
const FAILURES_TO_OPEN = 5;
// Nobody needs the exact number of a day without a factory, and its column has an end.
const MOST_FAILURES_COUNTED = 9_999;
/** While the circuit is open one attempt is made this long after the one before; the last one repeats. */
const HALF_OPEN_DELAYS_MS = [2_000, 4_000, 8_000, 15_000];

export interface Circuit {
  failures: number;
  /** Undefined while the circuit is closed. */
  openedAt: Date | undefined;
  openedBy: AttemptOutcome | undefined;
  trials: number;
  nextTrialAt: Date | undefined;
}

export const CLOSED: Circuit = {
  failures: 0,
  openedAt: undefined,
  openedBy: undefined,
  trials: 0,
  nextTrialAt: undefined,
};

/** What an outcome says of the factory; `rejected` speaks of the order alone. */
export function judge(outcome: AttemptOutcome): 'good' | 'bad' | 'neither' {
  if (outcome === 'made' || outcome === 'made_slow') return 'good';
  return outcome === 'rejected' ? 'neither' : 'bad';
}

/** How long after the `trials`-th half-open attempt the next one may follow. */
export function halfOpenDelayMs(trials: number): number {
  return HALF_OPEN_DELAYS_MS[Math.min(trials, HALF_OPEN_DELAYS_MS.length - 1)] ?? 0;
}

/** The circuit after a bad outcome. A refused key opens it at once: no order can help against that. */
export function afterBad(circuit: Circuit, outcome: AttemptOutcome, now: Date): Circuit {
  const failures = Math.min(circuit.failures + 1, MOST_FAILURES_COUNTED);
  if (circuit.openedAt) return { ...circuit, failures };
  if (failures < FAILURES_TO_OPEN && outcome !== 'key_refused') return { ...circuit, failures };
  return {
    failures,
    openedAt: now,
    openedBy: outcome,
    trials: 0,
    nextTrialAt: new Date(now.getTime() + halfOpenDelayMs(0)),
  };
}

/**
 * The circuit when something short of a pizza says that the factory is well again: the next half-open attempt is due
 * now. An open circuit without failures is known by this: an order is needed to prove it.
 */
export function afterHope(circuit: Circuit, now: Date): Circuit {
  return circuit.openedAt ? { ...circuit, failures: 0, nextTrialAt: now } : CLOSED;
}
