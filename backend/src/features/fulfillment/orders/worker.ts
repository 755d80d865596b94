import { FIRST_FENCE } from '../../../database/lease-clock.ts';
import type { Database } from '../../../database/pool.ts';
import { inTransaction } from '../../../database/transaction.ts';
import { createInterruptibleSleep } from '../../../interruptible-sleep.ts';
import type { Logger } from '../../../observability/logger.ts';
import type { FactorySnapshots } from '../factories/factory-snapshots.ts';
import type { FulfillmentMetrics } from '../fulfillment.metrics.ts';
import type { AttemptRunner } from './attempt-runner.ts';
import * as leases from './lease.repository.ts';
import type { OrderTransitions } from './order-transitions.ts';
import { LONGEST_WAIT_MS } from './retry-schedule.ts';
import { lookForWork, type SweepLook } from './sweep-look.repository.ts';

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
  besides: readonly ((look: SweepLook) => Promise<void>)[];
  log: Logger;
}

const isOver = (ms: number | undefined): boolean => ms !== undefined && ms <= 0;

/** The loop that makes every order move: claims what is due, takes over what was abandoned, renews its own leases. */
export function createFulfillmentWorker(deps: WorkerDeps) {
  const { db, node, mayTakeOver, attempts, transitions, snapshots, metrics, besides, log } = deps;
  let isStopped = false;
  const rest = createInterruptibleSleep();
  let loop: Promise<void> = Promise.resolve();
  let renewal: NodeJS.Timeout | undefined;
  let patienceLookedAtMs = Number.NEGATIVE_INFINITY;

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
    const look = await lookAround();
    const held = new Set(attempts.heldOrderIds());
    let isAnyDue = isOver(look.nextDueInMs);
    if (look.hasForgotten) {
      for (const claim of await leases.findForgottenClaims(db, node)) {
        const isBeingSettled = claim.fence === FIRST_FENCE && attempts.isInDoubt();
        if (!held.has(claim.orderId) && !isBeingSettled) await attempts.reclaim(claim);
      }
    }
    if (isOver(look.nextLeaseEndInMs)) {
      for (const claim of await leases.findAbandonedOrders(db, ABANDONED_AT_ONCE)) {
        // Asked for each one: the database may have been silent since they were looked for.
        if (!mayTakeOver() || held.has(claim.orderId)) continue;
        await transitions.takeOver(claim);
        isAnyDue = true;
      }
    }
    const isAnyWaiting = isAnyDue || look.nextDueInMs !== undefined;
    if (isAnyWaiting) await endPatience();
    const hasLeftDue = isAnyDue && (await attempts.startDue());
    if (isAnyWaiting) await attempts.startHalfOpen();
    for (const work of besides) await work(look);
    // What was done may have made others due, and there may be more of them than are taken at once.
    const isMoreDue = isAnyDue && !hasLeftDue;
    const next = isMoreDue ? await lookAround() : look;
    return sleepFor(next);
  }

  async function lookAround(): Promise<SweepLook> {
    const { origins } = snapshots;
    const look = await lookForWork(db, { origins, node, mostCrashes: attempts.mostCrashes() });
    snapshots.keepAll(look.factories);
    return look;
  }

  function sleepFor({ nextDueInMs, nextLeaseEndInMs }: SweepLook): number {
    const dueMs = Math.max(nextDueInMs ?? SWEEP_EVERY_MS, attempts.noRoomForMs());
    const leaseEndMs = mayTakeOver() ? (nextLeaseEndInMs ?? SWEEP_EVERY_MS) : SWEEP_EVERY_MS;
    return Math.min(SWEEP_EVERY_MS, Math.max(SHORTEST_SLEEP_MS, Math.min(leaseEndMs, dueMs)));
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
      if (!isStopped) await rest.sleep(sleepMs);
    }
  }

  function renewLeases(): void {
    const held = { node, orderIds: attempts.heldOrderIds() };
    if (held.orderIds.length === 0) return;
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
    wake: rest.wake,
    async stop(): Promise<void> {
      isStopped = true;
      rest.wake();
      await loop;
    },
    /** After the last attempt of this node has ended. */
    stopRenewing: (): void => clearInterval(renewal),
  };
}

export type FulfillmentWorker = ReturnType<typeof createFulfillmentWorker>;
