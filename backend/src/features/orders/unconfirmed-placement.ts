import { setTimeout as pause } from 'node:timers/promises';
import { isDatabaseAway } from '../../database/database-errors.ts';
import type { Database } from '../../database/pool.ts';
import type { Logger } from '../../observability/logger.ts';
import type { AttemptRunner } from '../fulfillment/orders/attempt-runner.ts';
import type { OrderTransitions } from '../fulfillment/orders/order-transitions.ts';
import { isBornOf } from './orders.repository.ts';

// A client waits this long for the database to come back and say what became of its order ...
const ASK_FOR_MS = 3_000;
const ASK_EVERY_MS = 250;
// ... and what it was not told is taken back whenever the database returns.
const TAKE_BACK_EVERY_MS = 1_000;

export interface DoubtDeps {
  db: Database;
  log: Logger;
  node: string;
  attempts: Pick<AttemptRunner, 'isStopping' | 'reserve' | 'release'>;
  transitions: Pick<OrderTransitions, 'cancel'>;
}

interface Doubt {
  orderId: number;
  /** A client with an idempotency key comes back for the very same order; another one would order twice. */
  hasKey: boolean;
}

/**
 * The connection was lost during the COMMIT of a placement, so nobody knows whether it happened: the row decides.
 * Answers whether the order is stored. When the database does not come back in time the answer is no, and an order
 * that turns out to be stored is cancelled as soon as that is possible: its client was promised nothing.
 */
export async function settleDoubt(deps: DoubtDeps, doubt: Doubt): Promise<boolean> {
  const { db, node, attempts } = deps;
  const deadline = performance.now() + ASK_FOR_MS;
  while (performance.now() < deadline) {
    const isStored = await askOnce(() => isBornOf(db, { orderId: doubt.orderId, node }));
    if (isStored !== 'away') return isStored;
    await pause(ASK_EVERY_MS);
  }
  if (!doubt.hasKey) {
    attempts.reserve(doubt.orderId);
    void takeBack(deps, doubt.orderId);
  }
  return false;
}

async function askOnce(ask: () => Promise<boolean>): Promise<boolean | 'away'> {
  try {
    return await ask();
  } catch (error) {
    if (isDatabaseAway(error)) return 'away';
    throw error;
  }
}

async function takeBack(deps: DoubtDeps, orderId: number): Promise<void> {
  const { db, node, attempts, transitions, log } = deps;
  try {
    for (;;) {
      const isOurs = await askOnce(() => isBornOf(db, { orderId, node }));
      if (isOurs === true) await transitions.cancel(orderId, 'not_confirmed');
      if (isOurs !== 'away' || attempts.isStopping()) return;
      await pause(TAKE_BACK_EVERY_MS);
    }
  } catch (error) {
    log.error({ orderId, cause: String(error) }, 'an order nobody was told of could not be taken back');
  } finally {
    attempts.release(orderId);
  }
}
