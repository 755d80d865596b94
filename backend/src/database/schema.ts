import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { OrderReason, OrderState, TransitionCause } from '#contract/order-lifecycle.ts';
import type { Role } from '#contract/users.ts';

// What each table holds, as the migrations made it. DECIMAL columns are texts: see contract/money.ts.

interface UsersTable {
  id: Generated<number>;
  name: string;
  email: string | null;
  email_key: string | null;
  password_hash: string | null;
  created_at: Generated<Date>;
  deleted_at: Date | null;
  /** Nothing of a deleted user is left since; null: something may be. */
  erased_at: Date | null;
  erasure_lease_until: Date | null;
}

interface UserRolesTable {
  user_id: number;
  role: Role;
  object_id: Generated<number>;
}

interface SessionsTable {
  id: string;
  user_id: number;
  created_at: Generated<Date>;
  expires_at: Date;
  last_used_at: Date | null;
  address: string | null;
  user_agent: string | null;
}

interface LogInPlacesTable {
  user_id: number;
  place: string;
  last_log_in_at: Date;
}

interface MenuItemsTable {
  id: Generated<number>;
  title: string;
  description: string;
  image: string;
  price: string;
  position: number;
  is_available: ColumnType<number, boolean | undefined, boolean>;
  version: Generated<number>;
  retired_at: Date | null;
}

interface FranchisesTable {
  id: Generated<number>;
  name: string;
  closed_at: Date | null;
  open_name: GeneratedAlways<string | null>;
  open_key: GeneratedAlways<string | null>;
  version: Generated<number>;
  created_at: Generated<Date>;
}

interface StoresTable {
  id: Generated<number>;
  franchise_id: number;
  name: string;
  time_zone: Generated<string>;
  opening_hours: ColumnType<unknown, string | null | undefined, string | null>;
  paused_until: Date | null;
  archived_at: Date | null;
  version: Generated<number>;
  created_at: Generated<Date>;
}

interface StoreSoldOutTable {
  store_id: number;
  menu_id: number;
}

interface OrdersTable {
  id: Generated<number>;
  diner_id: number;
  franchise_id: number;
  store_id: number;
  state: OrderState;
  reason: OrderReason | null;
  total: string;
  pizzas: number;
  jwt: string | null;
  maker: string | null;
  fence: number;
  lease_node: string | null;
  lease_until: Date | null;
  next_attempt_at: Date | null;
  answered_failures: Generated<number>;
  crashed_claims: Generated<number>;
  placed_at: Date;
  patience_since: Generated<Date>;
  settled_at: Date | null;
}

interface OrderItemsTable {
  order_id: number;
  position: number;
  menu_id: number;
  title: string;
  price: string;
  note: string | null;
}

interface OrderTransitionsTable {
  id: Generated<number>;
  order_id: number;
  from_state: OrderState | null;
  to_state: OrderState;
  cause: TransitionCause;
  node: string;
  fence: number;
  at: Date;
  /** 1 until the figures have it; see features/fulfillment/figures/fold-figures.ts. */
  is_unfolded: ColumnType<number | null, true | null | undefined, null>;
  /** The store's day it was counted on; null: the UTC day. */
  store_day: ColumnType<Date | null, string | null | undefined, string>;
}

interface IdempotencyKeysTable {
  diner_id: number;
  idempotency_key: string;
  body_hash: string;
  order_id: number | null;
  bound_at: Generated<Date>;
}

interface FactoryAttemptsTable {
  id: Generated<number>;
  order_id: number | null;
  number: number;
  factory: string;
  node: string;
  started_at: Date;
  connect_ms: number | null;
  first_byte_ms: number | null;
  total_ms: number;
  http_status: number | null;
  outcome: string;
  report_host: string | null;
  report_fingerprint: string | null;
  signature_verdict: string | null;
}

interface AuditLogTable {
  id: Generated<number>;
  at: Generated<Date>;
  actor_id: number;
  action: string;
  subject_type: string;
  subject_id: number;
  details: ColumnType<unknown, string, never>;
  request_id: string;
}

interface FiguresRecomputeTable {
  id: number;
  run: string;
  actor_id: number;
  started_at: Date;
  lease_until: Date;
}

interface FiguresFoldTable {
  id: number;
  node: string;
  lease_until: Date;
}

interface RetentionLeaseTable {
  id: number;
  node: string;
  lease_until: Date;
  finished_at: Date;
}

interface RetentionMarksTable {
  table_name: 'order_transitions' | 'factory_attempts';
  swept_until: Date;
}

interface FiguresCorrectionsTable {
  store_id: number;
  corrections: number;
}

interface LogInTriesTable {
  account_key: string;
  tries: number;
  blocked_until: Date;
  updated_at: Date;
}

interface AddressWindowsTable {
  address: string;
  window_start: Date;
  hits: number;
}

interface FiguresColumns {
  store_id: number;
  day: ColumnType<Date, string, never>;
  orders: number;
  pizzas: number;
  revenue: string;
  late: number;
  failed: number;
}

interface StoreItemDayFiguresTable extends FiguresColumns {
  menu_id: number;
}

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

interface IncidentModesTable {
  incident_id: number;
  mode: string;
  first_fault_at: Date;
  last_fault_at: Date;
}

interface IncidentEventsTable {
  id: Generated<number>;
  incident_id: number;
  at: Date;
  kind: string;
  details: ColumnType<unknown, string, never>;
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

interface NodesTable {
  node: string;
  started_at: Date;
  beat_at: Date;
}

export interface Schema {
  nodes: NodesTable;
  drills: DrillsTable;
  factories: FactoriesTable;
  factory_keys: FactoryKeysTable;
  incidents: IncidentsTable;
  incident_events: IncidentEventsTable;
  incident_modes: IncidentModesTable;
  factory_reports: FactoryReportsTable;
  factory_report_calls: FactoryReportCallsTable;
  order_report_links: OrderReportLinksTable;
  audit_log: AuditLogTable;
  figures_corrections: FiguresCorrectionsTable;
  figures_fold: FiguresFoldTable;
  figures_recompute: FiguresRecomputeTable;
  log_in_places: LogInPlacesTable;
  retention_lease: RetentionLeaseTable;
  retention_marks: RetentionMarksTable;
  log_in_tries: LogInTriesTable;
  address_windows: AddressWindowsTable;
  users: UsersTable;
  user_roles: UserRolesTable;
  sessions: SessionsTable;
  menu_items: MenuItemsTable;
  franchises: FranchisesTable;
  stores: StoresTable;
  store_sold_out: StoreSoldOutTable;
  orders: OrdersTable;
  order_items: OrderItemsTable;
  order_transitions: OrderTransitionsTable;
  idempotency_keys: IdempotencyKeysTable;
  factory_attempts: FactoryAttemptsTable;
  store_day_figures: FiguresColumns;
  store_item_day_figures: StoreItemDayFiguresTable;
}
