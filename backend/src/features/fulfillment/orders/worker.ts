import type { Database } from '../../../database/pool.ts';
import { inTransaction } from '../../../database/transaction.ts';
import type { Logger } from '../../../observability/logger.ts';
import type { FactorySights } from '../factories/factory-snapshots.ts';
import type { FulfillmentMetrics } from '../fulfillment.metrics.ts';
import type { Fulfillment } from './fulfillment.service.ts';
import * as leases from './lease.repository.ts';
import * as repository from './order-transitions.repository.ts';
import { LONGEST_WAIT_MS } from './retry-schedule.ts';

const SWEEP_EVERY_MS = 1_000;
const RENEW_EVERY_MS = 5_000;
const ABANDONED_AT_ONCE = 50;
// A due order is never looked for more often than this, however many are due.
const SHORTEST_SLEEP_MS = 20;

// Patience ends after an hour: a look every few seconds is exact enough.
const PATIENCE_LOOK_EVERY_MS = 10_000;

interface WorkerParts {
  db: Database;
  fulfillment: Fulfillment;
  sights: FactorySights;
  metrics: FulfillmentMetrics;
  /** What else belongs to each sweep: the probe, the record of incidents. */
  besides: readonly (() => Promise<void>)[];
  log: Logger;
}

/** The loop that makes every order move: claims what is due, takes over what was abandoned, renews its own leases. */
export function createFulfillmentWorker(parts: WorkerParts) {
  const { db, fulfillment, sights, metrics, besides, log } = parts;
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

  /** An order whose node went silent waits again; one that crashed its node too often is set aside. */
  async function takeOver({ orderId, fence }: repository.Claim): Promise<void> {
    const isSetAside = await inTransaction(db, async (transaction) => {
      const order = await repository.lockOrder(transaction, orderId);
      // Another node may have taken it over since it was looked at, and be making it now.
      if (order?.state !== 'making' || order.fence !== fence) return false;
      const crashedClaims = order.crashedClaims + 1;
      const step = {
        orderId,
        from: 'making',
        fence,
        node: fulfillment.node,
        crashedClaims,
      } as const;
      if (crashedClaims >= repository.MAX_CRASHED_CLAIMS) {
        await repository.transition(transaction, {
          ...step,
          to: 'failed',
          cause: 'crash_loop',
          reason: 'crash_loop',
        });
        log.error({ orderId }, 'an order was set aside: every node that held it crashed');
        return true;
      }
      await repository.transition(transaction, {
        ...step,
        to: 'waiting',
        cause: 'lease_ended',
        reason: 'lease_ended',
      });
      log.warn({ orderId, crashedClaims }, 'an abandoned order was taken over');
      return false;
    });
    if (isSetAside) metrics.settled({ outcome: 'failed' });
  }

  async function endPatience(): Promise<void> {
    if (performance.now() - patienceLookedAtMs < PATIENCE_LOOK_EVERY_MS) return;
    patienceLookedAtMs = performance.now();
    const options = { longestWaitMs: LONGEST_WAIT_MS, limit: ABANDONED_AT_ONCE };
    for (const orderId of await leases.findImpatientOrders(db, options)) {
      await fulfillment.giveUp(orderId, 'waited_too_long');
    }
  }

  /** One sweep; answers how long the loop may sleep. */
  async function runOnce(): Promise<number> {
    await sights.refresh();
    const held = new Set(fulfillment.heldOrderIds());
    for (const claim of await leases.findForgottenClaims(db, fulfillment.node)) {
      if (!held.has(claim.orderId)) await fulfillment.adopt(claim);
    }
    for (const claim of await leases.findAbandonedOrders(db, ABANDONED_AT_ONCE)) {
      if (!held.has(claim.orderId)) await takeOver(claim);
    }
    await endPatience();
    await fulfillment.startDue((query) => leases.findDueOrders(db, query));
    await fulfillment.startTrials(() => leases.findOrderForTrial(db));
    for (const work of besides) await work();
    const due = { mostCrashes: fulfillment.mostCrashes() };
    const nextDueMs = (await leases.findNextDueInMs(db, due)) ?? SWEEP_EVERY_MS;
    const leaseEndMs = (await leases.findNextLeaseEndInMs(db)) ?? SWEEP_EVERY_MS;
    const sleepMs = Math.min(leaseEndMs, Math.max(nextDueMs, fulfillment.noRoomForMs()));
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

  function renew(): void {
    const held = { node: fulfillment.node, orderIds: fulfillment.heldOrderIds() };
    inTransaction(db, (transaction) => leases.renewLeases(transaction, held)).catch((error: unknown) =>
      log.warn({ cause: String(error) }, 'leases could not be renewed'),
    );
  }

  return {
    runOnce,
    start(): void {
      loop = runUntilStopped();
      renewal = setInterval(renew, RENEW_EVERY_MS);
    },
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
