import type { Database } from '../../../database/pool.ts';
import { checkFigures } from '../figures/figures.service.ts';
import { LONGEST_WAIT_MS, POISON_FAILURES } from '../orders/retry-schedule.ts';
import * as repository from './invariants.repository.ts';

// A call that began within the last minute of patience may take a minute to end, and patience is ended by sweeps.
const MARGIN_MS = 5 * 60 * 1000;

interface Invariant {
  name: string;
  /** What holds at every moment, for people. */
  sentence: string;
  find: repository.FindBroken;
}

/** What holds for every order, whatever else happens. One is one statement: what goes on meanwhile breaks nothing. */
const INVARIANTS: readonly Invariant[] = [
  {
    name: 'patience',
    sentence: 'no order is open for longer than the hour it is given, but those that are held',
    find: (db) => repository.findForgottenOrders(db, { longestWaitMs: LONGEST_WAIT_MS, marginMs: MARGIN_MS }),
  },
  {
    name: 'pizza-only-ready',
    sentence: 'only a ready order has a pizza',
    find: repository.findPizzasOfUnready,
  },
  {
    name: 'ready-has-pizza',
    sentence: 'a ready order has its maker and its pizza, unless its diner has left',
    find: repository.findReadyWithoutPizza,
  },
  {
    name: 'diner-erased',
    sentence: 'a diner whose account was erased has no open order, no pizza and no note',
    find: repository.findTracesOfErased,
  },
  {
    name: 'pizza-verified',
    sentence: 'an order became ready by an attempt whose pizza was checked and found valid',
    find: repository.findUnverifiedReady,
  },
  { name: 'ready-once', sentence: 'no order became ready twice', find: repository.findReadyTwice },
  {
    name: 'history-begins',
    sentence: 'a history begins with an order that is born, making or waiting',
    find: repository.findStrangeBirths,
  },
  {
    name: 'history-follows',
    sentence: 'a transition starts in the state in which the one before it ended',
    find: repository.findGapsInHistory,
  },
  {
    name: 'history-graph',
    sentence: 'a transition is an edge of the graph of states',
    find: repository.findStepsOffGraph,
  },
  {
    name: 'history-ends',
    sentence: 'an order has a history, which ends in its state and at its fence',
    find: repository.findOtherEnds,
  },
  { name: 'fence-grows', sentence: 'a fence grows with every transition', find: repository.findFallenFences },
  {
    name: 'total',
    sentence: 'an order has pizzas, and its total and their number are those of them',
    find: repository.findWrongTotals,
  },
  {
    name: 'clocks',
    sentence:
      'making has a lease, waiting has a next attempt, what is over has when it settled; none has another, but one that was given up may have the lease of its last call',
    find: repository.findWrongClocks,
  },
  {
    name: 'idempotency-key',
    sentence: 'an idempotency key stands for one order, of its own diner and of no other key',
    find: repository.findForeignKeys,
  },
  {
    name: 'poison',
    sentence: `no order is given up as poison before its ${POISON_FAILURES}th answered failure`,
    find: repository.findHastyPoison(POISON_FAILURES),
  },
  {
    name: 'attempts-numbered',
    sentence: 'the attempts of an order are numbered in their order, none is missing',
    find: repository.findMisnumberedAttempts,
  },
];

/** Those that a look at the last hours checks. */
export const INVARIANT_NAMES = INVARIANTS.map(({ name }) => name);

export interface CheckedInvariant {
  name: string;
  sentence: string;
  /** What `violations` counts and `examples` are the ids of. */
  of: 'orders' | 'stores';
  violations: number;
  examples: number[];
}

const STORES_SHOWN = 5;

/** The figures are sums of all orders of a store, so they are compared as a whole. */
async function checkRevenue(db: Database): Promise<CheckedInvariant> {
  const { differences } = await checkFigures(db);
  const stores = [...new Set(differences.map(({ storeId }) => storeId))];
  return {
    name: 'figures',
    sentence: 'the figures are those of the orders: revenue counts the ready ones and nothing else',
    of: 'stores',
    violations: stores.length,
    examples: stores.slice(0, STORES_SHOWN),
  };
}

export function createInvariants(db: Database) {
  return {
    /**
     * Looks at everything that is stored, or only at orders placed within so many hours: cheap enough for every few
     * minutes, and without the figures. Open orders that are too old are found either way.
     */
    async check({ placedWithinHours }: { placedWithinHours?: number } = {}): Promise<CheckedInvariant[]> {
      const isWhole = placedWithinHours === undefined;
      const afterId = isWhole ? 0 : await repository.findLastOrderBefore(db, placedWithinHours);
      const checked: CheckedInvariant[] = [];
      for (const { name, sentence, find } of INVARIANTS) {
        const { count, examples } = await find(db, { afterId });
        checked.push({ name, sentence, of: 'orders', violations: count, examples });
      }
      if (isWhole) checked.push(await checkRevenue(db));
      return checked;
    },
  };
}

export type Invariants = ReturnType<typeof createInvariants>;
