import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const createFactoriesAndIncidents: Migration = {
  async up(db) {
    await sql`
      create table if not exists factories (
        origin varchar(255) character set ascii collate ascii_bin not null primary key,
        failures smallint unsigned not null default 0 comment 'bad outcomes in a row',
        opened_at datetime(3) null comment 'since when the circuit is open',
        opened_by varchar(12) character set ascii collate ascii_bin null comment 'the outcome that opened it',
        trials smallint unsigned not null default 0 comment 'attempts since it opened',
        next_trial_at datetime(3) null,
        healed_at datetime(3) null comment 'calls that began earlier say nothing about now',
        is_cure_unproved boolean not null default false comment 'reported, and not asked since',
        held_at datetime(3) null comment 'an operator holds it: nothing is sent',
        probe_due_at datetime(3) not null default current_timestamp(3),
        probed_at datetime(3) null,
        probe_outcome varchar(12) character set ascii collate ascii_bin null
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists incidents (
        id int unsigned not null auto_increment primary key,
        factory varchar(255) character set ascii collate ascii_bin not null,
        mode varchar(12) character set ascii collate ascii_bin not null,
        started_at datetime(3) not null comment 'when the first faulty call began',
        detected_at datetime(3) not null,
        detected_by varchar(12) character set ascii collate ascii_bin not null,
        last_fault_at datetime(3) not null,
        circuit_opened_at datetime(3) null,
        restored_at datetime(3) null comment 'first good answer after the last fault',
        restored_by varchar(255) character set ascii collate ascii_bin null comment 'the factory that gave it',
        line_empty_at datetime(3) null,
        escalated_at datetime(3) null comment 'the report did not help: a person is called',
        closed_at datetime(3) null,
        orders_delayed int unsigned not null default 0,
        orders_failed int unsigned not null default 0,
        diners int unsigned not null default 0,
        value decimal(20, 8) not null default 0 comment 'of the orders it touched',
        longest_wait_ms int unsigned not null default 0,
        open_factory varchar(255) character set ascii collate ascii_bin
          as (if(closed_at is null, factory, null)) stored,
        unique key incidents_one_open (open_factory)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists incident_events (
        id int unsigned not null auto_increment primary key,
        incident_id int unsigned not null,
        at datetime(3) not null,
        kind varchar(20) character set ascii collate ascii_bin not null,
        details json not null,
        key incident_events_by_incident (incident_id, id),
        constraint incident_events_incident foreign key (incident_id) references incidents (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists factory_reports (
        id int unsigned not null auto_increment primary key,
        incident_id int unsigned not null,
        factory varchar(255) character set ascii collate ascii_bin not null,
        fingerprint char(16) character set ascii collate ascii_bin not null,
        host varchar(255) character set ascii collate ascii_bin null,
        shape varchar(5) character set ascii collate ascii_bin null comment 'null: must not be called',
        code varchar(64) character set ascii collate ascii_bin null,
        url varchar(2048) character set ascii collate ascii_bin null comment 'as it came, only if it holds no secret of ours',
        state varchar(10) character set ascii collate ascii_bin not null,
        calls smallint unsigned not null default 0,
        called_at datetime(3) null,
        next_call_at datetime(3) null,
        http_status smallint unsigned null,
        seen_at datetime(3) not null default current_timestamp(3),
        unique key factory_reports_once (incident_id, fingerprint),
        key factory_reports_by_fingerprint (factory, fingerprint, id),
        key factory_reports_by_call (called_at),
        constraint factory_reports_incident foreign key (incident_id) references incidents (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
    await sql`
      create table if not exists order_report_links (
        token_hash char(64) character set ascii collate ascii_bin not null primary key,
        order_id int unsigned not null,
        report_id int unsigned not null,
        expires_at datetime(3) not null,
        key order_report_links_by_age (expires_at),
        constraint order_report_links_order foreign key (order_id) references orders (id),
        constraint order_report_links_report foreign key (report_id) references factory_reports (id)
      ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
  },
};

/** An incident's figures are read from the history of the orders it touched. */
export const indexTransitionsByTime: Migration = {
  async up(db) {
    await sql`create index order_transitions_by_time on order_transitions (at, to_state)`.execute(db);
  },
};
