import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The audit log is read newest first, as it is or by actor, action or subject; and one recompute runs at a time. */
export const addAuditFiltersAndRecompute: Migration = {
  async up(db) {
    await sql`
      alter table audit_log
        add key audit_log_by_time (at, id),
        add key audit_log_by_actor (actor_id, at, id),
        add key audit_log_by_action (action, at, id),
        add key audit_log_by_subject_and_time (subject_type, subject_id, at, id),
        drop key audit_log_by_subject`.execute(db);
    await sql`
      create table if not exists figures_recompute (
        id tinyint unsigned not null primary key comment 'the only row: 1',
        run varchar(36) character set ascii collate ascii_bin not null,
        actor_id int unsigned not null,
        started_at datetime(3) not null,
        lease_until datetime(3) not null comment 'without a sign of life until then it is over',
        constraint figures_recompute_actor foreign key (actor_id) references users (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
  },
};
