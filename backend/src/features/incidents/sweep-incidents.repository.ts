import { sql } from 'kysely';
import { deleteByIds, type SweptBatch } from '../../database/delete-batch.ts';
import { msAgo } from '../../database/lease-clock.ts';
import type { Queryable } from '../../database/transaction.ts';

/** What an incident brought, beside its own row, which stays with its figures. */
export type IncidentTable = 'incident_events' | 'factory_reports';

/** Deletes at most so many rows of incidents that ended long ago; a report goes after the links to it. */
export async function sweepIncidents(
  db: Queryable,
  { table, keepMs }: { table: IncidentTable; keepMs: number },
  limit: number,
): Promise<SweptBatch> {
  const isUnlinked =
    table === 'incident_events'
      ? sql`true`
      : sql`not exists (select 1 from order_report_links l where l.report_id = e.id)`;
  const { rows: due } = await sql<{ id: number }>`
    select e.id from incidents i join ${sql.table(table)} e on e.incident_id = i.id
    where i.closed_at < ${msAgo(keepMs)} and ${isUnlinked}
    order by i.closed_at limit ${sql.lit(limit)}`.execute(db);
  const rows = await deleteByIds(
    db,
    table,
    due.map(({ id }) => id),
  );
  return { rows, hasMore: due.length >= limit };
}
