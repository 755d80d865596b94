import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A franchise's orders of a month are read for the export without those of other months. */
export const indexOrdersOfFranchiseByTime: Migration = {
  async up(db) {
    await sql`create index orders_of_franchise_by_time on orders (franchise_id, placed_at, id)`.execute(db);
  },
};
