import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../../clock.ts';
import { isConflict, isDatabaseAway } from '../../../database/database-errors.ts';
import type { Database } from '../../../database/pool.ts';
import type { Logger } from '../../../observability/logger.ts';
import { judge } from '../factories/circuit.ts';
import type { Factory } from '../factories/factory.ts';
import type { FactoryCalls } from '../factories/factory-calls.ts';
import type { FactoryObserver } from '../factories/factory-observer.ts';
import { describeReport } from '../fault-reports/found-report.ts';
import type { FulfillmentMetrics } from '../fulfillment.metrics.ts';
import { classifyReply } from '../pizzas/attempt-outcome.ts';
import type { FactoryOrder, FactoryReply } from '../pizzas/pizza-factory.client.ts';
import { checkOrderedPizza, type SignatureVerdict } from '../pizzas/pizza-signature.ts';
import { logAttempt } from './log-attempt.ts';
import { type Claim, findFactoryOrder } from './order-transitions.repository.ts';
import { type FinishedAttempt, type Sale, type Settlement, settleAttempt } from './settle-attempt.ts';

export interface AttemptDeps {
  db: Database;
  calls: FactoryCalls;
  watch: FactoryObserver;
  metrics: FulfillmentMetrics;
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

/** Answers what the pizza of a reply is worth; undefined when the reply brought none. */
async function check(
  deps: AttemptDeps,
  { reply, order, factory }: { reply: FactoryReply; order: FactoryOrder; factory: Factory },
  signal: AbortSignal,
): Promise<SignatureVerdict | undefined> {
  if (reply.kind !== 'answer' || reply.status < 200 || reply.status >= 300 || reply.body === undefined)
    return undefined;
  const { jwt } = reply.body;
  if (jwt === undefined) return 'not_a_jws';
  const expected = { orderId: order.order.id, dinerId: order.diner.id, maker: factory.maker };
  for (let attempt = 1; ; attempt += 1) {
    const verdict = await checkOrderedPizza(jwt, { ...expected, now: deps.clock() });
    if (verdict !== 'no_keys' || attempt === KEYS_TRIES || signal.aborted) return verdict;
    await pause(KEYS_AGAIN_MS);
  }
}

function finish(
  claim: Claim,
  reply: FactoryReply,
  verdict: SignatureVerdict | undefined,
  factory: Factory,
): Omit<FinishedAttempt, 'sale'> {
  const answer = reply.kind === 'answer' ? reply : undefined;
  return {
    claim,
    report: describeReport(factory.findReport(answer?.body?.reportUrl)),
    outcome: classifyReply(reply, verdict),
    jwt: verdict === 'valid' ? answer?.body?.jwt : undefined,
    retryAfterMs: answer?.retryAfterMs,
    factory: factory.client.origin,
    startedAt: reply.timing.startedAt,
    connectMs: reply.timing.connectMs,
    firstByteMs: reply.timing.firstByteMs,
    totalMs: reply.timing.totalMs,
    httpStatus: answer?.status,
    signatureVerdict: verdict,
  };
}

/** What is known of an order that this node has just stored. */
interface Newborn {
  order: FactoryOrder;
  sale: Sale;
}

export interface Signals {
  /** The node takes nothing new and lets what runs end. */
  stopping: AbortSignal;
  /** The time for that is over. */
  ended: AbortSignal;
}

/**
 * One attempt: asks the factory for a claimed order, checks the pizza, settles, and tells the observer what was learned
 * of the factory. The first attempt of a placed order and every later one of the worker are this function. A fault of
 * the factory is an outcome, not an error; throws when the attempt cannot be stored.
 */
export async function runAttempt(
  deps: AttemptDeps,
  { claim, factory, newborn }: { claim: Claim; factory: Factory; newborn: Newborn | undefined },
  signals: Signals,
): Promise<Settlement> {
  const { client, findReport } = factory;
  const asked = newborn?.order ?? (await findFactoryOrder(deps.db, claim.orderId));
  if (!asked) throw new Error(`order ${claim.orderId} has no row`);
  const startedAtMs = performance.now();
  const call = { factory: client.origin, source: 'order' } as const;
  const reply = await deps.calls.track(call, () => client.makePizza(asked));

  const verdict = await check(deps, { reply, order: asked, factory }, signals.stopping);
  const attempt = { ...finish(claim, reply, verdict, factory), sale: newborn?.sale };
  const settlement = await settleUntilStored(deps, attempt, signals.ended);
  countAttempt(deps.metrics, attempt, settlement);

  const report = reply.kind === 'answer' ? findReport(reply.body?.reportUrl) : undefined;
  // Not waited for: the order is settled, and what its call told of the factory is written in its turn. Its log line
  // comes last, because it says what became of the report.
  void deps.watch
    .observe({ ...call, outcome: attempt.outcome, startedAtMs, report })
    .then((learned) => logAttempt(deps.log, { attempt, settlement, learned }));
  return settlement;
}

function countAttempt(metrics: FulfillmentMetrics, attempt: FinishedAttempt, settlement: Settlement): void {
  const { outcome, factory, totalMs } = attempt;
  metrics.attempted({ factory, source: 'order', outcome, totalMs });
  // A later attempt is made only of an order whose first one went wrong.
  if (settlement.number === 1 && judge(outcome) === 'bad') metrics.troubled();
  if (settlement.settled) metrics.settled(settlement.settled);
  metrics.discarded(settlement.discarded);
}

/** Goes on until it is stored: a pizza that was dropped here would be baked again. */
async function settleUntilStored(
  deps: AttemptDeps,
  attempt: FinishedAttempt,
  ended: AbortSignal,
): Promise<Settlement> {
  for (;;) {
    try {
      return await settleAttempt(deps, attempt);
    } catch (error) {
      const isPassing = isDatabaseAway(error) || isConflict(error);
      if (ended.aborted || !isPassing) throw error;
      deps.log.warn(
        { orderId: attempt.claim.orderId, cause: String(error) },
        'an attempt could not be stored yet',
      );
      await pause(SETTLE_AGAIN_MS);
    }
  }
}
