import type { Chaos } from './chaos.ts';
import type { Journal } from './journal.ts';
import type { OpenLines } from './open-lines.ts';
import type { PizzaOven } from './pizza-oven.ts';
import type { Vendors } from './vendors.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** All that the routes of one simulator share. */
export interface SimulatedFactory {
  vendors: Vendors;
  oven: PizzaOven;
  chaos: Chaos;
  journal: Journal;
  waitingRoom: WaitingRoom;
  lines: OpenLines;
  /** How long an order of no or too many pizzas waits for its refusal. */
  itemLimitDelayMs: number;
}
