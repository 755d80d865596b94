import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { addColumn, addIndex } from './what-exists.ts';

/**
 * What grows is swept when it is old (features/retention/). Each table needs the time by which its rows age, in an index:
 * sweeping finds what is due without reading what is not. Keys of before age from now on.
 */
export const addRetention: Migration = {
  async up(db) {
    await sql`
      create table if not exists retention_lease (
        id tinyint unsigned not null primary key comment 'always 1',
        node varchar(64) character set ascii collate ascii_bin not null comment 'who swept last, or does now',
        lease_until datetime(3) not null comment 'nobody else sweeps before',
        finished_at datetime(3) not null comment 'when nothing was left that is due'
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      insert ignore into retention_lease (id, node, lease_until, finished_at) values (1, '', now(3), now(3))`.execute(
      db,
    );
    await sql`
      create table if not exists retention_marks (
        table_name varchar(32) character set ascii collate ascii_bin not null primary key,
        swept_until datetime(3) not null comment 'rows of orders that are older may be gone'
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    const never = sql`timestamp '1970-01-01 00:00:01'`;
    await sql`
      insert ignore into retention_marks (table_name, swept_until)
      values ('order_transitions', ${never}), ('factory_attempts', ${never})`.execute(db);
    await sql`
      create table if not exists factory_report_calls (
        id int unsigned not null auto_increment primary key,
        factory varchar(255) character set ascii collate ascii_bin not null,
        called_at datetime(3) not null,
        key factory_report_calls_by_factory (factory, called_at),
        key factory_report_calls_by_age (called_at)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await addColumn(db, {
      table: 'idempotency_keys',
      name: 'bound_at',
      definition: 'datetime(3) not null default current_timestamp(3)',
    });
    await addIndex(db, { table: 'idempotency_keys', name: 'idempotency_keys_by_age', columns: ['bound_at'] });
    await addIndex(db, { table: 'incidents', name: 'incidents_by_end', columns: ['closed_at'] });
  },
};
