import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Transitions that count wait for the fold (features/fulfillment/figures/fold-figures.ts), which also gives them their
 * day. Null is what older rows have, and those of older nodes, who still write figures themselves: they are counted, on
 * the UTC day.
 */
export const foldFiguresFromHistory: Migration = {
  async up(db) {
    // Columns alone are added at once, however large the table; made together with an index it would be copied.
    if (!(await hasColumn(db, 'store_day'))) {
      await sql`
        alter table order_transitions
          add column is_unfolded boolean null comment 'true until the figures have it; null: they have it, or need it not',
          add column store_day date null comment 'the day it was counted on; null: the UTC day of at'`.execute(
        db,
      );
    }
    if (!(await hasIndex(db, 'order_transitions_unfolded'))) {
      await sql`create index order_transitions_unfolded on order_transitions (is_unfolded, order_id)`.execute(
        db,
      );
    }
    await sql`
      create table if not exists figures_fold (
        id tinyint unsigned not null primary key comment 'always 1',
        node varchar(64) character set ascii collate ascii_bin not null comment 'who folded last, or does now',
        lease_until datetime(3) not null comment 'nobody else folds before'
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`insert ignore into figures_fold (id, node, lease_until) values (1, '', now(3))`.execute(db);
  },
};

// MySQL has no `if not exists` for either, and what broke off half-way is done again.
async function hasColumn(db: Kysely<unknown>, name: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from information_schema.columns
    where table_schema = database() and table_name = 'order_transitions' and column_name = ${name} limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

async function hasIndex(db: Kysely<unknown>, name: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from information_schema.statistics
    where table_schema = database() and table_name = 'order_transitions' and index_name = ${name} limit 1`.execute(
    db,
  );
  return rows.length > 0;
}
