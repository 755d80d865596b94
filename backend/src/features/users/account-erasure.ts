import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../database/pool.ts';
import { inTransaction, type Queryable, type Transaction } from '../../database/transaction.ts';
import type { Logger } from '../../observability/logger.ts';
import * as repository from './account-erasure.repository.ts';
import { deleteRoles } from './users.repository.ts';

// Long enough for thousands of orders; whoever waits behind a lock is told that the rest follows.
const ANSWERED_WITHIN_MS = 3_000;
const LOOK_EVERY_MS = 30_000;
const ACCOUNTS_AT_ONCE = 20;

interface ErasureDeps {
  db: Database;
  log: Logger;
  endSessions: (transaction: Queryable, userId: number) => Promise<void>;
  /** Takes open orders back as part of a transaction; answers what tells it once that is committed. */
  takeBackOrders: (transaction: Transaction, dinerId: number) => Promise<() => void>;
  /** Erases what tells of them in the orders they leave. */
  eraseOrders: (dinerId: number) => Promise<void>;
}

/** Erases what closed accounts leave: at once for whoever asked, and by a sweep where that broke off. */
export function createAccountErasure({ db, log, endSessions, takeBackOrders, eraseOrders }: ErasureDeps) {
  const running = new Set<Promise<unknown>>();
  let sweeping: Promise<void> | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;

  async function endAll(transaction: Transaction, userId: number): Promise<() => void> {
    await deleteRoles(transaction, userId);
    await endSessions(transaction, userId);
    return takeBackOrders(transaction, userId);
  }

  /** Every step may be done again, and by two nodes at once. */
  async function erase(userId: number): Promise<void> {
    // Of an account that this version closed nothing is left of these, unless a log-in was under way just then.
    const tell = await inTransaction(db, (transaction) => endAll(transaction, userId));
    tell();
    await eraseOrders(userId);
    await inTransaction(db, (transaction) => repository.endErasure(transaction, userId));
  }

  /** Answers whether all is erased; what went wrong is tried again by a sweep. */
  function tryToErase(userId: number): Promise<boolean> {
    const work = erase(userId).then(
      () => true,
      (error: unknown) => {
        log.warn({ userId, cause: String(error) }, 'a deleted account is not erased yet; it follows');
        return false;
      },
    );
    running.add(work);
    return work.finally(() => running.delete(work));
  }

  async function finishDue(): Promise<void> {
    for (const userId of await repository.findUnfinished(db, ACCOUNTS_AT_ONCE)) {
      if (await repository.takeErasure(db, userId)) await tryToErase(userId);
    }
  }

  return {
    /** Closes a locked account as part of a transaction: nobody logs in or orders any more. Answers what tells it then. */
    async close(transaction: Transaction, userId: number): Promise<() => void> {
      await repository.closeAccount(transaction, userId);
      return endAll(transaction, userId);
    },
    isUnfinished: (queryable: Queryable, userId: number): Promise<boolean> =>
      repository.isUnfinished(queryable, userId),
    /** Erases what a closed account leaves; false when that takes longer, and is finished without anybody's doing. */
    async finish(userId: number): Promise<boolean> {
      const waiting = new AbortController();
      const timeUp = pause(ANSWERED_WITHIN_MS, false, { signal: waiting.signal }).catch(() => false);
      return Promise.race([tryToErase(userId), timeUp]).finally(() => waiting.abort());
    },
    /** Erases what was left by whoever began it and is gone, here or on another node. */
    finishDue,
    /** Part of each sweep: looks now and then, and no order waits for it. */
    async runOnce(): Promise<void> {
      if (sweeping || performance.now() - lookedAtMs < LOOK_EVERY_MS) return;
      lookedAtMs = performance.now();
      sweeping = finishDue()
        .catch((error: unknown) =>
          log.warn({ cause: String(error) }, 'closed accounts could not be looked for'),
        )
        .finally(() => {
          sweeping = undefined;
        });
    },
    /** Answers when what is under way has ended. */
    async stop(): Promise<void> {
      await Promise.all([...running, sweeping]);
    },
  };
}

export type AccountErasure = ReturnType<typeof createAccountErasure>;
