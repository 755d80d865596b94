import type { BakedPizza, FactoryCall, FactoryLog } from './logs.ts';

export interface Baking {
  pizza: BakedPizza;
  /** The call it answered; undefined when the journal has none, which no honest factory would do. */
  call: FactoryCall | undefined;
}

/**
 * Answers every pizza with the call it was baked for. The factory's journal does not join the two: a pizza belongs to
 * the latest call for its order that began before it and has none yet.
 */
export function findBakings({ calls, pizzas }: FactoryLog): Baking[] {
  const free = new Map<string, FactoryCall[]>();
  for (const call of calls.filter(({ kind }) => kind === 'order').sort((a, b) => a.at - b.at)) {
    const name = nameOf(call);
    free.set(name, [...(free.get(name) ?? []), call]);
  }
  return [...pizzas]
    .sort((a, b) => a.at - b.at)
    .map((pizza) => {
      const candidates = free.get(nameOf(pizza)) ?? [];
      const index = candidates.findLastIndex(({ at }) => at <= pizza.at);
      const [call] = index < 0 ? [] : candidates.splice(index, 1);
      return { pizza, call };
    });
}

/** Answers how many calls were answered with something that only looked like a pizza. */
export function countInvalid(journal: FactoryLog): number {
  const good = new Set(findBakings(journal).map(({ call }) => call));
  return journal.calls.filter((call) => call.kind === 'order' && call.status === 200 && !good.has(call))
    .length;
}

function nameOf({ factory, orderId }: { factory: number; orderId: number | null }): string {
  return `${factory}/${orderId}`;
}
