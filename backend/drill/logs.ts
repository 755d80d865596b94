// The three logs the judge compares. All times are milliseconds since 1970, of one machine's clock.

/** What one answer told a client. Of equal answers in a row the first is kept, with how often it came. */
export interface DinerAnswer {
  by: 'placing' | 'looking';
  sentAt: number;
  at: number;
  /** 0: the line was cut or refused, nothing was told. */
  httpStatus: number;
  code: string | undefined;
  orderId: number | undefined;
  state: OrderState | undefined;
  jwt: string | undefined;
  times: number;
}

/** One order a diner wanted, once, however often it was sent. */
export interface DinerOrder {
  dinerId: number;
  /** undefined: a plain client, whose every request is a dinerOrder of its own. */
  key: string | undefined;
  /** Written on the first pizza of a plain client's request, so that what came of the request can be found. */
  note?: string | undefined;
  sentAt: number;
  answers: DinerAnswer[];
}

export interface OrderRow {
  id: number;
  dinerId: number;
  state: OrderState;
  reason: string | null;
  jwt: string | null;
  placedAt: number;
  note: string | null;
}

export interface TransitionRow {
  orderId: number;
  from: OrderState | null;
  to: OrderState;
  cause: string;
  at: number;
}

export interface KeyRow {
  dinerId: number;
  key: string;
  orderId: number | null;
}

export interface AttemptRow {
  /** null: a probe. */
  orderId: number | null;
  outcome: string;
  /** When its answer was there. */
  endedAt: number;
}

export interface DatabaseLog {
  orders: OrderRow[];
  transitions: TransitionRow[];
  keys: KeyRow[];
  attempts: AttemptRow[];
  /** Orders that the stores' figures count as sold. */
  charged: number;
}

export interface FactoryCall {
  /** Which of the factories: 0 is the first one. */
  factory: number;
  at: number;
  kind: 'order' | 'probe' | 'verify' | 'report' | 'jwks';
  orderId: number | null;
  /** null: still pending; 0: its line was cut from either side. */
  status: number | null;
}

export interface BakedPizza {
  factory: number;
  at: number;
  orderId: number;
  jwt: string;
}

export interface FactoryLog {
  calls: FactoryCall[];
  pizzas: BakedPizza[];
}

export interface Logs {
  dinerOrders: DinerOrder[];
  database: DatabaseLog;
  factory: FactoryLog;
  /** What the factories themselves say of each pizza a client was shown: the order it is for, or that it is none. */
  verdicts: ReadonlyMap<string, number | 'invalid'>;
}

/** An incident as the service tells operators of it. */
export interface Incident {
  id: number;
  mode: string;
  startedAt: number;
  detectedAt: number | undefined;
  restoredAt: number | undefined;
  ordersDelayed: number;
  ordersFailed: number;
}

import type { OrderState } from '#contract/order-lifecycle.ts';
