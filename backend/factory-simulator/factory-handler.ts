import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Fault } from './chaos.ts';
import type { Call } from './journal.ts';
import type { OrderBody } from './order-body.ts';
import type { Vendor } from './vendors.ts';

/** What the steps of one request hand on. A step may read only what one before it has set. */
export interface FactoryLocals {
  /** Set for every request of the factory's API. */
  fault: Fault | null;
  /** Set where calls are entered in the journal. */
  call: Call;
  /** Set behind the key check. */
  vendor: Vendor;
  /** Set behind the body check. */
  body: OrderBody;
}

export type FactoryHandler = RequestHandler<
  Record<string, string>,
  unknown,
  unknown,
  Record<string, unknown>,
  FactoryLocals & Record<string, unknown>
>;

export type FactoryErrorHandler = ErrorRequestHandler<
  Record<string, string>,
  unknown,
  unknown,
  Record<string, unknown>,
  FactoryLocals & Record<string, unknown>
>;
