import type { OrderState } from '#contract/orders.ts';

/** The state an order is born into. */
export const BORN_STATE: OrderState = 'making';

/** The states an order may go to from each (docs/architecture.md, the life of an order). */
export const NEXT_STATES: Record<OrderState, readonly OrderState[]> = {
  making: ['ready', 'waiting', 'failed', 'cancelled'],
  waiting: ['making', 'cancelled', 'failed'],
  failed: ['waiting'],
  ready: [],
  cancelled: [],
};
