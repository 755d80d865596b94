import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const EDITED = ['menu_items', 'franchises', 'stores'] as const;

/** What several people edit counts its changes, so that one of them does not silently undo another's. */
export const addVersions: Migration = {
  async up(db) {
    for (const table of EDITED) {
      // MySQL has no `add column if not exists`, and this may have been interrupted between two tables.
      const { rows } = await sql`
        select 1 from information_schema.columns
        where table_schema = database() and table_name = ${table} and column_name = 'version'`.execute(db);
      if (rows.length > 0) continue;
      await sql`alter table ${sql.table(table)} add column version int unsigned not null default 1`.execute(
        db,
      );
    }
  },
};
