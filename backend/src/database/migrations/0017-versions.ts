import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What several people edit counts its changes, so that one of them does not silently undo another's. */
export const addVersions: Migration = {
  async up(db) {
    await sql`alter table menu_items add column version int unsigned not null default 1`.execute(db);
    await sql`alter table franchises add column version int unsigned not null default 1`.execute(db);
    await sql`alter table stores add column version int unsigned not null default 1`.execute(db);
  },
};
