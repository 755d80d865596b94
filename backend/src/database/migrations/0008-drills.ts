import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The fire drills that were played; what came of each is read from the incident it caused. */
export const createDrills: Migration = {
  async up(db) {
    await sql`
      create table if not exists drills (
        id int unsigned not null auto_increment primary key,
        factory varchar(255) character set ascii collate ascii_bin not null,
        mode varchar(12) character set ascii collate ascii_bin not null,
        started_at datetime(3) not null,
        ends_at datetime(3) not null comment 'the fault ends by itself, whoever is alive then',
        stopped_at datetime(3) null comment 'an operator had enough'
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await addAttemptsIndex(db);
  },
};

/** The last attempts at a factory that is asked rarely would else be looked for among all. MySQL has no `if not exists` here. */
async function addAttemptsIndex(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.statistics where table_schema = database()
      and table_name = 'factory_attempts' and index_name = 'factory_attempts_by_factory' limit 1`.execute(db);
  if (rows.length > 0) return;
  await sql`create index factory_attempts_by_factory on factory_attempts (factory, started_at)`.execute(db);
}
