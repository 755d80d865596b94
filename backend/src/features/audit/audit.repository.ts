import { sql } from 'kysely';
import type { AuditAction, AuditSubject } from '#contract/operations.ts';
import type { Queryable } from '../../database/transaction.ts';

/** Who did something, and with which request. */
export interface Actor {
  userId: number;
  requestId: string;
}

export interface AuditEntry {
  actor: Actor;
  action: AuditAction;
  subject: { type: AuditSubject; id: number };
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

export interface AuditFilter {
  actorId?: number | undefined;
  action?: AuditAction | undefined;
  subjectType?: AuditSubject | undefined;
  subjectId?: number | undefined;
  /** Included. */
  from?: Date | undefined;
  /** Not included. */
  to?: Date | undefined;
  /** Only what stands after this entry in the list. */
  before?: number | undefined;
}

type Page = { offset: number; limit: number };

/** The ids of one page and one more: told by the indexes alone, so that a page far down costs no more than its place. */
function idsOfPage(db: Queryable, filter: AuditFilter, { offset, limit }: Page) {
  const { actorId, action, subjectType, subjectId, from, to, before } = filter;
  let query = db.selectFrom('audit_log').select('audit_log.id');
  if (actorId !== undefined) query = query.where('actor_id', '=', actorId);
  if (action !== undefined) query = query.where('action', '=', action);
  if (subjectType !== undefined) query = query.where('subject_type', '=', subjectType);
  if (subjectId !== undefined) query = query.where('subject_id', '=', subjectId);
  if (from !== undefined) query = query.where('at', '>=', from);
  if (to !== undefined) query = query.where('at', '<', to);
  if (before !== undefined) {
    const then = sql`(select last.at from audit_log as last where last.id = ${before})`;
    query = query.where(sql<boolean>`at <= ${then} and (at < ${then} or id < ${before})`);
  }
  return query
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit + 1);
}

/** One page of entries that fit, newest first, with one more than asked for, and the present names of who and what. */
export async function findEntries(db: Queryable, filter: AuditFilter, page: Page) {
  const rows = await db
    .selectFrom(idsOfPage(db, filter, page).as('page'))
    .innerJoin('audit_log', 'audit_log.id', 'page.id')
    .innerJoin('users', 'users.id', 'audit_log.actor_id')
    .leftJoin('users as subject_users', (join) =>
      join
        .onRef('subject_users.id', '=', 'audit_log.subject_id')
        .on('subject_type', '=', 'user')
        .on('subject_users.deleted_at', 'is', null),
    )
    .leftJoin('franchises', (join) =>
      join.onRef('franchises.id', '=', 'audit_log.subject_id').on('subject_type', '=', 'franchise'),
    )
    .leftJoin('stores', (join) =>
      join.onRef('stores.id', '=', 'audit_log.subject_id').on('subject_type', '=', 'store'),
    )
    .leftJoin('menu_items', (join) =>
      join.onRef('menu_items.id', '=', 'audit_log.subject_id').on('subject_type', '=', 'menu-item'),
    )
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
      sql<string | null>`coalesce(subject_users.name, franchises.name, stores.name, menu_items.title)`.as(
        'subject_name',
      ),
    ])
    .orderBy('audit_log.at', 'desc')
    .orderBy('audit_log.id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: { id: row.actor_id, name: row.actor_name },
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
    // MariaDB answers JSON columns as text, MySQL as values.
    details: (typeof row.details === 'string' ? JSON.parse(row.details) : row.details) as Record<
      string,
      unknown
    >,
    requestId: row.request_id,
  }));
}
