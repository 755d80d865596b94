import type { Queryable } from '../../database/transaction.ts';

export interface ReportedStore {
  id: number;
  name: string;
  timeZone: string;
  isArchived: boolean;
}

/** Open or closed: what a franchise took stays on record. */
export async function franchiseExists(db: Queryable, franchiseId: number): Promise<boolean> {
  const row = await db.selectFrom('franchises').select('id').where('id', '=', franchiseId).executeTakeFirst();
  return row !== undefined;
}

/** All stores a franchise has or had. */
export async function findReportedStores(db: Queryable, franchiseId: number): Promise<ReportedStore[]> {
  const rows = await db
    .selectFrom('stores')
    .select(['id', 'name', 'time_zone', 'archived_at'])
    .where('franchise_id', '=', franchiseId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name, time_zone, archived_at }) => ({
    ...{ id, name, timeZone: time_zone },
    isArchived: archived_at !== null,
  }));
}

/** The present titles of items, also of those that have left the menu. */
export async function findTitles(db: Queryable, menuIds: readonly number[]): Promise<Map<number, string>> {
  if (menuIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('menu_items')
    .select(['id', 'title'])
    .where('id', 'in', [...menuIds])
    .execute();
  return new Map(rows.map(({ id, title }) => [id, title]));
}
