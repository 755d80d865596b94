import { type Satoshi, satoshiFromDecimal, sumSatoshi, toSatoshi } from '#contract/money.ts';
import { type OpeningHours, openingHoursSchema } from '#contract/opening-hours.ts';
import { fitsFilter } from '../../database/like-pattern.ts';
import type { Queryable } from '../../database/transaction.ts';

export interface StoreRecord {
  id: number;
  franchiseId: number;
  name: string;
  timeZone: string;
  openingHours: OpeningHours | null;
  pausedUntil: Date | null;
  archivedAt: Date | null;
  version: number;
}

export interface FranchiseRecord {
  id: number;
  name: string;
  version: number;
}

export interface FranchiseAdminRecord {
  franchiseId: number;
  id: number;
  name: string;
  email: string;
}

/** One page of open franchises by name, with one more than asked for so that the caller knows whether there is more. */
export async function findFranchises(
  db: Queryable,
  query: { name: string; page: number; limit: number },
): Promise<FranchiseRecord[]> {
  const open = db
    .selectFrom('franchises')
    .select(['id', 'name', 'version'])
    .where('open_name', 'is not', null)
    // Names that differ in emoji alone have one place in this order.
    .orderBy('open_name')
    .orderBy('id')
    .offset(query.page * query.limit)
    .limit(query.limit + 1);
  // Without a filter no text is compared at all.
  return (query.name === '*' ? open : open.where(fitsFilter('name', query.name))).execute();
}

/** The open franchises a user runs. */
export async function findFranchisesOfUser(db: Queryable, userId: number): Promise<FranchiseRecord[]> {
  return db
    .selectFrom('user_roles')
    .innerJoin('franchises', 'franchises.id', 'user_roles.object_id')
    .select(['franchises.id', 'franchises.name', 'franchises.version'])
    .where('user_roles.user_id', '=', userId)
    .where('user_roles.role', '=', 'franchisee')
    .where('franchises.closed_at', 'is', null)
    .orderBy('franchises.name')
    .orderBy('franchises.id')
    .execute();
}

function storesQuery(db: Queryable) {
  return db
    .selectFrom('stores')
    .select(['id', 'franchise_id', 'name', 'time_zone', 'opening_hours', 'paused_until', 'archived_at'])
    .select('version');
}

type StoreRow = Awaited<ReturnType<ReturnType<typeof storesQuery>['execute']>>[number];

/** What of a store's row says when it is open. */
export type ScheduleRow = Pick<StoreRow, 'time_zone' | 'opening_hours' | 'paused_until' | 'archived_at'>;

export function toSchedule(row: ScheduleRow) {
  // MariaDB answers JSON columns as text, MySQL as values.
  const hours = typeof row.opening_hours === 'string' ? JSON.parse(row.opening_hours) : row.opening_hours;
  return {
    timeZone: row.time_zone,
    openingHours: hours === null ? null : openingHoursSchema.parse(hours),
    pausedUntil: row.paused_until,
    archivedAt: row.archived_at,
  };
}

function toStore(row: StoreRow): StoreRecord {
  const { id, name, version } = row;
  return { id, franchiseId: row.franchise_id, name, version, ...toSchedule(row) };
}

/** Stores of all these franchises in one statement; archived ones are left out. */
export async function findStores(db: Queryable, franchiseIds: readonly number[]): Promise<StoreRecord[]> {
  if (franchiseIds.length === 0) return [];
  const rows = await storesQuery(db)
    .where('franchise_id', 'in', [...franchiseIds])
    .where('archived_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(toStore);
}

/** All stores a franchise ever had, those it has first. */
export async function findAllStores(db: Queryable, franchiseId: number): Promise<StoreRecord[]> {
  const rows = await storesQuery(db)
    .where('franchise_id', '=', franchiseId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  const stores = rows.map(toStore);
  const isArchived = ({ archivedAt }: StoreRecord) => archivedAt !== null;
  return [...stores.filter((store) => !isArchived(store)), ...stores.filter(isArchived)];
}

/** The store, if it belongs to this franchise and the franchise is open. */
export async function findStoreOfFranchise(
  db: Queryable,
  query: { franchiseId: number; storeId: number },
): Promise<StoreRecord | undefined> {
  const row = await storesQuery(db)
    .where('id', '=', query.storeId)
    .where('franchise_id', '=', query.franchiseId)
    .where('archived_at', 'is', null)
    .where('franchise_id', 'in', (eb) =>
      eb.selectFrom('franchises').select('franchises.id').where('closed_at', 'is', null),
    )
    .executeTakeFirst();
  return row && toStore(row);
}

/** Franchisees of all these franchises in one statement. */
export async function findFranchiseAdmins(
  db: Queryable,
  franchiseIds: readonly number[],
): Promise<FranchiseAdminRecord[]> {
  if (franchiseIds.length === 0) return [];
  const rows = await db
    .selectFrom('user_roles')
    .innerJoin('users', 'users.id', 'user_roles.user_id')
    .select(['user_roles.object_id', 'users.id', 'users.name', 'users.email'])
    .where('user_roles.role', '=', 'franchisee')
    .where('user_roles.object_id', 'in', [...franchiseIds])
    .orderBy('users.id')
    .execute();
  return rows.map(({ object_id, id, name, email }) => ({
    franchiseId: object_id,
    id,
    name,
    email: email ?? '',
  }));
}

/**
 * Revenue per store: what the figures have, and in the same statement the ready orders that were not folded into them
 * yet (fulfillment/figures), so that it is exact at every moment.
 */
export async function findRevenue(db: Queryable, storeIds: readonly number[]): Promise<Map<number, Satoshi>> {
  if (storeIds.length === 0) return new Map();
  const folded = db
    .selectFrom('store_day_figures')
    .select((eb) => ['store_id', eb.fn.sum<string>('revenue').as('revenue')])
    .where('store_id', 'in', [...storeIds])
    .groupBy('store_id');
  const unfolded = db
    .selectFrom('order_transitions')
    .innerJoin('orders', 'orders.id', 'order_transitions.order_id')
    .select((eb) => ['orders.store_id', eb.fn.sum<string>('orders.total').as('revenue')])
    .where('order_transitions.is_unfolded', '=', 1)
    .where('order_transitions.to_state', '=', 'ready')
    .where('orders.store_id', 'in', [...storeIds])
    .groupBy('orders.store_id');
  const revenue = new Map<number, Satoshi>();
  for (const row of await folded.unionAll(unfolded).execute()) {
    const before = revenue.get(row.store_id) ?? toSatoshi(0);
    revenue.set(row.store_id, sumSatoshi([before, satoshiFromDecimal(row.revenue)]));
  }
  return revenue;
}

export async function insertFranchise(db: Queryable, name: string): Promise<number> {
  const inserted = await db.insertInto('franchises').values({ name }).executeTakeFirstOrThrow();
  return Number(inserted.insertId);
}

export async function insertStore(
  db: Queryable,
  store: { franchiseId: number; name: string },
): Promise<number> {
  const inserted = await db
    .insertInto('stores')
    .values({ franchise_id: store.franchiseId, name: store.name })
    .executeTakeFirstOrThrow();
  return Number(inserted.insertId);
}

export async function findFranchise(
  db: Queryable,
  franchiseId: number,
): Promise<FranchiseRecord | undefined> {
  return db
    .selectFrom('franchises')
    .select(['id', 'name', 'version'])
    .where('id', '=', franchiseId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
}

/** Locks an open franchise and answers its version, or undefined when there is none of this id. */
export async function lockFranchise(db: Queryable, franchiseId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('franchises')
    .select('version')
    .where('id', '=', franchiseId)
    .where('closed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row?.version;
}

/** Counts a change of a franchise or of who runs it, and gives it another name when one is given. */
export async function changeFranchise(
  db: Queryable,
  franchiseId: number,
  changes: { name?: string | undefined },
): Promise<void> {
  const { name } = changes;
  await db
    .updateTable('franchises')
    .set((eb) => ({ ...(name !== undefined && { name }), version: eb('version', '+', 1) }))
    .where('id', '=', franchiseId)
    .execute();
}

/** Closes a franchise and archives its stores; answers false when it was closed already. */
export async function closeFranchise(db: Queryable, franchiseId: number, now: Date): Promise<boolean> {
  const result = await db
    .updateTable('franchises')
    .set({ closed_at: now })
    .where('id', '=', franchiseId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  await db
    .updateTable('stores')
    .set({ archived_at: now })
    .where('franchise_id', '=', franchiseId)
    .where('archived_at', 'is', null)
    .execute();
  return result.numUpdatedRows === 1n;
}
