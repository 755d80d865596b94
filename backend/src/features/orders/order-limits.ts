import type { Transaction } from '../../database/transaction.ts';
import { Refusal, unauthorized } from '../../errors.ts';
import { countRecentOrders } from './diner-orders.repository.ts';

/** For each diner; 0 is no limit (S25). */
export interface OrderLimits {
  perHour: number;
  open: number;
}

/** The limits, and who knows whether a diner is there. */
export interface LimitDeps {
  limits: OrderLimits;
  /** Locks the diner, so that nobody deletes them meanwhile; false when they are gone. */
  lockDiner: (transaction: Transaction, dinerId: number) => Promise<boolean>;
}

const OPEN_LIMIT_RETRY_SECONDS = 30;
const HOUR_LIMIT_RETRY_SECONDS = 600;

/**
 * Throws `too_many_requests` for a diner who may not place another order now, and `unauthorized` for one who has just
 * been deleted. Their orders are counted one at a time.
 */
export async function assertWithinLimits(
  { limits, lockDiner }: LimitDeps,
  transaction: Transaction,
  dinerId: number,
): Promise<void> {
  if (limits.perHour === 0 && limits.open === 0) return;
  if (!(await lockDiner(transaction, dinerId))) throw unauthorized();
  const { lastHour, open } = await countRecentOrders(transaction, dinerId);
  if (limits.open > 0 && open >= limits.open) {
    const message = `${open} of your orders are not ready yet: wait for one of them`;
    throw new Refusal('too_many_requests', { message, retryAfterSeconds: OPEN_LIMIT_RETRY_SECONDS });
  }
  if (limits.perHour > 0 && lastHour >= limits.perHour) {
    const message = `${limits.perHour} orders an hour is the limit`;
    throw new Refusal('too_many_requests', { message, retryAfterSeconds: HOUR_LIMIT_RETRY_SECONDS });
  }
}
