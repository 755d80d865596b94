import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** From where and with which browser somebody logged in, and when and from where a session was used last. */
export const addLogInPlacesAndSessionUse: Migration = {
  async up(db) {
    await sql`
      create table if not exists log_in_places (
        user_id int unsigned not null,
        place char(64) character set ascii collate ascii_bin not null comment 'hash of the user and their network or browser',
        last_log_in_at datetime(3) not null,
        primary key (user_id, place),
        key log_in_places_by_age (last_log_in_at),
        constraint log_in_places_user foreign key (user_id) references users (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      alter table log_in_tries modify account_key char(64) character set ascii collate ascii_bin not null
        comment 'hash of the e-mail address and of whose tries at it are counted'`.execute(db);
    // Null is what older rows have, and those that an older node opens.
    if (!(await hasSessionColumn(db, 'last_used_at'))) {
      await sql`
        alter table sessions
          add column last_used_at datetime(3) null comment 'some minutes old at most; null: never since it was opened',
          add column address varchar(45) character set ascii collate ascii_bin null comment 'where it was used last',
          add column user_agent varchar(255) null comment 'as the client calls itself, cut'`.execute(db);
    }
  },
};

// MySQL has no `add column if not exists`.
async function hasSessionColumn(db: Kysely<unknown>, name: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from information_schema.columns
    where table_schema = database() and table_name = 'sessions' and column_name = ${name} limit 1`.execute(
    db,
  );
  return rows.length > 0;
}
