import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

// DDL is not transactional in MySQL and MariaDB, so each statement can be repeated after a crash half-way.
export const createUsers: Migration = {
  async up(db) {
    await sql`
      create table if not exists users (
        id int unsigned not null auto_increment primary key,
        name varchar(100) not null,
        email varchar(254) null comment 'as its owner wrote it; null once the user is deleted',
        email_key varchar(254) character set utf8mb4 collate utf8mb4_bin null comment 'lower case: one account an address',
        password_hash varchar(100) character set ascii collate ascii_bin null,
        created_at datetime(3) not null default current_timestamp(3),
        deleted_at datetime(3) null,
        unique key users_by_email (email_key)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists user_roles (
        user_id int unsigned not null,
        role varchar(12) character set ascii collate ascii_bin not null,
        object_id int unsigned not null default 0 comment 'franchise of a franchisee, else 0',
        primary key (user_id, role, object_id),
        key user_roles_by_object (role, object_id, user_id),
        constraint user_roles_user foreign key (user_id) references users (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists sessions (
        id char(36) character set ascii collate ascii_bin not null primary key comment 'jti of the token',
        user_id int unsigned not null,
        created_at datetime(3) not null default current_timestamp(3),
        expires_at datetime(3) not null,
        key sessions_by_user (user_id),
        key sessions_by_expiry (expires_at),
        constraint sessions_user foreign key (user_id) references users (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
  },
};
