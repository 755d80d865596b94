import { FIRST_FENCE } from '../../../database/lease-clock.ts';
import type { Database } from '../../../database/pool.ts';
import { inTransaction } from '../../../database/transaction.ts';
import type { Logger } from '../../../observability/logger.ts';
import type { FactorySnapshots } from '../factories/factory-snapshots.ts';
import type { FulfillmentMetrics } from '../fulfillment.metrics.ts';
import type { AttemptRunner } from './attempt-runner.ts';
import * as leases from './lease.repository.ts';
import type { OrderTransitions } from './order-transitions.ts';
import { LONGEST_WAIT_MS } from './retry-schedule.ts';

const SWEEP_EVERY_MS = 1_000;
const RENEW_EVERY_MS = 5_000;
const ABANDONED_AT_ONCE = 50;
// A due order is never looked for more often than this, however many are due.
const SHORTEST_SLEEP_MS = 20;

// Patience ends after an hour: a look every few seconds is exact enough.
const PATIENCE_LOOK_EVERY_MS = 10_000;

interface WorkerDeps {
  db: Database;
  node: string;
  /** Whether a lease that ended says that its node is gone. */
  mayTakeOver: () => boolean;
  attempts: AttemptRunner;
  transitions: OrderTransitions;
  snapshots: FactorySnapshots;
  metrics: FulfillmentMetrics;
  /** What else belongs to each sweep: the probe, the record of incidents. */
  besides: readonly (() => Promise<void>)[];
  log: Logger;
}

/** The loop that makes every order move: claims what is due, takes over what was abandoned, renews its own leases. */
export function createFulfillmentWorker(deps: WorkerDeps) {
  const { db, node, mayTakeOver, attempts, transitions, snapshots, metrics, besides, log } = deps;
  let isStopped = false;
  let wake: () => void = () => undefined;
  let loop: Promise<void> = Promise.resolve();
  let renewal: NodeJS.Timeout | undefined;
  let patienceLookedAtMs = Number.NEGATIVE_INFINITY;

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function endPatience(): Promise<void> {
    if (performance.now() - patienceLookedAtMs < PATIENCE_LOOK_EVERY_MS) return;
    patienceLookedAtMs = performance.now();
    const options = { longestWaitMs: LONGEST_WAIT_MS, limit: ABANDONED_AT_ONCE };
    for (const orderId of await leases.findImpatientOrders(db, options)) {
      await transitions.giveUp(orderId, 'waited_too_long');
    }
  }

  /** One sweep; answers how long the loop may sleep. */
  async function runOnce(): Promise<number> {
    await snapshots.refresh();
    const held = new Set(attempts.heldOrderIds());
    for (const claim of await leases.findForgottenClaims(db, node)) {
      const isBeingSettled = claim.fence === FIRST_FENCE && attempts.isInDoubt();
      if (!held.has(claim.orderId) && !isBeingSettled) await attempts.reclaim(claim);
    }
    for (const claim of await leases.findAbandonedOrders(db, ABANDONED_AT_ONCE)) {
      // Asked for each one: the database may have been silent since they were looked for.
      if (mayTakeOver() && !held.has(claim.orderId)) await transitions.takeOver(claim);
    }
    await endPatience();
    await attempts.startDue();
    await attempts.startHalfOpen();
    for (const work of besides) await work();
    const due = { mostCrashes: attempts.mostCrashes() };
    const nextDueMs = (await leases.findNextDueInMs(db, due)) ?? SWEEP_EVERY_MS;
    const nextLeaseEndMs = mayTakeOver() ? await leases.findNextLeaseEndInMs(db) : undefined;
    const leaseEndMs = nextLeaseEndMs ?? SWEEP_EVERY_MS;
    const sleepMs = Math.min(leaseEndMs, Math.max(nextDueMs, attempts.noRoomForMs()));
    return Math.min(SWEEP_EVERY_MS, Math.max(SHORTEST_SLEEP_MS, sleepMs));
  }

  async function runUntilStopped(): Promise<void> {
    while (!isStopped) {
      let sleepMs = SWEEP_EVERY_MS;
      try {
        sleepMs = await runOnce();
        metrics.swept();
      } catch (error) {
        log.warn({ cause: String(error) }, 'a sweep broke off; the next one follows');
      }
      if (!isStopped) await sleep(sleepMs);
    }
  }

  function renewLeases(): void {
    const held = { node, orderIds: attempts.heldOrderIds() };
    inTransaction(db, (transaction) => leases.renewLeases(transaction, held)).catch((error: unknown) =>
      log.warn({ cause: String(error) }, 'leases could not be renewed'),
    );
  }

  return {
    runOnce,
    start(): void {
      loop = runUntilStopped();
      renewal = setInterval(renewLeases, RENEW_EVERY_MS);
    },
    /** Says "still here" for what this node holds. */
    renewLeases,
    /** Ends the loop's sleep: something may be due. */
    wake: (): void => wake(),
    async stop(): Promise<void> {
      isStopped = true;
      wake();
      await loop;
    },
    /** After the last attempt of this node has ended. */
    stopRenewing: (): void => clearInterval(renewal),
  };
}

export type FulfillmentWorker = ReturnType<typeof createFulfillmentWorker>;
