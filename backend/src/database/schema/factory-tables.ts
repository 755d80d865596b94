import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

type Flag = ColumnType<number, boolean | undefined, boolean>;

interface FactoriesTable {
  origin: string;
  failures: Generated<number>;
  opened_at: Date | null;
  opened_by: string | null;
  trials: Generated<number>;
  next_trial_at: Date | null;
  healed_at: Date | null;
  is_cure_unproved: Flag;
  held_at: Date | null;
  probe_due_at: Generated<Date>;
  probed_at: Date | null;
  probe_outcome: string | null;
}

interface FactoryKeysTable {
  origin: string;
  jwks: string;
  fetched_at: Date;
}

interface IncidentsTable {
  id: Generated<number>;
  factory: string;
  mode: string;
  started_at: Date;
  detected_at: Date;
  detected_by: string;
  last_fault_at: Date;
  circuit_opened_at: Date | null;
  restored_at: Date | null;
  restored_by: string | null;
  line_empty_at: Date | null;
  escalated_at: Date | null;
  closed_at: Date | null;
  orders_delayed: Generated<number>;
  orders_failed: Generated<number>;
  diners: Generated<number>;
  value: Generated<string>;
  longest_wait_ms: Generated<number>;
  open_factory: GeneratedAlways<string | null>;
  is_restored_by_pizza: Flag;
  are_figures_due: Flag;
}

interface IncidentEventsTable {
  id: Generated<number>;
  incident_id: number;
  at: Date;
  kind: string;
  details: ColumnType<unknown, string, never>;
}

interface IncidentModesTable {
  incident_id: number;
  mode: string;
  first_fault_at: Date;
  last_fault_at: Date;
}

interface FactoryReportsTable {
  id: Generated<number>;
  incident_id: number;
  factory: string;
  fingerprint: string;
  host: string | null;
  shape: 'path' | 'query' | null;
  code: string | null;
  url: string | null;
  state: string;
  calls: Generated<number>;
  called_at: Date | null;
  next_call_at: Date | null;
  http_status: number | null;
  seen_at: Generated<Date>;
}

interface FactoryReportCallsTable {
  id: Generated<number>;
  factory: string;
  called_at: Date;
}

interface OrderReportLinksTable {
  token_hash: string;
  order_id: number;
  report_id: number;
  expires_at: Date;
}

interface DrillsTable {
  id: Generated<number>;
  factory: string;
  mode: string;
  started_at: Date;
  ends_at: Date;
  stopped_at: Date | null;
}

/** Factories, their faults and how they are reported. */
export interface FactoryTables {
  factories: FactoriesTable;
  factory_keys: FactoryKeysTable;
  incidents: IncidentsTable;
  incident_events: IncidentEventsTable;
  incident_modes: IncidentModesTable;
  factory_reports: FactoryReportsTable;
  factory_report_calls: FactoryReportCallsTable;
  order_report_links: OrderReportLinksTable;
  drills: DrillsTable;
}
