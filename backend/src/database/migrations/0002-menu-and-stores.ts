import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const createMenuAndStores: Migration = {
  async up(db) {
    await sql`
      create table if not exists menu_items (
        id int unsigned not null auto_increment primary key,
        title varchar(100) not null,
        description varchar(255) not null,
        image varchar(500) not null,
        price decimal(20, 8) not null,
        position int unsigned not null,
        is_available boolean not null default true,
        retired_at datetime(3) null,
        key menu_items_by_position (retired_at, position)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists franchises (
        id int unsigned not null auto_increment primary key,
        name varchar(100) not null,
        closed_at datetime(3) null,
        open_name varchar(100) as (if(closed_at is null, name, null)) stored comment 'a closed franchise frees its name',
        created_at datetime(3) not null default current_timestamp(3),
        unique key franchises_by_open_name (open_name)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists stores (
        id int unsigned not null auto_increment primary key,
        franchise_id int unsigned not null,
        name varchar(100) not null,
        time_zone varchar(64) character set ascii collate ascii_bin not null default 'UTC',
        opening_hours json null comment 'null: always open',
        paused_until datetime(3) null,
        archived_at datetime(3) null,
        created_at datetime(3) not null default current_timestamp(3),
        key stores_by_franchise (franchise_id, archived_at),
        constraint stores_franchise foreign key (franchise_id) references franchises (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists store_sold_out (
        store_id int unsigned not null,
        menu_id int unsigned not null,
        primary key (store_id, menu_id),
        constraint store_sold_out_store foreign key (store_id) references stores (id),
        constraint store_sold_out_menu foreign key (menu_id) references menu_items (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
  },
};
