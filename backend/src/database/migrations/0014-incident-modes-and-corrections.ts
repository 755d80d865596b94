import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Modes that follow each other in one incident each have their times, and the figures of what is over are added up once.
 * Corrections of a store's figures are counted, so that none is made twice.
 */
export const addIncidentModesAndCorrections: Migration = {
  async up(db) {
    await sql`
      create table if not exists figures_corrections (
        store_id int unsigned not null primary key,
        corrections int unsigned not null comment 'made so far: whoever compared before one compares again'
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists incident_modes (
        incident_id int unsigned not null,
        mode varchar(12) character set ascii collate ascii_bin not null,
        first_fault_at datetime(3) not null comment 'when the first call that met it began',
        last_fault_at datetime(3) not null,
        primary key (incident_id, mode),
        constraint incident_modes_incident foreign key (incident_id) references incidents (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    // Of incidents of before only the first mode is known.
    await sql`
      insert ignore into incident_modes (incident_id, mode, first_fault_at, last_fault_at)
      select id, mode, started_at, last_fault_at from incidents`.execute(db);
    await sql`
      alter table incidents
        add column is_restored_by_pizza boolean not null default false comment 'and not by a probe alone',
        add column are_figures_due boolean not null default false comment 'closed, and not added up since',
        add key incidents_with_figures_due (are_figures_due, id)`.execute(db);
  },
};
