import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { addColumn } from './what-exists.ts';

// Null is what older rows have, and those that an older node opens.
const SESSION_COLUMNS = {
  last_used_at: "datetime(3) null comment 'some minutes old at most; null: never since it was opened'",
  address: "varchar(45) character set ascii collate ascii_bin null comment 'where it was used last'",
  user_agent: "varchar(255) null comment 'as the client calls itself, cut'",
};

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
    for (const [name, definition] of Object.entries(SESSION_COLUMNS)) {
      await addColumn(db, { table: 'sessions', name, definition });
    }
  },
};
