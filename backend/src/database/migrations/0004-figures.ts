import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const figures = sql`
  orders int unsigned not null default 0 comment 'ready ones',
  pizzas int unsigned not null default 0,
  revenue decimal(20, 8) not null default 0,
  late int unsigned not null default 0 comment 'of the ready ones: waited because of the factory',
  failed int unsigned not null default 0`;

/**
 * Sums of settled orders, written by the transaction that settles them (features/fulfillment/figures/figures.repository.ts).
 * Without foreign keys: they are derived, `npm run figures -- check` compares them with the orders.
 */
export const createFigures: Migration = {
  async up(db) {
    await sql`
      create table if not exists store_day_figures (
        store_id int unsigned not null,
        day date not null comment 'UTC date of the transition',
        ${figures},
        primary key (store_id, day)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists store_item_day_figures (
        store_id int unsigned not null,
        day date not null comment 'UTC date of the transition',
        menu_id int unsigned not null,
        ${figures},
        primary key (store_id, day, menu_id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await addIndex(db, 'orders_by_franchise_and_state', sql`(franchise_id, state, id)`);
    await addIndex(db, 'orders_by_store_and_state', sql`(store_id, state, id)`);
    await fill(db);
  },
};

/** MySQL has no `if not exists` for an index. */
async function addIndex(db: Kysely<unknown>, name: string, columns: ReturnType<typeof sql>): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.statistics
    where table_schema = database() and table_name = 'orders' and index_name = ${name} limit 1`.execute(db);
  if (rows.length === 0) await sql`alter table orders add index ${sql.id(name)} ${columns}`.execute(db);
}

/** The orders that were settled before there were figures. */
async function fill(db: Kysely<unknown>): Promise<void> {
  const settled = sql`(
    select o.id, o.store_id, cast(t.at as date) as day, o.state = 'ready' as made, o.pizzas, o.total,
      o.state = 'ready' and exists (
        select 1 from order_transitions w where w.order_id = o.id and w.from_state = 'making'
          and w.to_state = 'waiting' and w.cause not in ('no_slot', 'lease_ended', 'shutdown')
      ) as late
    from orders o join order_transitions t on t.order_id = o.id and t.fence = o.fence
    where o.state = 'ready' or (o.state = 'failed' and t.cause <> 'crash_loop')
  )`;
  await sql`delete from store_day_figures`.execute(db);
  await sql`delete from store_item_day_figures`.execute(db);
  await sql`
    insert into store_day_figures (store_id, day, orders, pizzas, revenue, late, failed)
    select store_id, day, sum(made), sum(if(made, pizzas, 0)), sum(if(made, total, 0)), sum(late), sum(not made)
    from ${settled} s group by store_id, day`.execute(db);
  await sql`
    insert into store_item_day_figures (store_id, day, menu_id, orders, pizzas, revenue, late, failed)
    select s.store_id, s.day, i.menu_id, count(distinct if(s.made, s.id, null)), sum(s.made),
      sum(if(s.made, i.price, 0)), count(distinct if(s.late, s.id, null)), count(distinct if(s.made, null, s.id))
    from ${settled} s join order_items i on i.order_id = s.id
    group by s.store_id, s.day, i.menu_id`.execute(db);
}
