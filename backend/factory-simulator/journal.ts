import { createBoundedList } from './bounded-list.ts';

export type CallKind = 'order' | 'probe' | 'verify' | 'report' | 'jwks';
export type OrderId = number | string;

export interface Call {
  /** When it came. */
  at: string;
  kind: CallKind;
  orderId: OrderId | null;
  /** null as long as it is pending, 0 when its line was cut from either side. */
  status: number | null;
}

export interface BakedPizza {
  at: string;
  orderId: OrderId;
  jwt: string;
}

export interface Journal {
  /** Enters a call; what becomes known later is set on the entry. */
  openCall(kind: CallKind): Call;
  addPizza(call: Call, pizza: { orderId: OrderId; jwt: string }): void;
  /** Answers what came at or after the time; everything without one. */
  read(since?: Date): { calls: Call[]; pizzas: BakedPizza[] };
  empty(): void;
}

const MAX_ENTRIES = 200_000;
/** Bounds the memory when orders are as large as they may be: 200,000 of those would be 17 GB. */
const MAX_PIZZA_CHARACTERS = 128 * 1024 * 1024;

/** Answers an empty journal that keeps the newest entries. */
export function createJournal(): Journal {
  const calls = createBoundedList<Call>({
    maxCount: MAX_ENTRIES,
    maxWeight: Number.POSITIVE_INFINITY,
    weigh: () => 0,
  });
  const pizzas = createBoundedList<BakedPizza>({
    maxCount: MAX_ENTRIES,
    maxWeight: MAX_PIZZA_CHARACTERS,
    weigh: (pizza) => pizza.jwt.length,
  });
  let sinceEmptied = new WeakSet<Call>();

  return {
    openCall(kind) {
      const call: Call = { at: new Date().toISOString(), kind, orderId: null, status: null };
      calls.add(call);
      sinceEmptied.add(call);
      return call;
    },
    addPizza(call, { orderId, jwt }) {
      // A pizza ordered before the journal was emptied would puzzle whoever emptied it.
      if (sinceEmptied.has(call)) pizzas.add({ at: new Date().toISOString(), orderId, jwt });
    },
    read(since) {
      const from = since?.toISOString() ?? '';
      const isWanted = (entry: { at: string }) => entry.at >= from;
      return { calls: calls.entries().filter(isWanted), pizzas: pizzas.entries().filter(isWanted) };
    },
    empty() {
      calls.clear();
      pizzas.clear();
      sinceEmptied = new WeakSet();
    },
  };
}
