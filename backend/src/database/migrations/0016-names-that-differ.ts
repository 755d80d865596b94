import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Names are unique by letter case alone: under `utf8mb4_unicode_ci` any two emoji are one letter, and so are accents
 * and none. Upper case first and lower case then brings all forms of a letter to one (both sigmas of Greek);
 * `unicode_520_ci` knows the most letters of what both MySQL and MariaDB have. The database makes the key, so that the version before, which knows nothing of it, stores good ones, too; the unique
 * index keeps its name, by which that version knows a taken name.
 */
export const compareNamesByCase: Migration = {
  async up(db) {
    await sql`
      alter table franchises
        add column open_key varchar(100) character set utf8mb4 collate utf8mb4_bin
          as (if(closed_at is null, lower(upper(name collate utf8mb4_unicode_520_ci)), null)) stored comment 'no two open franchises have one name',
        drop key franchises_by_open_name,
        add unique key franchises_by_open_name (open_key),
        add key franchises_in_order (open_name)`.execute(db);
  },
};
