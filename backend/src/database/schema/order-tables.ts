import type { ColumnType, Generated } from 'kysely';
import type { OrderReason, OrderState, TransitionCause } from '#contract/order-lifecycle.ts';

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

interface FiguresCorrectionsTable {
  store_id: number;
  corrections: number;
}

interface FiguresFoldTable {
  id: number;
  node: string;
  lease_until: Date;
}

interface FiguresRecomputeTable {
  id: number;
  run: string;
  actor_id: number;
  started_at: Date;
  lease_until: Date;
}

/** Orders, how each came about, and what they add up to. */
export interface OrderTables {
  orders: OrdersTable;
  order_items: OrderItemsTable;
  order_transitions: OrderTransitionsTable;
  idempotency_keys: IdempotencyKeysTable;
  factory_attempts: FactoryAttemptsTable;
  store_day_figures: FiguresColumns;
  store_item_day_figures: StoreItemDayFiguresTable;
  figures_corrections: FiguresCorrectionsTable;
  figures_fold: FiguresFoldTable;
  figures_recompute: FiguresRecomputeTable;
}
