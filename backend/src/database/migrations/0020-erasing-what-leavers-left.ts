import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const COLUMNS = {
  erased_at: "datetime(3) null comment 'nothing of a deleted user is left since; null: something may be'",
  erasure_lease_until: "datetime(3) null comment 'somebody erases what they left; nobody else does before'",
};

/**
 * What a deleted user leaves is erased after the account is closed, and until `erased_at` says so. Whoever was deleted
 * before has null there, and so has whoever a node of the version before deletes: both are erased by a sweep.
 */
export const eraseWhatLeaversLeft: Migration = {
  async up(db) {
    // MySQL has no `if not exists` for any of these, and what broke off half-way is done again.
    for (const [name, definition] of Object.entries(COLUMNS)) {
      const { rows } = await sql`
        select 1 from information_schema.columns
        where table_schema = database() and table_name = 'users' and column_name = ${name}`.execute(db);
      if (rows.length > 0) continue;
      await sql`alter table users add column ${sql.ref(name)} ${sql.raw(definition)}`.execute(db);
    }
    const { rows } = await sql`
      select 1 from information_schema.statistics
      where table_schema = database() and table_name = 'users' and index_name = 'users_to_erase'`.execute(db);
    if (rows.length === 0) {
      await sql`create index users_to_erase on users (erased_at, deleted_at)`.execute(db);
    }
  },
};
