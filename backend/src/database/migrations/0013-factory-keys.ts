import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A node that cannot reach a factory's keys checks its pizzas with those that some node fetched last. */
export const createFactoryKeys: Migration = {
  async up(db) {
    await sql`
      create table if not exists factory_keys (
        origin varchar(255) character set ascii collate ascii_bin not null primary key,
        jwks mediumtext not null comment 'the public keys, as a JSON Web Key Set',
        fetched_at datetime(3) not null
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
  },
};
