import type { Satoshi } from '#contract/money.ts';
import {
  type AttemptOutcome,
  type FailureReason,
  type OrderState,
  RETRY_REASONS,
  type RetryReason,
} from '#contract/order-lifecycle.ts';
import type { Clock } from '../../../clock.ts';
import type { Database } from '../../../database/pool.ts';
import { inTransaction, type Transaction } from '../../../database/transaction.ts';
import * as attempts from '../factories/attempts.repository.ts';
import type { Settled } from '../fulfillment.metrics.ts';
import { isAnsweredFailure } from '../pizzas/attempt-outcome.ts';
import * as repository from './order-transitions.repository.ts';
import { backOffMs, LONGEST_WAIT_MS, POISON_FAILURES, POISON_PIZZAS } from './retry-schedule.ts';

/** An attempt that has ended, with everything that is recorded of it. */
export interface FinishedAttempt {
  claim: repository.Claim;
  outcome: AttemptOutcome;
  jwt: string | undefined;
  retryAfterMs: number | undefined;
  factory: string;
  startedAt: Date;
  connectMs: number | undefined;
  firstByteMs: number | undefined;
  totalMs: number;
  httpStatus: number | undefined;
  signatureVerdict: string | undefined;
  /** What may be stored of a report URL. */
  report: { host: string | undefined; fingerprint: string | undefined };
  /** Of an order that this node has just stored: then this is its first attempt. */
  sale: Sale | undefined;
}

/** What an order is worth, and when it was placed by the database's clock. */
export interface Sale {
  pizzas: number;
  total: Satoshi;
  placedAt: Date;
}

interface NextState {
  state: OrderState;
  /** For `waiting`: how long until the next attempt. */
  delayMs: number;
  /** Good pizzas nobody may have any more: their order is over. */
  discarded: number;
  /** Only when it was this attempt that ended the order. */
  settled?: Settled;
}

export interface Settlement extends NextState {
  /** Which of the order's attempts this was, from 1. */
  number: number;
  /** Of a first attempt that was settled without a detour: its pizza, and whether a report URL came with it. */
  pizza?: { jwt: string; hasReport: boolean };
}

interface SettleContext {
  db: Database;
  node: string;
  random: () => number;
  clock: Clock;
}

/**
 * Writes what an attempt came to: the attempt's row and the order's next state, together or not at all. Settles only
 * what the claim still holds; a good pizza alone is used whoever holds the order, so that none is baked twice.
 */
export function settleAttempt(context: SettleContext, attempt: FinishedAttempt): Promise<Settlement> {
  return inTransaction(context.db, async (transaction) => {
    const made = await settleFirstPizza(transaction, context, attempt);
    if (made) return made;
    const { orderId } = attempt.claim;
    const order = await repository.lockOrder(transaction, orderId);
    if (!order) throw new Error(`order ${orderId} has no row`);
    // Counted under the order's lock, so that two attempts that end together get different numbers.
    const before = await attempts.countAttempts(transaction, orderId);
    // Written before, with all that follows, by this very call when the answer to its COMMIT was lost.
    if (await attempts.hasAttempt(transaction, { ...attempt, orderId, node: context.node })) {
      return { ...asItStands(order), ...endOf(order), number: before };
    }
    const number = before + 1;
    await attempts.insertAttempt(transaction, { ...attempt, orderId, number, node: context.node });
    const next = await settle(transaction, context, { order, attempt });
    // The order was given up while this call was out, and may have been tried again: from now on it may be asked for.
    if (order.leaseNode === context.node && order.state !== 'making') {
      await repository.endLease(transaction, { orderId, node: context.node });
    }
    return { ...next, number };
  });
}

/**
 * The way of nearly every order: its first attempt brought a good pizza, and it is as it was stored. Its claim says so,
 * so nothing has to be read. Answers undefined for any other, and when this very call wrote it before.
 */
async function settleFirstPizza(
  transaction: Transaction,
  { node, clock }: SettleContext,
  attempt: FinishedAttempt,
): Promise<Settlement | undefined> {
  const { claim, outcome, jwt, factory: maker, sale } = attempt;
  if (!sale || jwt === undefined || (outcome !== 'made' && outcome !== 'made_slow')) return undefined;
  const step = { ...claim, from: 'making', to: 'ready', cause: outcome, node } as const;
  const fence = await repository.transition(transaction, { ...step, reason: null, jwt, maker });
  if (fence === undefined) return undefined;
  await attempts.insertAttempt(transaction, { ...attempt, orderId: claim.orderId, number: 1, node });
  const { pizzas, total, placedAt } = sale;
  const deliveryMs = Math.max(0, clock().getTime() - placedAt.getTime());
  return {
    ...{ state: 'ready', delayMs: 0, discarded: 0, number: 1 },
    settled: { outcome: 'ready', sale: { pizzas, total, deliveryMs } },
    pizza: { jwt, hasReport: attempt.report.fingerprint !== undefined },
  };
}

const asItStands = ({ state }: repository.LockedOrder): NextState => ({ state, delayMs: 0, discarded: 0 });

function endOf(order: repository.LockedOrder): Pick<NextState, 'settled'> {
  if (order.state === 'ready') return { settled: { outcome: 'ready', sale: saleOf(order) } };
  return order.state === 'failed' ? { settled: { outcome: 'failed' } } : {};
}

function saleOf({ pizzas, total, placedAt, now }: repository.LockedOrder): NonNullable<Settled['sale']> {
  return { pizzas, total, deliveryMs: Math.max(0, now.getTime() - placedAt.getTime()) };
}

async function settle(
  transaction: Transaction,
  context: SettleContext,
  { order, attempt }: { order: repository.LockedOrder; attempt: FinishedAttempt },
): Promise<NextState> {
  if (attempt.jwt !== undefined && (attempt.outcome === 'made' || attempt.outcome === 'made_slow')) {
    return keepPizza(transaction, { order, attempt, jwt: attempt.jwt, node: context.node });
  }
  const isHeld = order.state === 'making' && order.fence === attempt.claim.fence;
  return isHeld ? recordFailure(transaction, context, { order, attempt }) : asItStands(order);
}

async function keepPizza(
  transaction: Transaction,
  made: { order: repository.LockedOrder; attempt: FinishedAttempt; jwt: string; node: string },
): Promise<NextState> {
  const { order, attempt, jwt, node } = made;
  let { state, fence } = order;
  if (state !== 'making' && state !== 'waiting') return { state, delayMs: 0, discarded: order.pizzas };
  if (state === 'waiting') {
    // A pizza that comes after its lease ended: the history stays a path of the graph.
    fence =
      (await repository.transition(transaction, {
        orderId: order.id,
        from: state,
        fence,
        to: 'making',
        cause: 'late_pizza',
        node,
      })) ?? fence;
    state = 'making';
  }
  await repository.transition(transaction, {
    orderId: order.id,
    from: state,
    fence,
    to: 'ready',
    cause: attempt.outcome,
    node,
    reason: null,
    jwt,
    maker: attempt.factory,
  });
  return {
    state: 'ready',
    delayMs: 0,
    discarded: 0,
    settled: { outcome: 'ready', sale: saleOf(order) },
  };
}

async function recordFailure(
  transaction: Transaction,
  context: SettleContext,
  failed: { order: repository.LockedOrder; attempt: FinishedAttempt },
): Promise<NextState> {
  const { order, attempt } = failed;
  const { outcome } = attempt;
  const answeredFailures = order.answeredFailures + (isAnsweredFailure(outcome) ? 1 : 0);
  const step = {
    orderId: order.id,
    from: 'making',
    fence: order.fence,
    node: context.node,
    answeredFailures,
  } as const;
  const fail = async (reason: FailureReason): Promise<NextState> => {
    await repository.transition(transaction, { ...step, to: 'failed', cause: outcome, reason });
    return { state: 'failed', delayMs: 0, discarded: 0, settled: { outcome: 'failed' } };
  };
  if (!isRetryReason(outcome)) return fail('rejected');
  const reason = await findFailureReason(transaction, { order, attempt, answeredFailures });
  if (reason !== undefined) return fail(reason);
  const delayMs = backOffMs({
    failures: answeredFailures,
    retryAfterMs: attempt.retryAfterMs,
    random: context.random,
  });
  await repository.transition(transaction, {
    ...step,
    to: 'waiting',
    cause: outcome,
    reason: outcome,
    delayMs,
  });
  return { state: 'waiting', delayMs, discarded: 0 };
}

/** Whether asking again can help after this outcome. */
function isRetryReason(outcome: AttemptOutcome): outcome is RetryReason {
  return (RETRY_REASONS as readonly AttemptOutcome[]).includes(outcome);
}

/** Why an order is over after this attempt, or undefined while asking again can help. */
async function findFailureReason(
  transaction: Transaction,
  facts: { order: repository.LockedOrder; attempt: FinishedAttempt; answeredFailures: number },
): Promise<FailureReason | undefined> {
  const { order, attempt, answeredFailures: failures } = facts;
  if (attempt.outcome === 'key_refused') return undefined;
  if (attempt.startedAt.getTime() - order.patienceSince.getTime() > LONGEST_WAIT_MS) return 'waited_too_long';
  if (failures < POISON_FAILURES || !isAnsweredFailure(attempt.outcome)) return undefined;
  // The order and not the factory is at fault where others are made: only then it is given up before its time.
  const { factory } = attempt;
  const others = { orderId: order.id, factory, failures, atLeast: POISON_PIZZAS };
  return (await attempts.hasMadeOthers(transaction, others)) ? 'poison' : undefined;
}
