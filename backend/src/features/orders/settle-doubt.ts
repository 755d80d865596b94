import { setTimeout as pause } from 'node:timers/promises';
import { isConflict, isDatabaseAway } from '../../database/database-errors.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction } from '../../database/transaction.ts';
import { Refusal } from '../../errors.ts';
import { bindKey, findOrderOfKey, type OrderKey } from './idempotency.repository.ts';

const LOOK_EVERY_MS = 250;

interface Doubt {
  key: OrderKey;
  /** When the client's wait is over, by `performance.now()`. */
  deadlineMs: number;
  /** Whether the node must stop, and with it everybody's wait. */
  isStopping: () => boolean;
}

class RolledBack extends Error {}

/**
 * The answer to the COMMIT of an order was lost. Its key settles whether it is stored, never its number or its node:
 * a server that crashed hands numbers out again. Answers the order that the key stands for, or undefined when none
 * was stored, and then none will be. Throws `outcome_unknown` when that cannot be found out in time.
 */
export async function settleDoubt(db: Database, doubt: Doubt): Promise<number | undefined> {
  for (;;) {
    const found = await lookOnce(db, doubt.key);
    if (found !== 'unknown') return found.orderId;
    if (doubt.isStopping() || performance.now() >= doubt.deadlineMs) throw outcomeUnknown();
    await pause(LOOK_EVERY_MS);
  }
}

async function lookOnce(db: Database, key: OrderKey): Promise<{ orderId: number | undefined } | 'unknown'> {
  try {
    const binding = await inTransaction(db, async (transaction) => {
      const bound = await bindKey(transaction, key);
      // A client's key stays free for its next try. One of ours is spent, because on a cluster the lost transaction may
      // still be on its way: it can then never be stored.
      if (bound === 'bound' && key.isFromClient) throw new RolledBack();
      return bound;
    });
    if (binding === 'blocked') return 'unknown';
    return { orderId: binding === 'taken' ? await findOrderOfKey(db, key) : undefined };
  } catch (error) {
    if (error instanceof RolledBack) return { orderId: undefined };
    if (isDatabaseAway(error) || isConflict(error)) return 'unknown';
    throw error;
  }
}

function outcomeUnknown(): Refusal {
  return new Refusal('outcome_unknown', {
    message:
      'nobody knows yet whether your order was stored: look at GET /api/order before you order again; with an Idempotency-Key the same request may simply be sent again',
  });
}
