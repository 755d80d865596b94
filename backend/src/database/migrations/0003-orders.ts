import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const createOrders: Migration = {
  async up(db) {
    await sql`
      create table if not exists orders (
        id int unsigned not null auto_increment primary key,
        diner_id int unsigned not null,
        franchise_id int unsigned not null,
        store_id int unsigned not null,
        state varchar(10) character set ascii collate ascii_bin not null,
        reason varchar(40) character set ascii collate ascii_bin null comment 'why it waits or failed',
        total decimal(20, 8) not null,
        pizzas tinyint unsigned not null,
        jwt text character set ascii collate ascii_bin null,
        maker varchar(255) character set ascii collate ascii_bin null comment 'origin of the factory that made it',
        fence int unsigned not null comment 'grows with every claim; only its holder may settle',
        lease_node varchar(64) character set ascii collate ascii_bin null,
        lease_until datetime(3) null,
        next_attempt_at datetime(3) null,
        answered_failures smallint unsigned not null default 0,
        crashed_claims tinyint unsigned not null default 0,
        placed_at datetime(3) not null,
        patience_since datetime(3) not null default current_timestamp(3) comment 'placed, or last asked to try again',
        settled_at datetime(3) null,
        key orders_by_diner (diner_id, id),
        key orders_of_diner_by_time (diner_id, placed_at, state),
        key orders_by_store (store_id, id),
        key orders_by_franchise (franchise_id, id),
        key orders_due (state, next_attempt_at, id),
        key orders_by_lease (state, lease_until),
        constraint orders_diner foreign key (diner_id) references users (id),
        constraint orders_store foreign key (store_id) references stores (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists order_items (
        order_id int unsigned not null,
        position tinyint unsigned not null,
        menu_id int unsigned not null,
        title varchar(100) not null comment 'as it was when the order was placed',
        price decimal(20, 8) not null,
        note varchar(140) null,
        primary key (order_id, position),
        constraint order_items_order foreign key (order_id) references orders (id),
        constraint order_items_menu foreign key (menu_id) references menu_items (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists order_transitions (
        id int unsigned not null auto_increment primary key,
        order_id int unsigned not null,
        from_state varchar(10) character set ascii collate ascii_bin null comment 'null: it was born',
        to_state varchar(10) character set ascii collate ascii_bin not null,
        cause varchar(40) character set ascii collate ascii_bin not null,
        node varchar(64) character set ascii collate ascii_bin not null,
        fence int unsigned not null,
        at datetime(3) not null,
        key order_transitions_by_order (order_id, id),
        constraint order_transitions_order foreign key (order_id) references orders (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists idempotency_keys (
        diner_id int unsigned not null,
        idempotency_key varchar(255) character set ascii collate ascii_bin not null,
        body_hash char(64) character set ascii collate ascii_bin not null,
        order_id int unsigned null comment 'null only inside the transaction that stores both',
        primary key (diner_id, idempotency_key),
        constraint idempotency_keys_order foreign key (order_id) references orders (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists factory_attempts (
        id int unsigned not null auto_increment primary key,
        order_id int unsigned null comment 'null: a probe',
        number smallint unsigned not null,
        factory varchar(255) character set ascii collate ascii_bin not null,
        node varchar(64) character set ascii collate ascii_bin not null,
        started_at datetime(3) not null,
        connect_ms int unsigned null,
        first_byte_ms int unsigned null,
        total_ms int unsigned not null,
        http_status smallint unsigned null,
        outcome varchar(12) character set ascii collate ascii_bin not null,
        report_host varchar(255) character set ascii collate ascii_bin null,
        report_fingerprint char(16) character set ascii collate ascii_bin null,
        signature_verdict varchar(20) character set ascii collate ascii_bin null,
        key factory_attempts_by_order (order_id, id),
        key factory_attempts_by_time (started_at),
        constraint factory_attempts_order foreign key (order_id) references orders (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
  },
};
