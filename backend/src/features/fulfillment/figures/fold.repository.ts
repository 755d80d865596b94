import { type RawBuilder, sql } from 'kysely';
import { type Lease, moveLeaseEnd, takeLease } from '../../../database/lease.ts';
import type { Queryable } from '../../../database/transaction.ts';
import { addedToDays, addedToItemDays } from './counted-transitions.repository.ts';
import { type CountedAt, dayOf } from './store-days.ts';

// Longer than a fold that has to be replayed takes. One that took longer all the same finds that it has lost its right.
const LEASE_SECONDS = 10;
// After a fold nobody folds for so long: one that comes later folds more at once.
const PAUSE_SECONDS = 1;
const lease = (node: string, seconds: number): Lease => ({ table: 'figures_fold', node, seconds });

/** Takes the right to fold; false while another node has it, or had it a moment ago. */
export const takeFold = (db: Queryable, node: string): Promise<boolean> =>
  takeLease(db, lease(node, LEASE_SECONDS));

/**
 * Gives the right back, as the first step of the transaction that folds: others see it when that is committed. False
 * when it was lost meanwhile. Whoever takes it now waits for the end of this transaction, so two never fold at once.
 */
export const endFold = (db: Queryable, node: string): Promise<boolean> =>
  moveLeaseEnd(db, lease(node, PAUSE_SECONDS));

/** Whether there is anything to fold. */
export async function hasUnfolded(db: Queryable): Promise<boolean> {
  const row = await db
    .selectFrom('order_transitions')
    .select('id')
    .where('is_unfolded', '=', 1)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface UnfoldedTransition {
  id: number;
  day: string;
}

/**
 * Unfolded transitions of so many orders, with the day by their store's clock. All of an order's come together: one
 * that takes a failure back finds that failure folded before or folded with it, on whichever day that was.
 */
export async function findUnfolded(
  db: Queryable,
  { orders }: { orders: number },
): Promise<UnfoldedTransition[]> {
  const { rows } = await sql<CountedAt & { id: number }>`
    select t.id, null as day, timestampdiff(minute, timestamp '1970-01-01 00:00:00', t.at) as minute,
      s.time_zone as timeZone
    from (
      select distinct order_id from order_transitions where is_unfolded = 1 order by order_id limit ${sql.lit(orders)}
    ) b join order_transitions t on t.order_id = b.order_id and t.is_unfolded = 1
      join orders o on o.id = t.order_id join stores s on s.id = o.store_id`.execute(db);
  return rows.map((row) => ({ id: row.id, day: dayOf(row) }));
}

/** Gives these their day and takes their mark; answers how many of them had one. */
export async function markFolded(
  db: Queryable,
  { day, ids }: { day: string; ids: number[] },
): Promise<number> {
  // By its key: a search by the mark would wait for orders that are settling right now.
  const { numAffectedRows } = await sql`
    update order_transitions force index (primary) set store_day = ${day}, is_unfolded = null
    where id in (${sql.join(ids)}) and is_unfolded = 1`.execute(db);
  return Number(numAffectedRows);
}

const NAMES = ['orders', 'pizzas', 'revenue', 'late', 'failed'] as const;
const names = sql.join(NAMES.map((name) => sql.ref(name)));
// A failure that is taken back may be one that the figures never had: they are wrong then, but no number is below 0.
const added = sql.join(NAMES.map((name) => sql`greatest(0, ${sql.ref(`n.${name}`)})`));

async function addTo(
  db: Queryable,
  target: { table: string; key: readonly string[]; rows: RawBuilder<unknown> },
): Promise<void> {
  const { table, rows } = target;
  const key = sql.join(target.key.map((name) => sql.ref(name)));
  const keyOfRow = sql.join(target.key.map((name) => sql.ref(`n.${name}`)));
  // Sources and targets are named by their tables: MySQL gives up VALUES() here, and MariaDB knows no row alias.
  const sums = NAMES.map((name) => {
    const before = sql.ref(`${table}.${name}`);
    const signed = name === 'revenue' ? before : sql`cast(${before} as signed)`;
    return sql`${sql.ref(name)} = greatest(0, ${signed} + ${sql.ref(`n.${name}`)})`;
  });
  await sql`
    insert into ${sql.table(table)} (${key}, ${names}) select ${keyOfRow}, ${added} from ${rows} n order by ${keyOfRow}
    on duplicate key update ${sql.join(sums)}`.execute(db);
}

/** Adds what these transitions count for, which have their days: first to days, then to items, each in their order. */
export async function addToFigures(db: Queryable, ids: readonly number[]): Promise<void> {
  const which = sql`t.id in (${sql.join(ids)})`;
  const [days, items] = ['store_day_figures', 'store_item_day_figures'] as const;
  await addTo(db, { table: days, key: ['store_id', 'day'], rows: addedToDays(which) });
  await addTo(db, { table: items, key: ['store_id', 'day', 'menu_id'], rows: addedToItemDays(which) });
}
