import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const createAuditAndLimits: Migration = {
  async up(db) {
    await sql`
      create table if not exists audit_log (
        id int unsigned not null auto_increment primary key,
        at datetime(3) not null default current_timestamp(3),
        actor_id int unsigned not null,
        action varchar(40) character set ascii collate ascii_bin not null,
        subject_type varchar(20) character set ascii collate ascii_bin not null,
        subject_id int unsigned not null,
        details json not null,
        request_id varchar(64) character set ascii collate ascii_bin not null,
        key audit_log_by_subject (subject_type, subject_id, id),
        constraint audit_log_actor foreign key (actor_id) references users (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists log_in_tries (
        account_key char(64) character set ascii collate ascii_bin not null primary key comment 'hash of the e-mail address',
        tries int unsigned not null,
        blocked_until datetime(3) not null,
        updated_at datetime(3) not null,
        key log_in_tries_by_age (updated_at)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists address_windows (
        address varchar(64) character set ascii collate ascii_bin not null primary key,
        window_start datetime(3) not null,
        hits int unsigned not null,
        key address_windows_by_age (window_start)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
  },
};
