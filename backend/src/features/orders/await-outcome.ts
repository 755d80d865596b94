import { setTimeout as pause } from 'node:timers/promises';
import { isSettled } from '#contract/order-lifecycle.ts';
import { isConflict, isDatabaseAway } from '../../database/database-errors.ts';
import type { OrderTransitions } from '../fulfillment/orders/order-transitions.ts';
import type { OrderWatch } from './order-watch.ts';
import type { OrderRecord } from './orders.repository.ts';
import type { Placement } from './place-order.ts';

/** A client that waits for the truth is told "failed" after this many answered failures. */
const PATIENCE_FAILURES = 3;
// A pizza of this node's own first attempt is known without asking the database; after this long it is asked.
const FIRST_OUTCOME_MS = 500;

interface OutcomeDeps {
  watch: OrderWatch;
  transitions: Pick<OrderTransitions, 'giveUp'>;
  /** Reads the diner's order as it stands. */
  read: (order: { orderId: number; dinerId: number }) => Promise<OrderRecord>;
  hasReport: (orderId: number) => Promise<boolean>;
}

interface Wait {
  dinerId: number;
  /** Whether the client can come back. */
  isAsync: boolean;
  withinMs: number;
}

interface Outcome {
  order: OrderRecord;
  /** A good pizza came with a report URL. */
  hasReport: boolean;
}

/** What the database tells of an accepted order; undefined while it is away, which takes nothing back. */
export async function ask<T>(question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch (error) {
    if (isDatabaseAway(error) || isConflict(error)) return undefined;
    throw error;
  }
}

/** The first attempt of this node has made it: then all of the order is known here. */
async function madeAtOnce({ born, firstOutcome }: Placement, withinMs: number): Promise<Outcome | undefined> {
  if (!born || !firstOutcome) return undefined;
  const over = new AbortController();
  const timeUp = pause(Math.min(withinMs, FIRST_OUTCOME_MS), undefined, { signal: over.signal });
  const settlement = await Promise.race([firstOutcome, timeUp.catch(() => undefined)]);
  over.abort();
  if (!settlement?.pizza) return undefined;
  const { jwt, hasReport } = settlement.pizza;
  return { order: { ...born, state: 'ready', reason: null, fence: born.fence + 1, jwt }, hasReport };
}

/** Waits for what becomes of an order that was placed, as long as its client wants to. */
export function createOutcomes({ watch, transitions, read, hasReport }: OutcomeDeps) {
  function waitUntil(
    isEnough: (order: OrderRecord) => boolean,
    { orderId, dinerId, withinMs }: Wait & { orderId: number },
  ): Promise<OrderRecord | undefined> {
    return watch.waitFor({
      orderId,
      read: () => ask(() => read({ orderId, dinerId })),
      isEnough: (order) => order !== undefined && isEnough(order),
      withinMs,
    });
  }

  /** For a client that cannot come back: the order is final when this answers, or the database is away. */
  async function waitForTruth(wait: Wait & { orderId: number }): Promise<OrderRecord | undefined> {
    const order = await waitUntil(
      (current) =>
        isSettled(current.state) ||
        (current.state === 'waiting' && current.answeredFailures >= PATIENCE_FAILURES),
      wait,
    );
    if (!order || isSettled(order.state) || watch.isReleased()) return order;
    await ask(() => transitions.giveUp(wait.orderId, 'not_made_in_time'));
    return ask(() => read(wait));
  }

  /** Answers undefined when the database stayed away for the whole wait. */
  return async (placement: Placement, wait: Wait): Promise<Outcome | undefined> => {
    const { orderId } = placement;
    const beganAtMs = performance.now();
    const made = await madeAtOnce(placement, wait.withinMs);
    if (made) return made;
    const withinMs = Math.max(0, wait.withinMs - (performance.now() - beganAtMs));
    const order = await (wait.isAsync
      ? waitUntil(({ state }) => isSettled(state), { ...wait, orderId, withinMs })
      : waitForTruth({ ...wait, orderId, withinMs }));
    if (!order) return undefined;
    return { order, hasReport: order.state === 'ready' && ((await ask(() => hasReport(orderId))) ?? false) };
  };
}
