import type { Database } from '../../database/pool.ts';
import type { Queryable } from '../../database/transaction.ts';
import type { Logger } from '../../observability/logger.ts';
import * as repository from './audit.repository.ts';

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
  };
}

export type Audit = ReturnType<typeof createAudit>;
