import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import { isConflict, isDatabaseAway } from '../../database/database-errors.ts';
import type { Database } from '../../database/pool.ts';
import type { Logger } from '../../observability/logger.ts';
import { classifyReply } from './attempt-outcome.ts';
import { type Claim, findFactoryOrder } from './fulfillment.repository.ts';
import type { FactoryReply, PizzaFactoryClient } from './pizza-factory.client.ts';
import { checkOrderedPizza, type PizzaMaker, type SignatureVerdict } from './pizza-signature.ts';
import { type FinishedAttempt, type Settlement, settleAttempt } from './settle-attempt.ts';

/** A factory we can ask: how to call it and how to know its pizzas. */
export interface Factory {
  client: PizzaFactoryClient;
  maker: PizzaMaker;
}

interface FulfillParts {
  db: Database;
  factory: Factory;
  node: string;
  clock: Clock;
  random: () => number;
  log: Logger;
}

// A pizza is there but no key to check it with: the keys are asked for again rather than the pizza.
const KEYS_AGAIN_MS = 1_000;
const KEYS_TRIES = 20;
// A pizza that was made must not be lost because the database is away for a moment: it would be baked twice.
const SETTLE_AGAIN_MS = 500;

async function verdictOf(
  reply: FactoryReply,
  order: { orderId: number; dinerId: number },
  parts: FulfillParts,
  signal: AbortSignal,
): Promise<SignatureVerdict | undefined> {
  if (reply.kind !== 'answer' || reply.status < 200 || reply.status >= 300 || reply.body === undefined)
    return undefined;
  const { jwt } = reply.body;
  if (jwt === undefined) return 'not_a_jws';
  for (let attempt = 1; ; attempt += 1) {
    const verdict = await checkOrderedPizza(jwt, {
      ...order,
      maker: parts.factory.maker,
      now: parts.clock(),
    });
    if (verdict !== 'no_keys' || attempt === KEYS_TRIES || signal.aborted) return verdict;
    await pause(KEYS_AGAIN_MS);
  }
}

function finish(
  claim: Claim,
  reply: FactoryReply,
  verdict: SignatureVerdict | undefined,
  factory: string,
): FinishedAttempt {
  const answer = reply.kind === 'answer' ? reply : undefined;
  return {
    claim,
    outcome: classifyReply(reply, verdict),
    jwt: verdict === 'valid' ? answer?.body?.jwt : undefined,
    retryAfterMs: answer?.retryAfterMs,
    factory,
    startedAt: reply.timing.startedAt,
    firstByteMs: reply.timing.firstByteMs,
    totalMs: reply.timing.totalMs,
    httpStatus: answer?.status,
    signatureVerdict: verdict,
  };
}

/**
 * One attempt: asks the factory for a claimed order, checks the pizza, and settles. The first attempt of a placed
 * order and every later one of the worker are this function. A fault of the factory is an outcome, not an error.
 */
export async function fulfillOrder(
  parts: FulfillParts,
  claim: Claim,
  signal: AbortSignal,
): Promise<Settlement> {
  const order = await findFactoryOrder(parts.db, claim.orderId);
  if (!order) throw new Error(`order ${claim.orderId} has no row`);
  const reply = await parts.factory.client.makePizza(order);
  const verdict = await verdictOf(reply, { orderId: claim.orderId, dinerId: order.diner.id }, parts, signal);
  const attempt = finish(claim, reply, verdict, parts.factory.client.origin);
  const settlement = await settleUntilStored(parts, attempt, signal);
  logAttempt(parts.log, attempt, settlement);
  return settlement;
}

async function settleUntilStored(
  parts: FulfillParts,
  attempt: FinishedAttempt,
  signal: AbortSignal,
): Promise<Settlement> {
  for (;;) {
    try {
      return await settleAttempt(parts, attempt);
    } catch (error) {
      const isPassing = isDatabaseAway(error) || isConflict(error);
      if (signal.aborted || !isPassing) throw error;
      parts.log.warn(
        { orderId: attempt.claim.orderId, cause: String(error) },
        'an attempt could not be stored yet',
      );
      await pause(SETTLE_AGAIN_MS);
    }
  }
}

function logAttempt(log: Logger, attempt: FinishedAttempt, settlement: Settlement): void {
  const { claim, outcome, factory, firstByteMs, totalMs, httpStatus, signatureVerdict } = attempt;
  const entry = {
    orderId: claim.orderId,
    factory,
    outcome,
    firstByteMs,
    totalMs,
    httpStatus,
    signatureVerdict,
    state: settlement.state,
    nextAttemptInMs: settlement.state === 'waiting' ? settlement.delayMs : undefined,
    isDiscarded: settlement.isDiscarded,
  };
  log.info(entry, 'factory attempt');
}
