import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Each process that serves or makes orders move says every two seconds that the database takes what it writes. */
export const createNodes: Migration = {
  async up(db) {
    await sql`
      create table if not exists nodes (
        node varchar(64) character set ascii collate ascii_bin not null primary key,
        started_at datetime(3) not null,
        beat_at datetime(3) not null comment 'by the clock of the database',
        key nodes_by_beat (beat_at)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
  },
};
