import type { Database } from '../../database/pool.ts';
import { readPages } from '../../database/read-pages.ts';
import type { Queryable } from '../../database/transaction.ts';
import type { Logger } from '../../observability/logger.ts';
import * as repository from './audit.repository.ts';

const ENTRIES_AT_ONCE = 500;

export function createAudit({ db, log }: { db: Database; log: Logger }) {
  return {
    /** Records a change inside the transaction that makes it: both are there or neither (S40). */
    async record(transaction: Queryable, entry: repository.AuditEntry): Promise<void> {
      await repository.insertEntry(transaction, entry);
      const { actor, action, subject } = entry;
      log.info({ securityEvent: 'admin-action', ...actor, action, subject }, 'audited');
    },
    async listEntries({ page, limit, ...filter }: repository.AuditFilter & { page: number; limit: number }) {
      const offset = filter.before === undefined ? (page - 1) * limit : 0;
      const found = await repository.findEntries(db, filter, { offset, limit });
      return { entries: found.slice(0, limit), more: found.length > limit };
    },
    /** Answers all that somebody did, newest first, and reads it while it is taken. */
    async *entriesOf(actorId: number) {
      const page = { offset: 0, limit: ENTRIES_AT_ONCE };
      const readBefore = (before: number | undefined) =>
        repository.findEntries(db, { actorId, before }, page);
      for await (const entries of readPages(ENTRIES_AT_ONCE, readBefore)) yield* entries;
    },
  };
}

export type Audit = ReturnType<typeof createAudit>;
