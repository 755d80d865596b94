import type { Queryable } from '../../database/transaction.ts';

/** Who did something, and with which request. */
export interface Actor {
  userId: number;
  requestId: string;
}

export interface AuditEntry {
  actor: Actor;
  /** `subject.what`, in the past: `franchise.created`. */
  action: string;
  subject: { type: string; id: number };
  details: Record<string, unknown>;
}

export async function insertEntry(db: Queryable, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      actor_id: entry.actor.userId,
      request_id: entry.actor.requestId,
      action: entry.action,
      subject_type: entry.subject.type,
      subject_id: entry.subject.id,
      details: JSON.stringify(entry.details),
    })
    .execute();
}

/** One page of entries, newest first, with one more than asked for. */
export async function findEntries(db: Queryable, page: { offset: number; limit: number }) {
  const rows = await db
    .selectFrom('audit_log')
    .innerJoin('users', 'users.id', 'audit_log.actor_id')
    .select([
      'audit_log.id',
      'audit_log.at',
      'audit_log.actor_id',
      'users.name as actor_name',
      'audit_log.action',
      'audit_log.subject_type',
      'audit_log.subject_id',
      'audit_log.details',
      'audit_log.request_id',
    ])
    .orderBy('audit_log.id', 'desc')
    .offset(page.offset)
    .limit(page.limit + 1)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: { id: row.actor_id, name: row.actor_name },
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id },
    // MariaDB answers JSON columns as text, MySQL as values.
    details: (typeof row.details === 'string' ? JSON.parse(row.details) : row.details) as Record<
      string,
      unknown
    >,
    requestId: row.request_id,
  }));
}
